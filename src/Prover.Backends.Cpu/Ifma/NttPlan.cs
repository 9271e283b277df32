namespace Prover.Backends.Cpu.Ifma;

/// <summary>How a transform of 2ᵏ elements is cut, and its roots.</summary>
/// <remarks>
/// Element r·2^BlockBits + c is in column c. The first stages, between rows r, run on eight neighbouring columns at a time; the
/// others on blocks of 2^BlockBits neighbours. Either way 2^RowBits or 2^(BlockBits − 3) rows of eight elements, 320 bytes each unpacked, stay in cache.
/// </remarks>
internal sealed class NttPlan : IDisposable
{
    /// <summary>The fewest elements' logarithm: two rows at least on both sides of a stage, and eight rows in a block.</summary>
    public const int SmallestLogSize = 8;

    /// <summary>The most: above, roots of unity and caches run out.</summary>
    public const int LargestLogSize = 26;

    public NttPlan(int logSize)
    {
        BlockBits = Math.Max(6, (logSize + 3) / 2);
        RowBits = logSize - BlockBits;
        Forward = new NttRoots(RowBits, BlockBits, inverse: false);
        Inverse = new NttRoots(RowBits, BlockBits, inverse: true);
        SizeInverse = Fr.FromUInt64(1UL << logSize).Invert();
    }

    /// <summary>Stages on columns, at least 2.</summary>
    public int RowBits { get; }

    /// <summary>Stages on blocks, at least 6.</summary>
    public int BlockBits { get; }

    /// <summary>Rows of a column.</summary>
    public int ColumnRows => 1 << RowBits;

    /// <summary>Rows of a block.</summary>
    public int BlockRows => 1 << (BlockBits - 3);

    /// <summary>Groups of eight neighbouring columns.</summary>
    public int ColumnGroups => 1 << (BlockBits - 3);

    /// <summary>Blocks.</summary>
    public int Blocks => 1 << RowBits;

    /// <summary>The roots of evaluations.</summary>
    public NttRoots Forward { get; }

    /// <summary>The roots of interpolations.</summary>
    public NttRoots Inverse { get; }

    /// <summary>2⁻ᵏ.</summary>
    public Fr SizeInverse { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forward.Dispose();
        Inverse.Dispose();
    }
}
