using Prover.Algebra;
using Layout = Prover.Backends.Cpu.Ifma.G2TileLayout;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Lists of points of G2, eight to a group.</summary>
internal sealed unsafe class G2Tile : BucketTile<Fq2, G2Curve>
{
    /// <summary>How many groups ahead points are fetched; the indices read for it reach as far beyond both ends.</summary>
    public const int GroupsAhead = 3;

    private const int Lanes = LaneElement.Lanes;

    private static readonly Lazy<G2TileCode> LazyCode = new();

    /// <param name="groups">How many groups fit.</param>
    public G2Tile(int groups)
        : base(Code, groups, Lanes, Layout.Group)
    {
    }

    /// <summary>The passes, assembled when first asked for.</summary>
    public static G2TileCode Code => LazyCode.Value;

    /// <inheritdoc/>
    public override int Lookahead => GroupsAhead;

    /// <summary>−1 is no square in Fq, so that a norm is zero only for the difference zero.</summary>
    protected override int Denominators => Layout.Norm;

    /// <inheritdoc/>
    protected override int Restarts => Layout.Restarts;

    /// <inheritdoc/>
    protected override int Kept => Layout.Kept;

    /// <inheritdoc/>
    protected override void ReadPoints(int group, Span<G2Affine> points)
    {
        const int words = 4;
        fixed (G2Affine* start = points)
        {
            for (var part = 0; part < 4; part++)
            {
                LaneWords.Write(StateOf(group) + Layout.X + part * KernelData.BlockBytes, (ulong*)start + part * words, 4 * words);
            }
        }
    }

    /// <inheritdoc/>
    protected override void ResetProducts()
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            LaneElement.WriteOne(InData(Code.Product, lane));
            LaneElement.WriteOne(InData(Code.LastNorm, lane));
        }
    }

    /// <inheritdoc/>
    protected override uint Level(byte* eight) => Zeros(eight + Layout.Rise) & ~Zeros(eight + Layout.Y);

    /// <summary>Which of eight elements of Fq2 are zero.</summary>
    private static uint Zeros(byte* elements) => LaneElement.Zeros((ulong*)elements) & LaneElement.Zeros((ulong*)(elements + KernelData.BlockBytes));

    private Span<ulong> InData(int offset, int lane) => new((ulong*)(Data + offset) + lane, LaneElement.Span);
}
