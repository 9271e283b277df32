using System.Numerics;

namespace Prover.Witness;

/// <summary>
/// How a value in [0, bound] is laid out as wires: bits 1 … n−1 (bit 0 is what remains of the value), then one running product for
/// each one-bit of the bound, from the second highest down to the last one above the bound's trailing ones.
/// </summary>
/// <param name="Bound">The greatest value, at least 1.</param>
public readonly record struct BoundedBitsLayout(BigInteger Bound)
{
    /// <summary>n, the bits of the bound.</summary>
    public int BitCount => (int)Bound.GetBitLength();

    /// <summary>Ones at the bottom of the bound: below them every pattern is allowed.</summary>
    public int TrailingOnes => (int)BigInteger.TrailingZeroCount(Bound + 1);

    /// <summary>The positions of the running products, descending.</summary>
    public IEnumerable<int> ProductPositions
    {
        get
        {
            var bound = Bound;
            var last = TrailingOnes;
            return Enumerable.Range(0, BitCount - 1).Reverse().Where(i => i >= last && !(bound >> i).IsEven);
        }
    }

    /// <summary>Number of slots: n − 1 bits and the running products.</summary>
    public int SlotCount => BitCount - 1 + ProductPositions.Count();
}
