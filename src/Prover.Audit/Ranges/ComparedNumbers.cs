using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Finds numbers that are compared with a constant two bits at a time, as circomlib's CompConstant does.</summary>
/// <remarks>
/// <para>
/// A digit d = x + 2y in [0, 3] of weight 4ⁱ has a row that makes a wire p(d) = 2¹²⁸ − 2ⁱ if d &gt; c, 0 if d = c and 2ⁱ if d &lt; c, for a constant
/// digit c. The sum of all p is Σ 2ᵉ·o over bits o with different exponents e, none of them 127.
/// </para>
/// <para>
/// Both sides are below r as integers (checked), so they are equal, and bit 127 of Σ p is 0. Modulo 2¹²⁸, Σ p is D, the sum of 2ⁱ over the
/// digits below less that over those above their constants, with |D| &lt; 2¹²⁷; so D ≥ 0. If the number were above the constant, it would be
/// so at the highest digit in which they differ, and D ≤ −2ᵏ + 2ᵏ⁻¹ + … + 1 &lt; 0: a contradiction.
/// </para>
/// </remarks>
internal sealed class ComparedNumbers(RowTable rows, RangeFacts facts)
{
    private const int TopBit = 127;

    private static readonly BigInteger Wrap = BigInteger.One << (TopBit + 1);

    private readonly Dictionary<int, Part> _parts = [];

    /// <summary>p as a function of x + 2y.</summary>
    private sealed record Part(int X, int Y, BigInteger[] Values);

