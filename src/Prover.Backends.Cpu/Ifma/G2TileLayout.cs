namespace Prover.Backends.Cpu.Ifma;

/// <summary>Where a group of eight lists of points of G2 keeps what, in bytes.</summary>
/// <remarks>
/// An element of Fq2 is two of Fq, the real part first. As in <see cref="G1TileLayout"/>, a list holds its latest point (x₂, y₂) and, of the sum
/// (x₁, y₁) before it, only differences:
/// <code>
/// X, Y      the latest point
/// Run       x₂ − x₁ + 3p        in (1.3, 4), each part
/// Rise      y₂ − y₁ + 5p        in (0.6, 7), each part
/// Norm      |Run|² = Run₀² + Run₁², in Fq
/// Prefix    the product of Norm over all groups before this one on the last way through the tile
/// Restarts  one bit for each lane whose sum is given up for the latest point
/// Kept      one bit for each lane that is not to double its latest point; of use in that pass only
/// </code>
/// </remarks>
internal static class G2TileLayout
{
    /// <summary>Bytes of eight elements of Fq2.</summary>
    public const int Pair = 2 * KernelData.BlockBytes;

    public const int X = 0;
    public const int Y = Pair;
    public const int Run = 2 * Pair;
    public const int Rise = 3 * Pair;
    public const int Norm = 4 * Pair;
    public const int Prefix = Norm + KernelData.BlockBytes;
    public const int Restarts = Prefix + KernelData.BlockBytes;

    public const int Kept = Restarts + 1;

    /// <summary>Bytes of a group.</summary>
    public const int Group = Restarts + KernelData.VectorBytes;
}
