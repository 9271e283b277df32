using System.Runtime.InteropServices;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>What happens to rows one by one, and the frame that all kernels share. Numbers of rows are even.</summary>
internal sealed unsafe partial class NttCode
{
    /// <summary>Rows of <see cref="NttArguments.Source"/>, a stride apart, in words ⇒ normalised rows.</summary>
    public delegate* unmanaged<void*, void> Unpack { get; }

    /// <summary>Rows in [0, 84p) ⇒ rows below 2²⁵⁶, in words, a stride apart, from <see cref="NttArguments.Target"/> on.</summary>
    public delegate* unmanaged<void*, void> Pack { get; }

    /// <summary>The same for rows in [−32p, 52p).</summary>
    public delegate* unmanaged<void*, void> PackSigned { get; }

    /// <summary><see cref="Pack"/> for results: below p.</summary>
    public delegate* unmanaged<void*, void> PackCanonical { get; }

    /// <summary><see cref="PackSigned"/> for results: below p.</summary>
    public delegate* unmanaged<void*, void> PackSignedCanonical { get; }

    /// <summary>Rows in [0, 84p), a stride apart, are brought below 1.01p.</summary>
    public delegate* unmanaged<void*, void> Reduce { get; }

    /// <summary>Target ← source·factor, below 1.02p for normalised rows and a factor below 1.01p.</summary>
    public delegate* unmanaged<void*, void> Scale { get; }

    /// <summary>Target ← target·source, below 2p, for rows in [−32p, 50p) and normalised factors below 1.02p.</summary>
    public delegate* unmanaged<void*, void> ScaleRows { get; }

    /// <summary>c ← 4·target·source, c being <see cref="NttArguments.Stride"/> bytes beyond the target: below 1.05p for normalised rows below 1.01p.</summary>
    public delegate* unmanaged<void*, void> QuadrupleProduct { get; }

    /// <summary>Target ← target·source − c + 64p, c being <see cref="NttArguments.Stride"/> bytes beyond the target. All in [0, 64p); the source is used up.</summary>
    public delegate* unmanaged<void*, void> ProductLessRows { get; }

    private delegate* unmanaged<void*, void> EmitUnpack() => Loop(
        (stream, s) => stream.Store(stream.Unpack(Quarters(rsi, s)), Row(rdi, s)),
        assembler =>
        {
            assembler.add(rdi, 2 * KernelData.BlockBytes);
            assembler.lea(rsi, __[rsi + r8 * 2]);
        });

    private delegate* unmanaged<void*, void> EmitPack(bool signed, bool canonical) => Loop(
        (stream, s) =>
        {
            var row = stream.Load(Row(rsi, s));
            if (signed)
                stream.Add(row, _data.Multiple(Offset));

            stream.Normalise(row);
            stream.Reduce(row);
            if (canonical)
                stream.SubtractModulusOnce(row, s + 1);

            stream.Pack(row, Quarters(rdi, s), _packingOrder);
        },
        assembler =>
        {
            assembler.lea(rdi, __[rdi + r8 * 2]);
            assembler.add(rsi, 2 * KernelData.BlockBytes);
        });

    private delegate* unmanaged<void*, void> EmitReduce() => Loop(
        (stream, s) =>
        {
            var row = stream.Load(RowOrNext(s));
            stream.Normalise(row);
            stream.Reduce(row);
            stream.Store(row, RowOrNext(s));
        },
        assembler => assembler.lea(rdi, __[rdi + r8 * 2]));

    private delegate* unmanaged<void*, void> EmitScale() => Loop(
        (stream, s) =>
        {
            var product = stream.Multiply(stream.Load(Row(rsi, s)), Factor(rdx), broadcast: true);
            stream.Normalise(product);
            stream.Store(product, Row(rdi, s));
        },
        AdvanceRows);

    private delegate* unmanaged<void*, void> EmitScaleRows() => Loop(
        (stream, s) =>
        {
            var row = stream.Load(Row(rdi, s));
            stream.Add(row, _data.Multiple(Offset));
            stream.Normalise(row);
            var product = stream.Multiply(row, Row(rsi, s));
            stream.Store(product, Row(rdi, s));
        },
        AdvanceRows);

    private delegate* unmanaged<void*, void> EmitQuadrupleProduct() => Loop(
        (stream, s) =>
        {
            var b = stream.Load(Row(rsi, s));
            stream.Quadruple(b);
            stream.Normalise(b);
            var product = stream.Multiply(b, Row(rdi, s));
            stream.Store(product, ThirdRow(s));
        },
        AdvanceRows);

