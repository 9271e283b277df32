using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The roots of unity that blocks are multiplied by, in one of both directions.</summary>
/// <remarks>
/// <para>
/// Dividing by X²ᵐ − ζ² leaves a polynomial that is divided by Xᵐ − ζ and by Xᵐ + ζ next: one butterfly with ζ for each coefficient of the lower half. From
/// the root X²ᵏ − 1 downwards the blocks of a stage are numbered from left to right, and block k has ζ = t_k in every stage, where
/// </para>
/// <code>
/// t₀ = 1,  t₁ = i,  t₂ₖ² = t_k,  t₂ₖ₊₁ = i·t₂ₖ          so that t_k is the root of unity at angle 2π·Σ kᵦ·2^−(b+2) over the bits kᵦ of k
/// </code>
/// <para>
/// The last blocks are values: block k's at the root whose exponent is k with its bits reversed. Since angles add up over bits,
/// t_(B·2ʲ + l) = t_(B·2ʲ)·t_l for l &lt; 2ʲ: what is below block B has the factors of the whole tree, times one base for each stage, of which each is the
/// square of the next.
/// </para>
/// <para>
/// The right half of a tree twice the size, Xⁿ + 1, evaluates on the odd coset: its blocks begin with number 2ˢ in stage s. Its mirror image
/// does not; there coefficients are first multiplied by powers of g, and t_k, the factor of one more stage, is just what the one at place k needs.
/// </para>
/// </remarks>
internal sealed unsafe class NttRoots : IDisposable
{
    private readonly NativeBlock _all;
    private readonly NativeBlock[] _inLanes = new NativeBlock[4];
    private readonly Fr[] _bases;

    /// <param name="rowBits">The columns' transforms have 2^rowBits rows.</param>
    /// <param name="blockBits">Each block of 2^blockBits neighbours has a base of its own.</param>
    /// <param name="inverse">Whether angles are negative.</param>
    public NttRoots(int rowBits, int blockBits, bool inverse)
    {
        First = Roots(Math.Max(rowBits, blockBits), firstOrder: 2, inverse);
        _all = NttFactors.Table(First.AsSpan(0, 1 << Math.Max(rowBits, blockBits - 4)));
        for (var stage = 0; stage < _inLanes.Length; stage++)
        {
            _inLanes[stage] = NttFactors.Table(ByLanes(First.AsSpan(0, 1 << (blockBits - 3 + stage)), stage));
        }

        _bases = Roots(rowBits + 1, firstOrder: blockBits + 1, inverse);
    }

    /// <summary>t₀, t₁, …</summary>
    public Fr[] First { get; }

    /// <summary>t₀, t₁, … as factors.</summary>
    public byte* All => _all.Start;

    /// <summary>The factors of the first block in its last three stages, 0 to 2, and the one that would follow, where each lane is a block: 2^stage rows for eight blocks.</summary>
    /// <remarks>Lane b of row r of the u-th eight blocks has number 2^stage·(8u + b) + r.</remarks>
    public byte* InLanes(int stage) => _inLanes[stage].Start;

    /// <summary>The base of block B's last stage, t at B·2^(blockBits − 1).</summary>
    public Fr LastBase(int block) => _bases[block];

    /// <summary>The base of the stage that would follow, t at B·2^blockBits.</summary>
    public Fr NextBase(int block) => _bases[2 * block];

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        foreach (var table in _inLanes)
        {
            table.Dispose();
        }
    }

    private static Fr[] ByLanes(ReadOnlySpan<Fr> roots, int stage)
    {
        var result = new Fr[roots.Length];
        for (var i = 0; i < roots.Length; i++)
        {
            var (row, block) = (i & ((1 << stage) - 1), i >> stage);
            result[((block / 8 << stage) + row) * 8 + block % 8] = roots[i];
        }

        return result;
    }

    /// <summary>2^bits products of roots of which bit b of the index takes that of order 2^(firstOrder + b).</summary>
    private static Fr[] Roots(int bits, int firstOrder, bool inverse)
    {
        var roots = new Fr[1 << bits];
        roots[0] = Fr.One;
        for (var b = 0; b < bits; b++)
        {
            // A generator of order 2ᵏ is the shift of the domain of half its order.
            var root = new EvaluationDomain(firstOrder + b - 1).OddCosetShift;
            root = inverse ? root.Invert() : root;
            for (var i = 0; i < 1 << b; i++)
            {
                roots[(1 << b) + i] = roots[i] * root;
            }
        }

        return roots;
    }
}
