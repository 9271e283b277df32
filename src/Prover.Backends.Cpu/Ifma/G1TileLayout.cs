namespace Prover.Backends.Cpu.Ifma;

/// <summary>Where a group of eight buckets keeps what, in bytes.</summary>
/// <remarks>
/// Two groups, one for each instruction stream, lie side by side as a pair. Between two rounds a bucket holds its latest point (x₂, y₂) and,
/// of the sum (x₁, y₁) before it, only the differences that its addition needs:
/// <code>
/// X, Y      the latest point
/// Run       x₂ − x₁ + 3p        in (0, 5p)
/// Rise      y₂ − y₁ + 5p        in (0, 7p)
/// Prefix    the product of Run over all groups before this one on the last way through the tile
/// Restarts  one bit for each lane whose sum is given up for the latest point
/// Kept      one bit for each lane that is not to double its latest point; of use in that pass only
/// </code>
/// </remarks>
internal static class G1TileLayout
{
    public const int X = 0;
    public const int Y = KernelData.BlockBytes;
    public const int Run = 2 * KernelData.BlockBytes;
    public const int Rise = 3 * KernelData.BlockBytes;
    public const int Prefix = 4 * KernelData.BlockBytes;
    public const int Restarts = 5 * KernelData.BlockBytes;

    public const int Kept = Restarts + 1;

    /// <summary>Bytes of a group.</summary>
    public const int Group = Restarts + KernelData.VectorBytes;

    /// <summary>Bytes of a pair.</summary>
    public const int Pair = 2 * Group;

    /// <summary>Buckets of a pair.</summary>
    public const int PairBuckets = 16;
}
