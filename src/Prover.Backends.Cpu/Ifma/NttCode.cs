using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The code of transforms over Fr: butterflies of rows, each row eight elements in unpacked limbs.</summary>
/// <remarks>
/// <para>
/// Two rows are worked on at a time, one in each stream. Factors are in Montgomery form for R = 2²⁶⁰, so that a product with one leaves its
/// other factor in the form it had: elements keep the 2²⁵⁶ they are stored with.
/// </para>
/// <para>Ranges, in units of p (2²⁶⁰ is above 84p, and a product of factors below a and b is below 1 + ab/84):</para>
/// <code>
/// w            ∈ [0, 1.02)     factors, themselves products of reduced values at most; hence a product x·w is in [0, 2) for x ∈ [0, 82)
/// In time      (a, b) ← (a + b·w, a − b·w): each stage adds (−2, 2).
///              Input in [0, 1.05), four stages at most without a factor (w = 1), in which the first block stays in [0, 17) and its upper half
///              goes into (−9, 9). Eight stages with one may follow those, or fourteen if there were none without: all values are in (−32, 46),
///              so that b + 32 ∈ (0, 78).
/// In frequency (a, b) ← (a + b, (a − b)·w): sums double and products are in [0, 2).
///              Rows are reduced before every second stage so that what enters a stage is in [0, 32) (see <see cref="NttStages"/>): a − b + 32 ∈ (0, 64)
///              and sums are in [0, 64). Where w = 1 in the last two stages, the difference plus 16, then 32, is left as it is.
/// </code>
/// <para>
/// Limbs stay within 64 bits: a product's are below 20·2⁵² before they are normalised, and at most 32 products are added up between
/// reductions.
/// </para>
/// </remarks>
internal sealed unsafe partial class NttCode
{
    /// <summary>The multiple of p that makes values positive before they are factors.</summary>
    private const int Offset = 32;

    private static readonly Lazy<NttCode> Lazy = new(() => new NttCode());

    private readonly KernelData _data = new(Fr.Modulus);
    private readonly int _packingOrder, _lastOffset, _lastOffsetButOne;

    private NttCode()
    {
        _packingOrder = InstructionStream.PackingOrder(_data);
        _lastOffset = _data.Constant(Offset * _data.Modulus);
        _lastOffsetButOne = _data.Constant(Offset / 2 * _data.Modulus);
        InTime = new NttStageCode(EmitInTime(broadcast: true), EmitInTimeOfNeighbours(broadcast: true));
        InTimeInLanes = new NttStageCode(EmitInTime(broadcast: false), EmitInTimeOfNeighbours(broadcast: false));
        InTimeWithoutFactor = Stage(true, (stream, s) => Butterfly(stream, stream.Load(LaterRow(s)), Row(rsi, s), LaterRow(s)));
        InFrequency = new NttStageCode(EmitInFrequency(broadcast: true), EmitInFrequencyOfNeighbours(broadcast: true));
        InFrequencyWithoutFactor = Stage(false, (stream, s) => InFrequencyButterflyWithoutFactor(stream, Row(rsi, s), LaterRow(s), Row(rdx, 0)));
        InFrequencyInLanes = new NttStageCode(EmitInFrequency(broadcast: false), EmitInFrequencyOfNeighbours(broadcast: false));
        ToRows = EmitTranspose(outwards: true);
        ToLanes = EmitTranspose(outwards: false);
        Unpack = EmitUnpack();
        PackSigned = EmitPack(signed: true, canonical: false);
        PackSignedCanonical = EmitPack(signed: true, canonical: true);
        Pack = EmitPack(signed: false, canonical: false);
        PackCanonical = EmitPack(signed: false, canonical: true);
        Reduce = EmitReduce();
        Scale = EmitScale();
        ScaleRows = EmitScaleRows();
        QuadrupleProduct = EmitQuadrupleProduct();
        ProductLessRows = EmitProductLessRows();
        Constants = _data.Build();
    }

    /// <summary>The code, assembled when first asked for.</summary>
    public static NttCode Instance => Lazy.Value;

    /// <summary>What all kernels read: <see cref="NttArguments.Constants"/>.</summary>
    public NativeBlock Constants { get; }

    /// <summary>(a, b) ← (a + b·w, a − b·w) for the rows of both halves of each block, whose factor w follows that of the block before.</summary>
    public NttStageCode InTime { get; }

    /// <summary>The same for transposed groups, where each lane is a block of its own and has its own factors.</summary>
    public NttStageCode InTimeInLanes { get; }