    /// <remarks>In units of p: with b reduced, a·b is below 64·1.01/84 + 1 &lt; 2, so a·b − c + 64 ∈ (0, 66).</remarks>
    private delegate* unmanaged<void*, void> EmitProductLessRows() => Loop(
        (stream, s) =>
        {
            var b = stream.Load(Row(rsi, s));
            stream.Normalise(b);
            stream.Reduce(b);
            stream.Store(b, Row(rsi, s));
            var a = stream.Load(Row(rdi, s));
            stream.Normalise(a);
            var product = stream.Multiply(a, Row(rsi, s));
            stream.Release(a);
            stream.Subtract(product, ThirdRow(s));
            stream.Add(product, _data.Multiple(2 * Offset));
            stream.Store(product, Row(rdi, s));
        },
        AdvanceRows);

    private static Func<int, Memory> Quarters(AssemblerRegister64 start, int row) => row == 0
        ? quarter => __zmmword_ptr[start + quarter * KernelData.VectorBytes]
        : quarter => __zmmword_ptr[start + r8 + quarter * KernelData.VectorBytes];

    private static Func<int, Memory> RowOrNext(int row) => row == 0 ? Row(rdi, 0) : ThirdRow(0);

    private static Func<int, Memory> ThirdRow(int row) =>
        limb => __zmmword_ptr[rdi + r8 + (row * KernelData.BlockBytes + limb * KernelData.VectorBytes)];

    private static void AdvanceRows(Assembler assembler)
    {
        assembler.add(rdi, 2 * KernelData.BlockBytes);
        assembler.add(rsi, 2 * KernelData.BlockBytes);
    }

    /// <summary>A loop over pairs of rows, one for each stream.</summary>
    private delegate* unmanaged<void*, void> Loop(Action<InstructionStream, int> body, Action<Assembler> advance)
    {
        var assembler = Begin();
        var pair = assembler.CreateLabel();
        assembler.Label(ref pair);
        Append(assembler, body);
        advance(assembler);
        assembler.sub(rcx, 2);
        assembler.jg(pair);
        return End(assembler);
    }

    private void Append(Assembler assembler, Action<InstructionStream, int> body)
    {
        var (first, second) = (new InstructionStream(_data), new InstructionStream(_data, 16));
        body(first, 0);
        body(second, 1);
        InstructionStream.Interleave(assembler, first, second);
    }

    private static Assembler Begin()
    {
        var assembler = new Assembler(64);
        assembler.mov(rax, rdi);
        AssemblerRegister64[] registers = [rdi, rsi, rdx, r8, rcx, r9, r10];
        for (var i = 0; i < registers.Length; i++)
        {
            assembler.mov(registers[i], __qword_ptr[rax + sizeof(ulong) * i]);
        }

        return assembler;
    }

    private static delegate* unmanaged<void*, void> End(Assembler assembler)
    {
        assembler.vzeroupper();
        assembler.ret();
        return MachineCode.Load(assembler);
    }

    /// <summary>Moves rdx on by one or two factors: rows, or single ones of which eight lie in the lanes of one row, which begins at a multiple of 64.</summary>
    private static void NextFactor(Assembler assembler, int count, bool broadcast)
    {
        if (!broadcast)
        {
            assembler.add(rdx, KernelData.BlockBytes * count);
            return;
        }

        var sameRow = assembler.CreateLabel();
        assembler.add(rdx, sizeof(ulong) * count);
        assembler.test(edx, KernelData.VectorBytes - 1);
        assembler.jnz(sameRow);
        assembler.add(rdx, KernelData.BlockBytes - KernelData.VectorBytes);
        assembler.Label(ref sameRow);
    }
}

/// <summary>What a kernel of <see cref="NttCode"/> is given: registers rdi, rsi, rdx, r8, rcx, r9, r10 in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NttArguments
{
    public byte* Target;
    public byte* Source;
    public byte* Factors;

    /// <summary>Bytes from one row to the next, or from a block's first half to its second.</summary>
    public nint Stride;

    /// <summary>Rows, groups of rows or blocks.</summary>
    public nint Count;

    /// <summary>Pairs of rows in a block's half.</summary>
    public nint Pairs;

    public byte* Constants;
}
