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
    protected override bool IsLevel(byte* eight, int lane) =>
        LaneElement.IsZero(Element(eight, Layout.Rise, lane)) && LaneElement.IsZero(Element(eight, Layout.Rise + KernelData.BlockBytes, lane));

    /// <inheritdoc/>
    protected override void BeginDoubling(byte* eight, int lane, in G2Affine point)
    {
        var square = point.X.Square();
        var halfRise = square.Double() + square;
        var x = point.X + point.Y.Double();
        var minusTwoX = -point.X.Double();
        LaneElement.WriteRun(Element(eight, Layout.Run, lane), minusTwoX.C0, x.C0);
        LaneElement.WriteRun(Element(eight, Layout.Run + KernelData.BlockBytes, lane), minusTwoX.C1, x.C1);
        Write(eight, Layout.Rise, lane, halfRise.Double());
        Write(eight, Layout.X, lane, x);
        Write(eight, Layout.Y, lane, point.Y + halfRise);

        // |4y|²/16: a product of the kernels has 2²⁶⁰ divided out, where Fq divides by 2²⁵⁶.
        LaneElement.Write(Element(eight, Layout.Norm, lane), point.Y.C0.Square() + point.Y.C1.Square());
    }

    private static void Write(byte* eight, int part, int lane, in Fq2 value)
    {
        LaneElement.Write(Element(eight, part, lane), value.C0);
        LaneElement.Write(Element(eight, part + KernelData.BlockBytes, lane), value.C1);
    }

    private Span<ulong> InData(int offset, int lane) => new((ulong*)(Data + offset) + lane, LaneElement.Span);
}