    /// <summary>The same with w = 1, for blocks of four rows at least.</summary>
    public delegate* unmanaged<void*, void> InTimeWithoutFactor { get; }

    /// <summary>(a, b) ← (a + b, (a − b)·w) for the rows of both halves of each block, whose factor w follows that of the block before.</summary>
    public NttStageCode InFrequency { get; }

    /// <summary>The same for transposed groups.</summary>
    public NttStageCode InFrequencyInLanes { get; }

    /// <summary>(a, b) ← (a + b, a − b + offset) for one block of four rows at least; the offset is a row where factors are.</summary>
    public delegate* unmanaged<void*, void> InFrequencyWithoutFactor { get; }

    /// <summary>What <see cref="InFrequencyWithoutFactor"/> adds in the last stage: a row of 32p.</summary>
    public byte* LastOffset => Constants.Start + _lastOffset;

    /// <summary>What it adds in the last stage but one: a row of 16p.</summary>
    public byte* LastOffsetButOne => Constants.Start + _lastOffsetButOne;

    private delegate* unmanaged<void*, void> EmitInTime(bool broadcast) =>
        Stage(broadcast, (stream, s) => InTimeButterfly(stream, Row(rsi, s), LaterRow(s), BlockFactor(0, broadcast), broadcast));

    private delegate* unmanaged<void*, void> EmitInFrequency(bool broadcast) =>
        Stage(broadcast, (stream, s) => InFrequencyButterfly(stream, Row(rsi, s), LaterRow(s), BlockFactor(0, broadcast), broadcast));

    private delegate* unmanaged<void*, void> EmitInTimeOfNeighbours(bool broadcast) =>
        StageOfNeighbours(broadcast, (stream, s) => InTimeButterfly(stream, Row(rdi, 2 * s), Row(rdi, 2 * s + 1), BlockFactor(s, broadcast), broadcast));

    private delegate* unmanaged<void*, void> EmitInFrequencyOfNeighbours(bool broadcast) =>
        StageOfNeighbours(broadcast, (stream, s) => InFrequencyButterfly(stream, Row(rdi, 2 * s), Row(rdi, 2 * s + 1), BlockFactor(s, broadcast), broadcast));

    /// <summary>A loop over blocks and, within, over pairs of rows; rsi is at the first half's rows, r8 bytes below those of the second half.</summary>
    private delegate* unmanaged<void*, void> Stage(bool broadcast, Action<InstructionStream, int> butterfly)
    {
        var assembler = Begin();
        var (block, pair) = (assembler.CreateLabel(), assembler.CreateLabel());
        assembler.Label(ref block);
        assembler.mov(rsi, rdi);
        assembler.mov(r11, r9);
        assembler.Label(ref pair);
        Append(assembler, butterfly);
        assembler.add(rsi, 2 * KernelData.BlockBytes);
        assembler.dec(r11);
        assembler.jnz(pair);
        assembler.lea(rdi, __[rsi + r8]);
        NextFactor(assembler, 1, broadcast);
        assembler.dec(rcx);
        assembler.jnz(block);
        return End(assembler);
    }

    /// <summary>A loop over pairs of blocks of two rows.</summary>
    private delegate* unmanaged<void*, void> StageOfNeighbours(bool broadcast, Action<InstructionStream, int> butterfly)
    {
        var assembler = Begin();
        var pair = assembler.CreateLabel();
        assembler.Label(ref pair);
        Append(assembler, butterfly);
        assembler.add(rdi, 4 * KernelData.BlockBytes);
        NextFactor(assembler, 2, broadcast);
        assembler.sub(rcx, 2);
        assembler.jg(pair);
        return End(assembler);
    }
}

/// <summary>The two loops of a stage.</summary>
/// <param name="longBlocks">For blocks of four rows at least.</param>
/// <param name="neighbours">For an even number of blocks of two rows.</param>
internal readonly unsafe struct NttStageCode(delegate* unmanaged<void*, void> longBlocks, delegate* unmanaged<void*, void> neighbours)
{
    private readonly delegate* unmanaged<void*, void> _longBlocks = longBlocks, _neighbours = neighbours;

    /// <summary>Runs the stage on blocks of which each half has <paramref name="half"/> rows.</summary>
    public void Run(byte* rows, int blocks, int half, byte* factors) =>
        NttStages.Run(half == 1 ? _neighbours : _longBlocks, rows, blocks, null, factors, (nint)half * KernelData.BlockBytes, half / 2);
}
