using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>A number whose bits are wires, all but the lowest, and which cannot exceed a bound below the modulus.</summary>
/// <param name="Number">The number, b₀ + Σ 2ⁱ·bᵢ.</param>
/// <param name="Bits">The wires of bits 1, 2, … or, if the lowest is a wire as well, of bits 0, 1, …</param>
/// <param name="Bound">The greatest value in any satisfying assignment.</param>
internal sealed record BoundedNumber(LinearCombination Number, int[] Bits, BigInteger Bound);

/// <summary>Finds decompositions into bits that are compared with a constant bit by bit, as the language's bounded bits are.</summary>
/// <remarks>
/// <para>
/// From the top bit down, t is the product of the bits at which the bound has ones: at first the top bit, later the p of rows t·bᵢ = p. Where
/// the bound has a zero, there is a row bᵢ·(1 − t − bᵢ) = 0. At the first bit that has neither, the rest of the bound is taken to be ones.
/// </para>
/// <para>
/// All bits are 0 or 1. If the number they spell exceeded the bound, look at the highest position where the two differ: there the bound has a
/// zero and the number a one, and above it the number has ones wherever the bound has, so t = 1 and the row makes the bit 0: a contradiction.
/// So the integer Σ 2ⁱ·bᵢ is at most the bound, and it is congruent to the number.
/// </para>
/// </remarks>
internal sealed class BoundedNumbers(RowTable rows, RangeFacts facts)
{
    private static readonly Fr MinusTwo = -2;

    private readonly List<BoundedNumber> _found = [];
    private int _searched;

    /// <summary>What has been found.</summary>
    public IReadOnlyList<BoundedNumber> Found => _found;

    /// <summary>Looks at forms that are new; returns whether there were any.</summary>
    public bool Search()
    {
        var start = _searched;
        for (_searched = facts.Forms.All.Count; start < _searched; start++)
        {
            var (form, range) = facts.Forms.All[start];
            if (form.Count > 1 && range == IntegerRange.Bit && !TrySpell(form))
            {
                TrySpell(LinearCombination.One.AddScaled(form, -Fr.One));
            }
        }

        return facts.HasChanged || _searched < facts.Forms.All.Count;
    }

    /// <summary>Reads b₀ = x − Σ 2ⁱ·bᵢ.</summary>
    private bool TrySpell(LinearCombination lowest)
    {
        if (!lowest.Coefficients.Contains(MinusTwo))
        {
            return false;
        }

        var byWeight = new Dictionary<Fr, int>();
        for (var i = 0; i < lowest.Count; i++)
        {
            if (facts.IsBit(lowest.Variables[i]))
            {
                byWeight[-lowest.Coefficients[i]] = lowest.Variables[i];
            }
        }

        var bits = new List<int>();
        var number = lowest;
        for (Fr weight = 2; byWeight.TryGetValue(weight, out var wire) && bits.Count < 253; weight = weight.Double())
        {
            bits.Add(wire);
        }

        if (bits.Count == 0)
        {
            return false;
        }

        int[] ascending = [.. bits.Order()];
        var weights = ascending.Select(wire => -lowest.Coefficients[lowest.Variables.BinarySearch(wire)]).ToArray();
        number = lowest.AddScaled(LinearCombination.FromSorted(ascending, weights, Fr.Zero), Fr.One);
        var bound = Bound(lowest, bits);
        if (bound >= Fr.Modulus)
        {
            return false;
        }

        facts.Narrow(number, new(BigInteger.Zero, bound));
        _found.Add(new(number, [.. bits], bound));
        return true;
    }

    private BigInteger Bound(LinearCombination lowest, List<int> bits)
    {
        var bound = BigInteger.One;
        var t = bits[^1];
        for (var i = bits.Count - 1; i >= 0; i--)
        {
            var bit = i == 0 ? lowest : LinearCombination.FromVariable(bits[i - 1]);
            if (IsConditional(bit, bits[Math.Max(0, i - 1)], t))
            {
                bound <<= 1;
            }
            else if (i > 0 && ProductOf(t, bits[i - 1]) is > 0 and var product)
            {
                bound = (bound << 1) + 1;
                t = product;
            }
            else
            {
                return ((bound + 1) << (i + 1)) - 1;
            }
        }

        return bound;
    }

    /// <summary>Whether a row b·(1 − t − b) = 0 makes the bit b zero or 1 − t.</summary>
    /// <param name="bit">The bit.</param>
    /// <param name="wire">Any of its wires.</param>
    /// <param name="t">The wire t.</param>
    private bool IsConditional(LinearCombination bit, int wire, int t)
    {
        foreach (var place in rows.PlacesOf(wire))
        {
            var row = place / 3;
            if (place % 3 != 2
                && rows.KindOf(row) == RowKind.ZeroProduct
                && (rows.System.A.WiresOf(row).BinarySearch(t) >= 0 || rows.System.B.WiresOf(row).BinarySearch(t) >= 0)
                && (rows.A(row), rows.B(row)) is var (a, b)
                && Forms.Cancel(a, b) is var (k, lambda)
                && k.Count == 1 && k.Variables[0] == t && k.Constant.IsOne && k.Coefficients[0] == -Fr.One
                && (a.Equals(bit) || b.Scale(lambda).Equals(bit)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The wire p of a row t·b = p; 0 if there is none.</summary>
    private int ProductOf(int t, int bit)
    {
        foreach (var place in rows.PlacesOf(bit))
        {
            var row = place / 3;
            var other = place % 3 == 0 ? rows.System.B : rows.System.A;
            if (place % 3 != 2
                && rows.KindOf(row) == RowKind.Product
                && other.WiresOf(row) is [var factor] && factor == t
                && rows.System.C.WiresOf(row) is [> 0 and var product]
                && rows.A(row) is { Count: 1, Constant.IsZero: true } a && rows.B(row) is { Count: 1, Constant.IsZero: true } b
                && a.Coefficients[0] * b.Coefficients[0] == rows.C(row).Coefficients[0])
            {
                return product;
            }
        }

        return 0;
    }
}
