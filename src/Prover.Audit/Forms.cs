using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Relations between linear combinations, and scales at which their coefficients are small integers.</summary>
internal static class Forms
{
    /// <summary>The combination without its constant, divided by its first coefficient: equal for all a·f + b with a ≠ 0.</summary>
    public static LinearCombination Direction(LinearCombination form) => form.AddConstant(-form.Constant).Scale(form.Coefficients[0].Invert());

    /// <summary>The combination divided by its first coefficient: equal for all multiples.</summary>
    public static LinearCombination Monic(LinearCombination form) => form.Scale(form.Coefficients[0].Invert());

    /// <summary>Finds k and e with y = k·x + e, k ≠ 0.</summary>
    public static bool IsAffine(LinearCombination x, LinearCombination y, out Fr k, out Fr e)
    {
        (k, e) = (Fr.Zero, Fr.Zero);
        if (x.IsConstant || !x.Variables.SequenceEqual(y.Variables))
        {
            return false;
        }

        k = y.Coefficients[0] * x.Coefficients[0].Invert();
        for (var i = 1; i < x.Count; i++)
        {
            if (x.Coefficients[i] * k != y.Coefficients[i])
            {
                return false;
            }
        }

        e = y.Constant - (x.Constant * k);
        return true;
    }

    /// <summary>Whether y is a multiple of x other than zero.</summary>
    public static bool IsMultiple(LinearCombination x, LinearCombination y) => IsAffine(x, y, out _, out var e) && e.IsZero;

    /// <summary>
    /// Factors by which it is worth multiplying coefficients of the shape κ·2ⁱ to make them small integers: 1, and the inverse of the
    /// one of which most others are small multiples. Merely a guess: whoever uses a scale computes with what comes out.
    /// </summary>
    public static IEnumerable<Fr> Scales(Fr[] coefficients)
    {
        yield return Fr.One;
        if (coefficients.Length == 0)
        {
            yield break;
        }

        var inverses = (Fr[])coefficients.Clone();
        Fr.InvertAll(inverses);
        var unit = 0;
        for (var i = 1; i < coefficients.Length; i++)
        {
            var up = BigInteger.Abs((coefficients[i] * inverses[unit]).ToSignedInteger());
            var down = BigInteger.Abs((coefficients[unit] * inverses[i]).ToSignedInteger());
            unit = down < up ? i : unit;
        }

        yield return inverses[unit];
        if (unit != 0)
        {
            yield return inverses[0];
        }

        if (unit != coefficients.Length - 1)
        {
            yield return inverses[^1];
        }
    }
}