    /// <summary>All such numbers with a constant below the modulus.</summary>
    public IReadOnlyList<BoundedNumber> Search()
    {
        for (var row = 0; row < rows.Count; row++)
        {
            // A part that is x·y alone has the value 0 three times. No part has more than one wire besides x and y.
            if (rows.KindOf(row) == RowKind.Product
                && rows.System.A.WiresOf(row) is [> 0 and var x]
                && rows.System.B.WiresOf(row) is [> 0 and var y]
                && rows.System.C.WiresOf(row).Length is > 1 and <= 4
                && x != y && facts.IsBit(x) && facts.IsBit(y))
            {
                ReadPart(row);
            }
        }

        if (_parts.Count == 0)
        {
            return [];
        }

        var found = new List<BoundedNumber>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.KindOf(row) == RowKind.Linear && rows.Equation(row) is var equation && Mentions(equation.Variables))
            {
                Read(equation, hasBit: false, found);
            }
        }

        foreach (var (form, range) in facts.Forms.All)
        {
            if (range == IntegerRange.Bit && Mentions(form.Variables))
            {
                Read(form, hasBit: true, found);
                Read(LinearCombination.One.AddScaled(form, -Fr.One), hasBit: true, found);
            }
        }

        return found;
    }

    private bool Mentions(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            if (_parts.ContainsKey(wire))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>α·x·y = c₀ + c₁·x + c₂·y + c₃·p of bits x and y.</summary>
    private void ReadPart(int row)
    {
        var (x, y, c) = (rows.A(row), rows.B(row), rows.C(row));
        var (first, second) = (x.Variables[0], y.Variables[0]);
        int[] others = [.. c.Variables.ToArray().Where(wire => wire != first && wire != second)];
        if (others is not [var p])
        {
            return;
        }

        var values = new Fr[4];
        for (var d = 0; d < 4; d++)
        {
            Fr low = d & 1, high = d >> 1;
            var rest = c.Constant + (Coefficient(c, first) * low) + (Coefficient(c, second) * high);
            values[d] = Forms.Ratio((x.Coefficients[0] * y.Coefficients[0] * low * high) - rest, Coefficient(c, p));
        }

        if (!values.Contains(Fr.Zero))
        {
            return;
        }

        _parts.TryAdd(p, new(first, second, [.. values.Select(value => value.ToInteger())]));
    }

    /// <summary>λ·(Σ p − Σ 2ᵉ·o) = 0, or a bit; o or the sum of all o may be a wire that another equation spells.</summary>
    private void Read(LinearCombination form, bool hasBit, List<BoundedNumber> found)
    {
        var first = form.Variables.ToArray().First(_parts.ContainsKey);
        var lambda = Coefficient(form, first);
        form = form.Scale(Forms.Ratio(Fr.One, lambda));
        var parts = form.Variables.ToArray().Where(_parts.ContainsKey).ToArray();
        var sum = LinearCombination.FromSorted(parts, [.. parts.Select(_ => Fr.One)], Fr.Zero);
        var spelled = Spell(sum.AddScaled(form, -Fr.One), parts.Length);
        var exponents = new HashSet<int>();
        if (spelled is not null
            && spelled.Constant.IsZero
            && (!hasBit || TryAddExponent(Forms.Ratio(Fr.One, lambda), exponents))
            && AreExponents(spelled, exponents)
            && Compare([.. parts.Select(wire => _parts[wire])]) is { } number)
        {
            found.Add(number);
        }
    }

    /// <summary>The sum itself if it consists of bits, or what another equation says of its only wire.</summary>
    private LinearCombination? Spell(LinearCombination sum, int parts)
    {
        if (sum.Count != 1 || parts < 2)
        {
            return sum;
        }

        foreach (var place in rows.PlacesOf(sum.Variables[0]))
        {
            if (rows.KindOf(place / 3) == RowKind.Linear && !Mentions(rows.System.C.WiresOf(place / 3)))
            {
                var equation = rows.Equation(place / 3);
                var coefficient = Coefficient(equation, sum.Variables[0]);
                if (!coefficient.IsZero)
                {
                    return sum.AddScaled(equation, -Forms.Ratio(sum.Coefficients[0], coefficient));
                }
            }
        }

        return null;
    }

    private bool AreExponents(LinearCombination sum, HashSet<int> exponents)
    {
        for (var i = 0; i < sum.Count; i++)
        {
            var isZero = facts.Of(sum.Variables[i]) == IntegerRange.Point(0);
            if (!isZero && (!facts.IsBit(sum.Variables[i]) || !TryAddExponent(sum.Coefficients[i], exponents)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Exponents below 250: different powers of two add up to less than r.</summary>
    private static bool TryAddExponent(Fr weight, HashSet<int> exponents)
    {
        var value = weight.ToInteger();
        var exponent = (int)value.GetBitLength() - 1;
        return value.IsPowerOfTwo && exponent is < 250 and not TopBit && exponents.Add(exponent);
    }

    private static BoundedNumber? Compare(Part[] parts)
    {
        var digits = new SortedDictionary<int, (int Low, int High, int Constant)>();
        foreach (var part in parts)
        {
            // Where both orders of the bits are possible, circomlib's wires ascend.
            var swapped = part with { X = part.Y, Y = part.X, Values = [part.Values[0], part.Values[2], part.Values[1], part.Values[3]] };
            var (ascending, descending) = part.X < part.Y ? (part, swapped) : (swapped, part);
            if ((Digit(ascending) ?? Digit(descending)) is not var (position, low, high, constant) || !digits.TryAdd(position, (low, high, constant)))
            {
                return null;
            }
        }

        var (bits, weights, bound) = (new List<int>(), new List<Fr>(), BigInteger.Zero);
        foreach (var (position, (low, high, constant)) in digits)
        {
            var weight = BigInteger.One << (2 * position);
            bits.AddRange([low, high]);
            weights.AddRange([Fr.FromInteger(weight), Fr.FromInteger(weight << 1)]);
            bound += weight * constant;
        }

        // The bits must spell one number below 2²⁵⁴ each at a place of its own, or equal numbers would not mean equal bits.
        if (bound >= Fr.Modulus || bits.Distinct().Count() != bits.Count)
        {
            return null;
        }

        var number = bits.Zip(weights).OrderBy(term => term.First).ToArray();
        return new(LinearCombination.FromSorted([.. number.Select(term => term.First)], [.. number.Select(term => term.Second)], Fr.Zero), [.. bits], bound);
    }

    /// <summary>Recognises 2¹²⁸ − 2ⁱ above a constant digit, 0 at it, 2ⁱ below it.</summary>
    private static (int Position, int Low, int High, int Constant)? Digit(Part part)
    {
        var constant = Array.IndexOf(part.Values, BigInteger.Zero);
        if (constant < 0)
        {
            return null;
        }

        var step = constant > 0 ? part.Values[0] : Wrap - part.Values[3];
        var position = (int)step.GetBitLength() - 1;
        if (step.Sign <= 0 || !step.IsPowerOfTwo || position >= TopBit)
        {
            return null;
        }

        for (var d = 0; d < 4; d++)
        {
            if (part.Values[d] != (d < constant ? step : d == constant ? BigInteger.Zero : Wrap - step))
            {
                return null;
            }
        }

        return (position, part.X, part.Y, constant);
    }

    private static Fr Coefficient(LinearCombination form, int wire)
    {
        var at = form.Variables.BinarySearch(wire);
        return at < 0 ? Fr.Zero : form.Coefficients[at];
    }
}
