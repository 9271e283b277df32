using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class RangeAnalysis
{
    /// <summary>Draws conclusions from v = Σ cᵢ·wᵢ + k being in a range.</summary>
    private void Deduce(LinearCombination form, IntegerRange range)
    {
        if (form.Count < 2)
        {
            Facts.Narrow(form, range);
            return;
        }

        if (range == IntegerRange.Point(0) && TryPin(form))
        {
            return;
        }

        var (bits, others, unknown, lastUnknown) = (0, 0, 0, -1);
        var lastOther = -1;
        for (var i = 0; i < form.Count; i++)
        {
            if (Facts.IsBit(form.Variables[i]))
            {
                bits++;
                continue;
            }

            others++;
            lastOther = i;
            if (Facts.Of(form.Variables[i]) is null)
            {
                unknown++;
                lastUnknown = i;
            }
        }

        if (unknown == 1 || others == 1)
        {
            SolveFor(unknown == 1 ? lastUnknown : lastOther, form, range);
        }

        if (bits > 0 && (others > 1 || Cases is not null))
        {
            foreach (var digits in DigitsOf(form))
            {
                TakeBitsOut(form, digits, range);
            }
        }

        if (unknown == 0 && range.IsPoint && form.Count is > 2 and <= ShortEquation)
        {
            Transfer(form, range);
        }
    }

    /// <summary>In Σ cᵢ·wᵢ + k = v each wire's range is one of the sum of the others: x − y inherits z's in z = x − y.</summary>
    private void Transfer(LinearCombination form, IntegerRange value)
    {
        for (var i = 0; i < form.Count; i++)
        {
            var wire = LinearCombination.FromVariable(form.Variables[i]);
            var range = value + (Facts.Of(form.Variables[i])!.Value * (-form.Coefficients[i]).ToSignedInteger());
            Facts.Narrow(form.AddScaled(wire, -form.Coefficients[i]), range);
        }
    }

    /// <summary>
    /// If Σ cᵢ·wᵢ + k = 0 and 0 is the least or the greatest value that the ranges allow, every wire is at that end of its range.
    /// </summary>
    /// <remarks>The sum of the integers is a multiple of r in a range [0, h] or [−h, 0] with h &lt; r, hence 0; no summand can be further in.</remarks>
    private bool TryPin(LinearCombination form)
    {
        if (Facts.SumOf(form, Fr.One) is not { } sum || !(sum.Low.IsZero || sum.High.IsZero))
        {
            return false;
        }

        for (var i = 0; i < form.Count; i++)
        {
            var range = Facts.Of(form.Variables[i])!.Value;
            var atLow = (form.Coefficients[i].ToSignedInteger().Sign > 0) == sum.Low.IsZero;
            Facts.Narrow(LinearCombination.FromVariable(form.Variables[i]), IntegerRange.Point(atLow ? range.Low : range.High));
        }

        return true;
    }

    /// <summary>w = (v − k − Σ others)/c, in integers congruent to the coefficients divided by c.</summary>
    private void SolveFor(int index, LinearCombination form, IntegerRange range)
    {
        var scale = -form.Coefficients[index].Invert();
        var wire = LinearCombination.FromVariable(form.Variables[index]);
        var rest = form.AddScaled(wire, -form.Coefficients[index]);
        if (Facts.SumOf(rest, scale) is { } sum)
        {
            Facts.Narrow(wire, sum + (range * (-scale).ToSignedInteger()));
        }
    }
}
