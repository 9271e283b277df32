using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class CaseSplit
{
    /// <summary>So many combinations are known in the two cases of one bit.</summary>
    private const int MostHalves = 8;

    private readonly Dictionary<int, List<(LinearCombination Form, IntegerRange IfZero, IntegerRange IfOne)>> _halves = [];

    /// <summary>Notes what is known of a combination in the two cases of a bit.</summary>
    public void NoteHalves(int bit, LinearCombination form, IntegerRange ifZero, IntegerRange ifOne)
    {
        if (!_halves.TryGetValue(bit, out var halves))
        {
            _halves.Add(bit, halves = []);
        }

        if (halves.Count < MostHalves && !halves.Contains((form, ifZero, ifOne)))
        {
            halves.Add((form, ifZero, ifOne));
        }
    }

    /// <summary>The range of a combination where a bit has a value, if it can have it; a wire of other values than 0 and 1 has no halves.</summary>
    private (IntegerRange? Range, bool IsPossible) InCase(LinearCombination form, int bit, Fr value, int depth)
    {
        var range = Of(form, depth);
        foreach (var (half, ifZero, ifOne) in value.IsZero || value.IsOne ? _halves.GetValueOrDefault(bit) ?? [] : [])
        {
            var known = value.IsZero ? ifZero : ifOne;
            if (Of(half, depth) is { } always && always.IsDisjointFrom(known))
            {
                return (null, false);
            }

            if (range is { } whole && Forms.IsAffine(form, half))
            {
                range = Divide(form, whole, half, known);
            }

            foreach (var wire in half.Variables)
            {
                var at = form.Variables.BinarySearch(wire);
                if (at < 0 || _cases > MostCases)
                {
                    continue;
                }

                _cases++;
                var kappa = RatioAt(wire, form, half);
                if (Of(form.AddScaled(half, -kappa), depth) is { } others)
                {
                    var sum = others + (known * kappa.ToSignedInteger());
                    range = !sum.IsMeaningful ? range : range is { } found ? found.And(sum) : sum;
                }
            }
        }

        return (range, true);
    }

    /// <summary>L of k·L + e = v in the range of T.</summary>
    /// <remarks>If the integers k·L + e and v are in ranges that together are narrower than the modulus, they are equal, and L = (v − e)/k.</remarks>
    private static IntegerRange Divide(LinearCombination form, IntegerRange range, LinearCombination half, IntegerRange known)
    {
        var ratio = Forms.Ratio(half.Coefficients[0], form.Coefficients[0]);
        var (k, e) = (ratio.ToSignedInteger(), (half.Constant - (ratio * form.Constant)).ToSignedInteger());
        var (scaled, shifted) = (range * k, known + IntegerRange.Point(-e));
        if (!scaled.Hull(shifted).IsMeaningful)
        {
            return range;
        }

        var (low, high) = k.Sign > 0 ? (shifted.Low, shifted.High) : (-shifted.High, -shifted.Low);
        var magnitude = BigInteger.Abs(k);
        var divided = new IntegerRange(-Floor(-low, magnitude), Floor(high, magnitude));
        return divided.Low <= divided.High ? range.And(divided) : range;
    }

    private static BigInteger Floor(BigInteger number, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(number, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
