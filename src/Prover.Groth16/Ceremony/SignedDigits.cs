using System.Numerics;
using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>A scalar as a sum of signed powers of two, no two of them adjacent, for multiplying points with it.</summary>
/// <remarks>
/// The non-adjacent form (Reitwiesner 1960) of the representative of least absolute value: small coefficients of either sign, which are
/// nearly all that circuits have, get few digits; on average one in three is not zero.
/// </remarks>
internal sealed class SignedDigits
{
    private readonly sbyte[] _digits;

    public SignedDigits(Fr scalar)
    {
        var value = scalar.ToSignedInteger();
        var digits = new List<sbyte>();
        while (!value.IsZero)
        {
            sbyte digit = 0;
            if (!value.IsEven)
            {
                // 1 if the two low bits are 01, −1 if they are 11: either way the next digit is zero.
                digit = (sbyte)(2 - (int)(value & 3));
                value -= digit;
            }

            digits.Add(digit);
            value /= 2;
        }

        _digits = [.. digits];
    }

    /// <summary>Number of digits, zero for zero.</summary>
    public int Length => _digits.Length;

    /// <summary>−1, 0 or 1: the factor of 2^position; zero beyond the last.</summary>
    public int this[int position] => position < _digits.Length ? _digits[position] : 0;
}
