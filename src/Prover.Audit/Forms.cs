using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Relations between linear combinations, and scales at which their coefficients are small integers.</summary>
internal static class Forms
{
    /// <summary>x/y; an inversion costs as much as fifty products, and most coefficients are 1, −1 or equal.</summary>
    public static Fr Ratio(in Fr x, in Fr y)
    {
        var negative = -y;
        return y.IsOne ? x
            : negative.IsOne ? -x
            : x == y ? Fr.One
            : x == negative ? -Fr.One
            : x * y.Invert();
    }

    /// <summary>The combination divided by its first coefficient: equal for all multiples.</summary>
    public static LinearCombination Monic(LinearCombination form) => form.Scale(Ratio(Fr.One, form.Coefficients[0]));

    /// <summary>Whether y = k·x + e for some k ≠ 0 and e; constants are in no such relation.</summary>
    public static bool IsAffine(LinearCombination x, LinearCombination y)
    {
        if (x.IsConstant || !x.Variables.SequenceEqual(y.Variables))
        {
            return false;
        }

        var (first, other) = (x.Coefficients[0], y.Coefficients[0]);
        if (first == other)
        {
            return x.Coefficients.SequenceEqual(y.Coefficients);
        }

        for (var i = 1; i < x.Count; i++)
        {
            if (x.Coefficients[i] * other != y.Coefficients[i] * first)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether y = k·x + e for some k ≠ 0 and e ≠ 0.</summary>
    public static bool IsShiftedMultiple(LinearCombination x, LinearCombination y) => IsAffine(x, y) && !AreConstantsInRatio(x, y);

    /// <summary>Whether y is a multiple of x other than zero.</summary>
    public static bool IsMultiple(LinearCombination x, LinearCombination y) => IsAffine(x, y) && AreConstantsInRatio(x, y);

    private static bool AreConstantsInRatio(LinearCombination x, LinearCombination y) =>
        (x.Constant.IsZero && y.Constant.IsZero) || x.Constant * y.Coefficients[0] == y.Constant * x.Coefficients[0];

    /// <summary>The shorter of the sums A + λB in which the first or the last wire of A cancels, with its λ; null if both are long.</summary>
    public static (LinearCombination K, Fr Lambda)? Cancel(LinearCombination a, LinearCombination b)
    {
        const int longest = 3;
        (LinearCombination, Fr)? best = null;
        var length = longest + 1;
        for (var i = 0; i < a.Count; i += Math.Max(1, a.Count - 1))
        {
            var at = b.Variables.BinarySearch(a.Variables[i]);
            if (at < 0)
            {
                continue;
            }

            var lambda = -Ratio(a.Coefficients[i], b.Coefficients[at]);
            var k = a.AddScaled(b, lambda);
            if (k.Count < length)
            {
                (best, length) = ((k, lambda), k.Count);
            }
        }

        return best;
    }

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
