using System.Globalization;
using System.Numerics;
using Prover.Algebra;
using Prover.Primitives;

namespace Prover.Testing;

/// <summary>
/// Signatures S = r + 8·h·k with the commitment R = r·B + T for a point T of small order, so that 8·S·B = 8·(R + 8·h·A): whoever clears the cofactor takes
/// eight of them for each r, and S·B = R + 8·h·A holds for T = (0, 1) alone.
/// </summary>
public static class LooseSignatures
{
    private static readonly BigInteger Scalar = 20_26;
    private static readonly BigInteger Nonce = 11_28;

    /// <summary>The curve's generator (EIP-2494), of eight times the subgroup's order.</summary>
    private static readonly EdwardsPoint Generator = new(
        Parse("995203441582195749578291179787384436505546430278305826713579947235728471134"),
        Parse("5472060717959818805561601436314318772137091100104008585924551046643952123905"));

    /// <summary>A = k·B.</summary>
    public static EdwardsPoint Key { get; } = BabyJubjub.Multiply(BabyJubjub.Base8, Scalar);

    /// <summary>The eight points whose order divides 8, the identity first, the one of order 2 fifth.</summary>
    public static IReadOnlyList<EdwardsPoint> SmallPoints { get; } =
        [.. Enumerable.Range(0, 8).Select(i => BabyJubjub.Multiply(BabyJubjub.Multiply(Generator, BabyJubjub.SubgroupOrder), i))];

    /// <summary>Signs a message with a commitment that is off by one of <see cref="SmallPoints"/>.</summary>
    public static EddsaSignature Sign(Fr message, int smallPoint)
    {
        var r = BabyJubjub.Add(BabyJubjub.Multiply(BabyJubjub.Base8, Nonce), SmallPoints[smallPoint]);
        var h = Poseidon.Hash(r.X, r.Y, Key.X, Key.Y, message).ToInteger();
        return new(r, (Nonce + (8 * h * Scalar)) % BabyJubjub.SubgroupOrder);
    }

    private static Fr Parse(string digits) => Fr.FromInteger(BigInteger.Parse(digits, CultureInfo.InvariantCulture));
}
