using System.Numerics;

namespace Prover.Algebra;

/// <summary>Powers in any field.</summary>
public static class Exponentiation
{
    /// <summary>aᵉ for a non-negative exponent, by square and multiply; 0⁰ = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is negative.</exception>
    public static TField Power<TField>(this TField element, BigInteger exponent)
        where TField : struct, IField<TField>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        var bytes = exponent.ToByteArray(isUnsigned: true);
        var result = TField.One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (((bytes[bit >> 3] >> (bit & 7)) & 1) != 0)
            {
                result = TField.Multiply(result, element);
            }
        }

        return result;
    }
}
