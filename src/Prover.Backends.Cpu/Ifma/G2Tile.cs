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
        : base(Code, groups, Lanes, Layout.Group, Lanes)
    {
    }

    /// <summary>The passes, assembled when first asked for.</summary>
    public static G2TileCode Code => LazyCode.Value;

    /// <inheritdoc/>
    public override int Lookahead => GroupsAhead;

    /// <inheritdoc/>
    public override void ReadSums(int group, Span<G2Affine> sums)
    {
        const int words = 4;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, Lanes);
        fixed (G2Affine* start = sums)
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
    protected override bool HasZero(int lane) =>
        LaneElement.Read(InData(Code.Product, lane)).IsZero || LaneElement.Read(InData(Code.LastNorm, lane)).IsZero;

    /// <summary>−1 is no square in Fq, so that a norm is zero only for the difference zero.</summary>
    protected override bool TryDisplace(int list, out G2Affine sum)
    {
        sum = default;
        var norm = InState(list, Layout.Norm);
        if (!LaneElement.ReadAny(norm).IsZero)
            return false;

        sum = new(ReadAny(list, Layout.X), ReadAny(list, Layout.Y) - ReadAny(list, Layout.Rise));
        LaneElement.WriteOne(norm);
        return true;
    }

    /// <inheritdoc/>
    protected override byte* RestartsOf(int list) => StateOf(list / Lanes) + Layout.Restarts;

    private Fq2 ReadAny(int list, int part) =>
        new(LaneElement.ReadAny(InState(list, part)), LaneElement.ReadAny(InState(list, part + KernelData.BlockBytes)));

    private Span<ulong> InState(int list, int part) => new((ulong*)(StateOf(list / Lanes) + part) + list % Lanes, LaneElement.Span);

    private Span<ulong> InData(int offset, int lane) => new((ulong*)(Data + offset) + lane, LaneElement.Span);
}
