using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class RangeAnalysis
{
    /// <summary>More bits have no sum narrower than the modulus.</summary>
    private const int MostDigits = 253;

    /// <summary>Bits that may be the digits of what else is in a combination: all there are; by cases, also the last 2, 4, 8 …, if those are not all.</summary>
    /// <remarks>The lowest digit is often no wire. Which bits are taken decides what is found, and not whether it is true.</remarks>
    private int[][] DigitsOf(LinearCombination form)
    {
        var bits = new List<int>();
        for (var i = 0; i < form.Count; i++)
        {
            if (Facts.IsBit(form.Variables[i]))
            {
                bits.Add(i);
            }
        }

        int[] all = [.. bits];
        return all.Length == 0 ? []
            : Cases is not null && LastRun(form, all) is { Length: > 0 } run && run.Length < all.Length ? [all, run]
            : [all];
    }

    /// <summary>The last places whose coefficients are 2, 4, 8 … or −2, −4, −8 …, of wires that follow each other.</summary>
    private static int[] LastRun(LinearCombination form, int[] places)
    {
        for (var end = places.Length - 1; end >= 0; end--)
        {
            var start = end;
            while (start > 0
                && places[start - 1] == places[start] - 1
                && form.Coefficients[places[start - 1]].Double() == form.Coefficients[places[start]]
                && !IsTwo(form.Coefficients[places[start]]))
            {
                start--;
            }

            if (IsTwo(form.Coefficients[places[start]]))
            {
                return places[start..(end + 1)];
            }
        }

        return [];
    }

    private static bool IsTwo(Fr coefficient) => coefficient == (Fr)2 || coefficient == -(Fr)2;

    /// <summary>s·(form without some bits) = s·v − Σ s·cᵢ·bᵢ: what x − Σ 2ⁱ·bᵢ in {0, 1} says of x, and of x where the last bit is 0 or 1.</summary>
    private void TakeBitsOut(LinearCombination form, int[] places, IntegerRange range)
    {
        var left = form.Count - places.Length;
        var isNarrowed = left > 1 || (left == 1 && !IsUnit(form, places));
        var last = form.Variables[places[^1]];
        var isSplit = Cases is not null && left > 0 && places.Length <= MostDigits && IsChooser(last);
        if (!isNarrowed && !isSplit)
        {
            return;
        }

        int[] wires = [.. places.Select(place => form.Variables[place])];
        Fr[] weights = [.. places.Select(place => form.Coefficients[place])];
        var bits = LinearCombination.FromSorted(wires, weights, Fr.Zero);
        (IntegerRange Range, Fr Scale)? best = null;
        foreach (var scale in Forms.Scales(weights))
        {
            if (Facts.SumOf(bits, -scale) is { } sum)
            {
                var total = sum + (range * scale.ToSignedInteger());
                best = best is { } found && found.Range.Width <= total.Width ? best : (total, scale);
            }
        }

        if (best is not var (whole, factor))
        {
            return;
        }

        var rest = form.AddScaled(bits, -Fr.One).Scale(factor);
        if (isNarrowed)
        {
            Facts.Narrow(rest, whole);
        }

        var others = bits.AddScaled(LinearCombination.FromVariable(last), -weights[^1]);
        if (isSplit && Facts.SumOf(others, -factor) is { } otherBits)
        {
            var ifZero = otherBits + (range * factor.ToSignedInteger());
            var ifOne = ifZero + IntegerRange.Point(-(weights[^1] * factor).ToSignedInteger());
            Cases?.NoteHalves(last, rest, ifZero, ifOne);
        }
    }

    /// <summary>Whether the only wire that is not among some bits has the coefficient 1 or −1, so that its own range says as much.</summary>
    private static bool IsUnit(LinearCombination form, int[] places)
    {
        var index = 0;
        while (index < places.Length && places[index] == index)
        {
            index++;
        }

        return form.Coefficients[index].IsOne || (-form.Coefficients[index]).IsOne;
    }

    /// <summary>Whether a bit alone chooses something that is more than a bit.</summary>
    private bool IsChooser(int bit)
    {
        foreach (var place in _rows.PlacesOf(bit))
        {
            var (row, part) = (place / 3, place % 3);
            if (part != 2
                && _rows.KindOf(row) == RowKind.Product
                && RowTable.WithoutOne(_rows[part].WiresOf(row)).Length == 1
                && !(RowTable.WithoutOne(_rows[1 - part].WiresOf(row)) is [var other] && (Facts.IsBit(other) || other == bit)))
            {
                return true;
            }
        }

        return false;
    }
}
