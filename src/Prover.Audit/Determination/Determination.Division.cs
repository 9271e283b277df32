using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class Determination
{
    /// <summary>Tries every row in which the wire, or one that differs as it does, is the only unknown of the product.</summary>
    private void DivideAround(int remainder)
    {
        foreach (var (product, _) in MovingWith(remainder))
        {
            foreach (var place in _rows.PlacesOf(product))
            {
                var row = place / 3;
                if (place % 3 == 2 && _rows.KindOf(row) == RowKind.Product && UnknownIn(row, 2) == 1)
                {
                    Enqueue(row);
                }
            }
        }
    }

    /// <summary>The wire itself, and each other unknown w of a determined c·wire + d·w + …, whose difference is −c/d times the wire's.</summary>
    private IEnumerable<(int Wire, Fr Factor)> MovingWith(int wire)
    {
        yield return (wire, Fr.One);
        foreach (var equation in _equationsOf[wire] ?? [])
        {
            if (equation is { Unknown: 2, IsExact: true })
            {
                foreach (var other in equation.Form.Variables.ToArray())
                {
                    if (other != wire && !IsKnown(other))
                    {
                        yield return (other, -Forms.Ratio(CoefficientOf(equation.Form, wire), CoefficientOf(equation.Form, other)));
                    }
                }
            }
        }
    }

    /// <summary>
    /// Division: D·(φ·q + …) = γ·p + …, and two combinations F = α·p + … and G = −α·p + … with determined rests, in ranges, that add up to
    /// ±B + k: a remainder and what is left of the divisor B, a multiple of D, above it. Instead of p it may be a wire that moves with it.
    /// </summary>
    /// <remarks>
    /// <para>
    /// B = ±(α·φ/γ)·D is the integer F + G − k, which is at least 1, at most h, and in a range narrower than r (checked), so that it is the same
    /// integer in both assignments. As G ≥ min G and k &lt; min F + min G, F is at most B + k − min G ≤ min F + B − 1: two of its values differ by
    /// less than B, whatever is known of B otherwise.
    /// </para>
    /// <para>
    /// The difference of F in the two assignments is ±B·δq modulo r, δq being that of q; with |δq| ≤ W, the width of q's range, and
    /// h·W + width F &lt; r (checked) it is so in the integers. A multiple of B below B is 0, so δq = 0.
    /// </para>
    /// </remarks>
    private void Divide(int row, LinearCombination d, LinearCombination f, int quotient, int product)
    {
        if (_ranges.Of(quotient) is not { } quotients)
        {
            return;
        }

        var ratio = Forms.Ratio(CoefficientOf(f, quotient), CoefficientOf(_rows.C(row), product));
        foreach (var (wire, factor) in MovingWith(product).ToArray())
        {
            if (IsDivision(wire, d.Scale(factor * ratio), quotients.Width))
            {
                Determine(quotient, Rule.Division);
                return;
            }
        }
    }

    /// <summary>Whether two combinations in ranges do for a wire whose difference is the multiplier times the quotient's.</summary>
    private bool IsDivision(int wire, LinearCombination multiplier, BigInteger quotientWidth)
    {
        // A combination and its own negative add up to 0, which is no divisor.
        var remainders = RangedAround(wire);
        foreach (var first in remainders.Count > 2 ? remainders : [])
        {
            var alpha = CoefficientOf(first.Form, wire);
            foreach (var second in remainders)
            {
                if (CoefficientOf(second.Form, wire) == -alpha && IsDivision(multiplier.Scale(alpha), first, second, quotientWidth))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsDivision(LinearCombination divisor, RangedForm f, RangedForm g, BigInteger quotientWidth)
    {
        var sum = f.Form.AddScaled(g.Form, Fr.One);
        for (var sign = 0; sign < 2; sign++, divisor = divisor.Scale(-Fr.One))
        {
            var rest = sum.AddScaled(divisor, -Fr.One);
            if (!rest.IsConstant)
            {
                continue;
            }

            var divisors = f.Range + g.Range + IntegerRange.Point(-rest.Constant.ToSignedInteger());
            if (divisors.Low.Sign <= 0 || !divisors.IsMeaningful)
            {
                continue;
            }

            // What else is known may be of another integer that is congruent to B.
            if (_analysis.Of(divisor) is { } known && known.Hull(divisors).IsMeaningful)
            {
                divisors = divisors.And(known);
            }

            if ((divisors.High * quotientWidth) + f.Range.Width < Fr.Modulus)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Combinations in a range whose only unknown is the wire, itself among them, and their negatives.</summary>
    private List<RangedForm> RangedAround(int wire)
    {
        var found = new List<RangedForm>();
        if (_ranges.Of(wire) is { } own)
        {
            AddBoth(LinearCombination.FromVariable(wire), own);
        }

        foreach (var equation in _equationsOf[wire] ?? [])
        {
            if (equation is { Unknown: 1, IsExact: false } && _ranges.Of(equation.Form) is { } range)
            {
                AddBoth(equation.Form, range);
            }
        }

        return found;

        void AddBoth(LinearCombination form, IntegerRange range)
        {
            found.Add(new(form, range));
            found.Add(new(form.Scale(-Fr.One), range * BigInteger.MinusOne));
        }
    }
}
