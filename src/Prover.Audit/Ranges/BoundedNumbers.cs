using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>A number whose bits are wires, all but the lowest, and which cannot exceed a bound below the modulus.</summary>
/// <param name="Number">The number, b₀ + Σ 2ⁱ·bᵢ.</param>
/// <param name="Bits">The wires of bits 1, 2, … or, if the lowest is a wire as well, of bits 0, 1, …</param>
/// <param name="Bound">The greatest value in any satisfying assignment.</param>
internal sealed record BoundedNumber(LinearCombination Number, int[] Bits, BigInteger Bound);

/// <summary>Which bits are zero or 1 − t: the rows b·(1 − t − b) = 0.</summary>
internal sealed class ConditionalBits
{
    private readonly HashSet<(LinearCombination Bit, int Switch)> _rows = [];

    /// <summary>Notes a row x·y = 0 with x + y = k, if k is 1 − t for a wire t.</summary>
    public void Note(LinearCombination x, LinearCombination y, LinearCombination k)
    {
        if (k.Count == 1 && k.Constant.IsOne && k.Coefficients[0] == -Fr.One)
        {
            _rows.Add((x, k.Variables[0]));
            _rows.Add((y, k.Variables[0]));
        }
    }

    /// <summary>Whether a row makes the bit zero or 1 − t.</summary>
    public bool Contains(LinearCombination bit, int t) => _rows.Contains((bit, t));
}

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
internal sealed class BoundedNumbers(RowTable rows, RangeFacts facts, ConditionalBits conditional)
{
    private readonly List<BoundedNumber> _found = [];
    private readonly Dictionary<(int, int), int> _products = [];
    private int _searched;
    private bool _isIndexed;

    /// <summary>What has been found.</summary>
    public IReadOnlyList<BoundedNumber> Found => _found;

    /// <summary>Looks at forms that are new; returns whether there were any.</summary>
    public bool Search()
    {
        IndexProducts();
        var start = _searched;
        for (_searched = facts.Forms.Count; start < _searched; start++)
        {
            var (form, range) = facts.Forms[start];
            if (range == IntegerRange.Bit && !TrySpell(form))
            {
                TrySpell(LinearCombination.One.AddScaled(form, -Fr.One));
            }
        }

        return facts.HasChanged || _searched < facts.Forms.Count;
    }

    /// <summary>Reads b₀ = x − Σ 2ⁱ·bᵢ.</summary>
    private bool TrySpell(LinearCombination lowest)
    {
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
            if (conditional.Contains(bit, t))
            {
                bound <<= 1;
            }
            else if (i > 0 && _products.TryGetValue((t, bits[i - 1]), out var product))
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

    private void IndexProducts()
    {
        for (var row = 0; row < rows.Count && !_isIndexed; row++)
        {
            if (rows.KindOf(row) == RowKind.Product
                && rows.System.A.WiresOf(row).Length == 1 && rows.System.B.WiresOf(row).Length == 1 && rows.System.C.WiresOf(row).Length == 1
                && rows.A(row) is { Count: 1 } a && rows.B(row) is { Count: 1 } b && rows.C(row) is { Count: 1 } c
                && a.Coefficients[0] * b.Coefficients[0] == c.Coefficients[0])
            {
                _products.TryAdd((a.Variables[0], b.Variables[0]), c.Variables[0]);
                _products.TryAdd((b.Variables[0], a.Variables[0]), c.Variables[0]);
            }
        }

        _isIndexed = true;
    }
}
