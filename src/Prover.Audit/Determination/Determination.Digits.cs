using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class Determination
{
    private const int MostDigits = 4096;

    private readonly ILookup<int, BoundedNumber> _boundedByTop;

    private void Visit(Equation equation)
    {
        if (equation.Unknown == 0)
        {
            // A bounded number is the integer that its bits spell, below the modulus: equal numbers have equal bits.
            DetermineAll(equation.Number?.Bits ?? [], Rule.Bounded);
            return;
        }

        var unknown = new List<(int Wire, Fr Coefficient)>(equation.Unknown);
        for (var i = 0; i < equation.Form.Count; i++)
        {
            if (!IsKnown(equation.Form.Variables[i]))
            {
                unknown.Add((equation.Form.Variables[i], equation.Form.Coefficients[i]));
            }
        }

        if (unknown.Count is 0 or > MostDigits || ReadOneHot(equation, unknown))
        {
            return;
        }

        if (equation.Blocker == 0 || IsKnown(equation.Blocker))
        {
            ReadDigits(equation, unknown);
        }

        if (unknown.Count == 1 && !equation.IsExact && !IsKnown(unknown[0].Wire))
        {
            DivideAround(unknown[0].Wire);
        }
    }

    /// <summary>Radix: Σ cᵢ·wᵢ with wᵢ in ranges of width Wᵢ determines every wᵢ.</summary>
    /// <remarks>
    /// Multiplied by any s ≠ 0, with cᵢ the integers of least magnitude congruent to s times the coefficients: let δᵢ be the differences of the
    /// integers wᵢ, |δᵢ| ≤ Wᵢ. The sum Σ cᵢ·δᵢ is 0 modulo r, and |Σ cᵢ·δᵢ| ≤ Σ |cᵢ|·Wᵢ &lt; r is checked, so it is 0. If |c_k| &gt; Σ |cᵢ|·Wᵢ over
    /// all smaller coefficients, the highest δ ≠ 0 could not be made up for: all δ are 0. A combination that is in a range itself, of width
    /// W, is one more digit with coefficient −s.
    /// </remarks>
    private void ReadDigits(Equation equation, List<(int Wire, Fr Coefficient)> unknown)
    {
        var digits = new (BigInteger Weight, BigInteger Width)[unknown.Count + (equation.IsExact ? 0 : 1)];
        var coefficients = new Fr[digits.Length];
        for (var i = 0; i < unknown.Count; i++)
        {
            if (_ranges.Of(unknown[i].Wire) is not { } range)
            {
                equation.Blocker = unknown[i].Wire;
                return;
            }

            (coefficients[i], digits[i].Width) = (unknown[i].Coefficient, range.Width);
        }

        if (!equation.IsExact)
        {
            (coefficients[^1], digits[^1].Width) = (Fr.One, equation.Width);
        }

        foreach (var scale in MayBeDigits(digits) ? Forms.Scales(coefficients) : [])
        {
            for (var i = 0; i < digits.Length; i++)
            {
                digits[i].Weight = BigInteger.Abs((coefficients[i] * scale).ToSignedInteger());
            }

            if (AreDigits(digits))
            {
                DetermineAll(unknown.Select(term => term.Wire), Rule.Radix);
                return;
            }
        }

        ReadBoundedBits(equation, unknown);
    }

    /// <summary>Digits that differ in Wᵢ + 1 ways each spell Π (Wᵢ + 1) numbers below r, whatever their weights: not 2²⁵⁴ or more.</summary>
    private static bool MayBeDigits((BigInteger Weight, BigInteger Width)[] digits)
    {
        var bits = 0L;
        foreach (var (_, width) in digits)
        {
            bits += width.IsOne ? 1 : (width + 1).GetBitLength() - 1;
        }

        return bits < 254;
    }

    private static bool AreDigits((BigInteger Weight, BigInteger Width)[] digits)
    {
        var sum = BigInteger.Zero;
        foreach (var (weight, width) in digits.OrderBy(digit => digit.Weight))
        {
            if (weight <= sum)
            {
                return false;
            }

            sum += weight * width;
            if (sum >= Fr.Modulus)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>λ·N is determined, N being a number below the modulus: its bits are.</summary>
    /// <remarks>As the integers that the bits spell are below r and congruent, they are equal, and so are their bits.</remarks>
    private void ReadBoundedBits(Equation equation, List<(int Wire, Fr Coefficient)> unknown)
    {
        foreach (var number in equation.IsExact ? unknown.SelectMany(term => _boundedByTop[term.Wire]) : [])
        {
            var top = number.Bits[^1];
            var own = CoefficientOf(number.Number, top);
            if (own.IsZero)
            {
                // The number is a combination that its bits are not a part of.
                continue;
            }

            var factor = Forms.Ratio(CoefficientOf(equation.Form, top), own);
            var rest = equation.Form.AddScaled(number.Number, -factor);
            if (UnknownOf(rest.Variables) == 0)
            {
                DetermineAll(number.Bits, Rule.Bounded);
                return;
            }
        }
    }

    /// <summary>One hot: Σ cᵢ·wᵢ is determined and for each i a row wᵢ·(D − kᵢ) = 0, D determined and the kᵢ different constants.</summary>
    /// <remarks>D equals at most one of the kᵢ, the same in both assignments; all other wᵢ are zero in both, and the sum determines this one.</remarks>
    private bool ReadOneHot(Equation equation, List<(int Wire, Fr Coefficient)> unknown) =>
        equation.IsExact && ReadOneHot(unknown.Select(term => term.Wire), null);

    /// <summary>The same of a row (Σ cᵢ·wᵢ + …)·(D − k) = 0, k being different from all kᵢ too.</summary>
    /// <remarks>If D = k, all wᵢ are zero in both assignments. Otherwise the sum is zero in both, and the above holds.</remarks>
    private bool ReadOneHot(IEnumerable<int> unknown, LinearCombination? own)
    {
        var constants = new HashSet<Fr>();
        var direction = own;
        if (own is not null)
        {
            constants.Add(Forms.Monic(own).Constant);
        }

        var wires = unknown.ToArray();
        foreach (var wire in wires)
        {
            if (SwitchOf(wire) is not { IsConstant: false } selector)
            {
                return false;
            }

            direction ??= selector;
            if (!Forms.IsAffine(direction, selector) || !constants.Add(Forms.Monic(selector).Constant))
            {
                return false;
            }
        }

        DetermineAll(wires, Rule.OneHot);
        return true;
    }

    /// <summary>The determined D of the first row w·D = 0.</summary>
    private LinearCombination? SwitchOf(int wire)
    {
        foreach (var place in _rows.PlacesOf(wire))
        {
            var (row, part) = (place / 3, place % 3);
            if (part != 2 && _rows.KindOf(row) == RowKind.ZeroProduct && _rows[part].WiresOf(row).Length == 1 && UnknownIn(row, 1 - part) == 0)
            {
                return part == 0 ? _rows.B(row) : _rows.A(row);
            }
        }

        return null;
    }

    private void DetermineAll(IEnumerable<int> wires, Rule rule)
    {
        foreach (var wire in wires)
        {
            Determine(wire, rule);
        }
    }
}
