using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Ranges of combinations that contain choices, such as y + c·(x − y) of a bit c, found by looking at each case alone.</summary>
/// <remarks>
/// <para>
/// In a row A·B = C let A be one of two values. Where it is a, a·B − C is 0, so L equals L + λ·(a·B − C) for every λ. The λ for which a wire of C
/// cancels leaves in each case what is chosen, and L is in the hull of what both cases allow.
/// </para>
/// <para>
/// A case may say more. If the values of a combination T are known where a bit is 0 and where it is 1, as of the top bit of T's decomposition,
/// then L = (L − κ·T) + κ·T is in the sum of the two ranges, for every κ. So |x| ≥ 0, and max(x, y) ≥ x. If T is always in a range that has
/// nothing in common with that of the case, no satisfying assignment is in the case.
/// </para>
/// <para>
/// Every range that is put together here, other than that of T in a case, holds for all satisfying assignments, and so does the hull: a case
/// within a case forgets the outer one, which only widens what it finds. A range says that an integer in it is congruent to the value, and
/// sums and multiples keep that; two ranges are intersected only where their hull is narrower than r, so that both mean the same integer.
/// </para>
/// </remarks>
internal sealed partial class CaseSplit(RowTable rows, RangeFacts facts)
{
    /// <summary>Longer combinations are not split, and a wire is sought so often as what a row chooses.</summary>
    private const int LongestForm = 8, MostPlaces = 16;

    /// <summary>So many cases within cases, and so many altogether for one question.</summary>
    private const int Deepest = 6, MostCases = 200;

    private readonly bool[] _isChoice = new bool[rows.WireCount];
    private int _cases;

    /// <summary>Notes the wires of a product with a factor of two values.</summary>
    public void NoteChoice(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            _isChoice[wire] |= wire != 0;
        }
    }

    /// <summary>Whether one of some wires is in a product with a factor of two values.</summary>
    public bool HasChoice(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            if (_isChoice[wire])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a combination in a range has two values at most: it has one wire and that has, or they are the ends of the range.</summary>
    public bool IsChoice(LinearCombination form, IntegerRange range) =>
        form.Count == 1 ? facts.Of(form.Variables[0]) is { } wire && wire.Width <= BigInteger.One : range.Width <= BigInteger.One;

    /// <summary>The range of a combination, if all its wires have one.</summary>
    public IntegerRange? Of(LinearCombination form)
    {
        _cases = 0;
        return Of(form, Deepest);
    }

    private IntegerRange? Of(LinearCombination form, int depth)
    {
        if (facts.Of(form) is not { } range || range.IsPoint || depth == 0 || form.Count > LongestForm)
        {
            return facts.Of(form);
        }

        for (var i = form.Count - 1; i >= 0; i--)
        {
            if (_isChoice[form.Variables[i]] && Split(form, i, depth - 1) is { } hull)
            {
                range = hull.IsMeaningful ? range.And(hull) : range;
                break;
            }
        }

        return form.Count > 1 && !range.ExcludesZero ? Around(form, range) : range;
    }

    /// <summary>The same L = (L − κ·T) + κ·T, with the combinations T that have a range in every case.</summary>
    private IntegerRange Around(LinearCombination form, IntegerRange range)
    {
        for (var i = 0; i < form.Count; i++)
        {
            foreach (var (known, knownRange) in facts.Forms.ShortWith(form.Variables[i]))
            {
                var kappa = RatioAt(form.Variables[i], form, known);
                if (facts.SumOf(form.AddScaled(known, -kappa), Fr.One) is { } others)
                {
                    var sum = others + (knownRange * kappa.ToSignedInteger());
                    range = sum.IsMeaningful ? range.And(sum) : range;
                }
            }
        }

        return range;
    }

    /// <summary>The hull of the cases of the first row that makes a choice for a wire; null if there is none.</summary>
    private IntegerRange? Split(LinearCombination form, int index, int depth)
    {
        var wire = form.Variables[index];
        var places = rows.PlacesOf(wire);
        foreach (var place in places[..Math.Min(places.Length, MostPlaces)])
        {
            if (place % 3 != 2 || rows.KindOf(place / 3) != RowKind.Product || _cases > MostCases)
            {
                continue;
            }

            for (var part = 0; part < 2; part++)
            {
                var (row, a) = (place / 3, rows.Part(place / 3, part));
                if (a.Count <= 3 && Of(a, Math.Min(depth, 2)) is { } values && IsChoice(a, values))
                {
                    _cases += 2;
                    var c = rows.C(row);
                    var lambda = RatioAt(wire, form, c);
                    var rest = form.AddScaled(c, -lambda);
                    return Hull(rest, rows.Part(row, 1 - part).Scale(lambda), a, values, depth);
                }
            }
        }

        return null;
    }

    /// <summary>The range of rest + a·b, a being one of two values.</summary>
    private IntegerRange? Hull(LinearCombination rest, LinearCombination b, LinearCombination a, IntegerRange values, int depth)
    {
        var (bit, ends) = a.Count == 1 ? (a.Variables[0], facts.Of(a.Variables[0])!.Value) : (0, values);
        IntegerRange? hull = null;
        for (var end = 0; end < 2; end++)
        {
            var value = Fr.FromInteger(end == 0 ? ends.Low : ends.High);
            var factor = bit == 0 ? value : a.Constant + (a.Coefficients[0] * value);
            var (range, isPossible) = InCase(With(rest.AddScaled(b, factor), bit, value), bit, value, depth);
            if (!isPossible)
            {
                continue;
            }

            if (range is not { } found)
            {
                return null;
            }

            hull = hull is { } other ? other.Hull(found) : found;
        }

        return hull;
    }

    /// <summary>A combination with a value in place of a wire; wire 0 stands for none.</summary>
    private static LinearCombination With(LinearCombination form, int wire, Fr value)
    {
        var at = wire == 0 ? -1 : form.Variables.BinarySearch(wire);
        return at < 0 ? form
            : form.AddScaled(LinearCombination.FromVariable(wire), -form.Coefficients[at]).AddConstant(form.Coefficients[at] * value);
    }

    /// <summary>The wire's coefficient in one combination divided by that in another.</summary>
    private static Fr RatioAt(int wire, LinearCombination form, LinearCombination other) =>
        Forms.Ratio(form.Coefficients[form.Variables.BinarySearch(wire)], other.Coefficients[other.Variables.BinarySearch(wire)]);
}
