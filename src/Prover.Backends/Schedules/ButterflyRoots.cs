using Prover.Algebra;

namespace Prover.Backends;

/// <summary>The roots of unity of every stage of radix-2 transforms, stage by stage, so that each stage reads its own in sequence.</summary>
/// <remarks>
/// Entry h + j, for h a power of two and 0 ≤ j &lt; h, is ζʲ where ζ is the domain generator of order 2h. A table of length 2n therefore
/// serves all transforms of up to 2n elements, and its entries n … 2n − 1 are also the factors gʲ of the odd coset of n elements.
/// Inverse roots need no table of their own: ζʰ = −1, so ζ⁻ʲ = −ζʰ⁻ʲ.
/// </remarks>
public sealed class ButterflyRoots
{
    private readonly Lock _growth = new();
    private Fr[] _table = [Fr.Zero, Fr.One];

    /// <summary>A table whose stages cover transforms of 2^<paramref name="logSize"/> elements and their odd coset.</summary>
    /// <param name="logSize">k with 0 ≤ k ≤ 27.</param>
    public Fr[] ForTransform(int logSize)
    {
        lock (_growth)
        {
            if (_table.Length < 2 << logSize)
                _table = Build(logSize);

            return _table;
        }
    }

    /// <summary>The powers of g fill the upper half; each shorter stage takes every second root of the one above it.</summary>
    private static Fr[] Build(int logSize)
    {
        var table = new Fr[2 << logSize];
        var n = 1 << logSize;
        var generator = new EvaluationDomain(logSize).OddCosetShift;
        table[n] = Fr.One;
        for (var j = n + 1; j < 2 * n; j++)
        {
            table[j] = table[j - 1] * generator;
        }

        for (var i = n - 1; i > 0; i--)
        {
            table[i] = table[2 * i];
        }

        return table;
    }
}
