using System.Numerics;

namespace Prover.Margin;

/// <summary>The account that takes over what nobody else would.</summary>
public static class InsuranceFund
{
    /// <summary>Its index. The first deposit, whoever makes it, gives it to the governance's key.</summary>
    public const long Account = 0;

    /// <summary>Nobody is deleveraged while the house holds so much that the fund could have: 2²⁰ of 10⁻⁶ USD, with 32 fractional bits.</summary>
    /// <remarks>A sweep takes whole 10⁻⁶ USD, and the rests of roundings come on top between a sweep and the last deleveraging of a batch.</remarks>
    public static BigInteger Dust { get; } = BigInteger.One << 52;
}
