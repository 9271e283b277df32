using Layout = Prover.Backends.Cpu.Ifma.G1TileLayout;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Lists of points of G1, sixteen to a pair of groups of eight.</summary>
internal sealed unsafe class G1Tile : BucketTile<Fq, G1Curve>
{
    /// <summary>How many pairs ahead points are fetched; the indices read for it reach as far beyond both ends.</summary>
    public const int PairsAhead = 3;

    private const int Lanes = LaneElement.Lanes;

    private static readonly Lazy<G1TileCode> LazyCode = new();

    /// <param name="pairs">How many pairs fit.</param>
    public G1Tile(int pairs)
        : base(Code, pairs, Layout.PairBuckets, Layout.Pair, 2 * Lanes)
    {
    }

    /// <summary>The passes, assembled when first asked for.</summary>
    public static G1TileCode Code => LazyCode.Value;

    /// <inheritdoc/>
    public override int Lookahead => PairsAhead;

    /// <inheritdoc/>
    public override void ReadSums(int group, Span<G1Affine> sums)
    {
        const int words = 2 * 4;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, Layout.PairBuckets);
        fixed (G1Affine* start = sums)
        {
            for (var half = 0; half < Layout.PairBuckets / Lanes; half++)
            {
                var state = StateOf(group) + half * Layout.Group;
                var target = (ulong*)(start + half * Lanes);
                LaneWords.Write(state + Layout.X, target, words);
                LaneWords.Write(state + Layout.Y, target + words / 2, words);
            }
        }
    }

    /// <inheritdoc/>
    protected override void ResetProducts()
    {
        for (var lane = 0; lane < 2 * Lanes; lane++)
        {
            LaneElement.WriteOne(InData(Code.Product, lane));
        }
    }

    /// <inheritdoc/>
    protected override bool HasZero(int lane) => LaneElement.Read(InData(Code.Product, lane)).IsZero;

    /// <inheritdoc/>
    protected override bool TryDisplace(int list, out G1Affine sum)
    {
        sum = default;
        var run = InState(list, Layout.Run);
        if (!LaneElement.ReadAny(run).IsZero)
            return false;

        sum = new(
            LaneElement.ReadAny(InState(list, Layout.X)),
            LaneElement.ReadAny(InState(list, Layout.Y)) - LaneElement.ReadAny(InState(list, Layout.Rise)));
        LaneElement.WriteOne(run);
        return true;
    }

    /// <inheritdoc/>
    protected override byte* RestartsOf(int list) => GroupOf(list) + Layout.Restarts;

    private byte* GroupOf(int list) => StateOf(list / Layout.PairBuckets) + list % Layout.PairBuckets / Lanes * Layout.Group;

    private Span<ulong> InState(int list, int part) => new((ulong*)(GroupOf(list) + part) + list % Lanes, LaneElement.Span);

    private Span<ulong> InData(int offset, int lane) =>
        new((ulong*)(Data + offset + lane / Lanes * KernelData.BlockBytes) + lane % Lanes, LaneElement.Span);
}
