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

    /// <summary>Columns and blocks of about as many rows, but long blocks if there are sixteen of them: less time goes into each block's factors.</summary>
    public NttPlan(int logSize)
        : this(logSize, Math.Max(Math.Max(6, (logSize + 3) / 2), Math.Min(10, logSize - 4)))
    {
    }

    /// <param name="logSize">k.</param>
    /// <param name="blockBits">From 6 to 14, which leaves 2 to 12 stages to columns.</param>
    public NttPlan(int logSize, int blockBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockBits, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockBits, 14);
        ArgumentOutOfRangeException.ThrowIfLessThan(logSize - blockBits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logSize - blockBits, 12);
        (RowBits, BlockBits) = (logSize - blockBits, blockBits);
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
