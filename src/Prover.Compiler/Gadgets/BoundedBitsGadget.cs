using System.Numerics;
using Prover.Algebra;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>A decomposition that has been emitted.</summary>
/// <param name="Operation">The node that forces it.</param>
/// <param name="Bits">Little-endian.</param>
/// <param name="Bound">The greatest value that has such a decomposition.</param>
internal sealed record BoundedBits(Operation Operation, Signal[] Bits, BigInteger Bound);

/// <summary>The bits of a value in [0, bound]: one row a bit, and one for each one-bit of the bound that is not among its trailing ones.</summary>
/// <remarks>
/// <para>Requires: 1 ≤ bound &lt; r. Gives: n = bitlength(bound) bits, and the knowledge 0 ≤ x ≤ bound.</para>
/// <para>
/// Bits 1 … n−1 are wires, bit 0 is the combination x − Σ 2ⁱ·bᵢ, so no row is spent on the sum. Rows from the top bit down, with t the
/// product of the bits above at which the bound has ones: bᵢ·(bᵢ − 1) = 0 where the bound has a one, and then t ← t·bᵢ; bᵢ·(1 − t − bᵢ) = 0
/// where it has a zero, which makes bᵢ boolean if t = 0 and zero if t = 1. Among the bound's trailing ones every bit is merely boolean.
/// (gnark, std/math/bits and MustBeLessOrEqCst.)
/// </para>
/// <para>
/// Unique: all bits are boolean. If the number they spell exceeded the bound, look at the highest position where the two differ: there the
/// bound has a zero and t = 1, so the bit is zero, which contradicts. So the number is at most bound &lt; r, and it is congruent to x: it is
/// x's canonical integer, whose bits are unique. Each running product is forced by its own row.
/// </para>
/// </remarks>
internal static class BoundedBitsGadget
{
    private static readonly Fr[] NegativePowers = [.. Enumerable.Range(0, 254).Select(i => -Fr.FromInteger(BigInteger.One << i))];

    /// <summary>Rows of forcing 0 ≤ x ≤ bound anew.</summary>
    public static int Cost(BigInteger bound) => bound.IsZero ? 1 : new BoundedBitsLayout(bound).SlotCount + 1;

    /// <summary>The decomposition of x with this bound or a tighter one that exists already.</summary>
    public static BoundedBits Apply(CircuitBuilder builder, Signal x, BigInteger bound)
    {
        var graph = builder.Graph;
        if (graph.FindDecomposition(x.Wires) is { } known && known.Bound <= bound)
        {
            return known;
        }

        var layout = new BoundedBitsLayout(bound);
        var operation = graph.Add(new Operation
        {
            Code = layout.SlotCount == 0 ? null : TapeOperation.BoundedBits,
            OutputCount = layout.SlotCount,
            X = x.Slots,
            Bound = bound,
        });
        var bits = BitsOf(builder, x, operation.FirstOutput, layout.BitCount);
        graph.SetRows(operation, RowsOf(bits, layout, operation.FirstOutput + layout.BitCount - 1));
        var decomposition = new BoundedBits(operation, bits, bound);
        graph.Remember(x.Wires, decomposition);
        return decomposition;
    }

    /// <summary>Forces 0 ≤ x ≤ bound, from an existing wider decomposition where that is one row.</summary>
    /// <returns>The node that must be emitted for the knowledge to hold.</returns>
    public static Operation Force(CircuitBuilder builder, Signal x, BigInteger bound)
    {
        var graph = builder.Graph;
        if (bound.IsZero)
        {
            return graph.Add(new Operation { Rows = [Row.Linear(x.Wires)] });
        }

        if (graph.FindDecomposition(x.Wires) is { } known && known.Bound > bound && (bound + 1).IsPowerOfTwo)
        {
            // The upper bits are zero exactly if their sum is: fewer than r booleans cannot add up to r.
            var upper = builder.Sum(known.Bits.AsSpan((int)bound.GetBitLength()));
            return graph.Add(new Operation { Rows = [Row.Linear(upper.Wires)] });
        }

        return Apply(builder, x, bound).Operation;
    }

    private static Signal[] BitsOf(CircuitBuilder builder, Signal x, int firstWire, int count)
    {
        var bits = new Signal[count];
        var terms = new Signal[count];
        var weights = new Fr[count];
        terms[0] = x;
        weights[0] = Fr.One;
        for (var i = 1; i < count; i++)
        {
            terms[i] = bits[i] = CircuitGraph.Wire(firstWire + i - 1, Interval.Bit);
            weights[i] = NegativePowers[i];
        }

        bits[0] = builder.WeightedSum(weights, terms).With(Interval.Bit);
        return bits;
    }

    private static Row[] RowsOf(Signal[] bits, BoundedBitsLayout layout, int firstProduct)
    {
        var rows = new List<Row>(bits.Length);
        var running = bits[^1].Wires;
        for (var i = bits.Length - 1; i >= 0; i--)
        {
            var bit = bits[i].Wires;
            var isOne = !(layout.Bound >> i).IsEven;
            var complement = LinearCombination.One.AddScaled(bit, -Fr.One);
            rows.Add(new(bit, isOne || i < layout.TrailingOnes ? complement : complement.AddScaled(running, -Fr.One), LinearCombination.Zero));
            if (isOne && i >= layout.TrailingOnes && i < bits.Length - 1)
            {
                var product = LinearCombination.FromVariable(firstProduct++);
                rows.Add(new(running, bit, product));
                running = product;
            }
        }

        return [.. rows];
    }
}
