using System.Numerics;
using System.Runtime.InteropServices;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Element by element: products, squares, sums and differences of arrays of blocks of eight elements.</summary>
/// <remarks>Outputs may be inputs. Elements are in Montgomery form for R = 2²⁶⁰, normalised, and need not be reduced: see each member.</remarks>
internal sealed unsafe class FieldKernels : IDisposable
{
    /// <summary>What <see cref="Subtract"/> adds so that differences are not negative: 4p.</summary>
    public const int Offset = 4;

    private readonly NativeBlock _data;
    private readonly delegate* unmanaged<void*, void> _multiply, _square, _add, _subtract;

    /// <summary>The kernels of one prime.</summary>
    public FieldKernels(BigInteger modulus)
    {
        var data = new KernelData(modulus);
        _multiply = Assemble(data, (stream, block) => stream.Multiply(stream.Load(block.B), block.A));
        _square = Assemble(data, (stream, block) => stream.Square(stream.Load(block.A)));
        _add = Assemble(data, (stream, block) =>
        {
            var sum = stream.Load(block.A);
            stream.Add(sum, block.B);
            return sum;
        });
        _subtract = Assemble(data, (stream, block) =>
        {
            var difference = stream.Load(block.A);
            stream.Add(difference, data.Multiple(Offset));
            stream.Subtract(difference, block.B);
            return difference;
        });
        _data = data.Build();
    }

    /// <summary>c ← a·b/2²⁶⁰, at most a·b/2²⁶⁰ + p. a, b below 2²⁶⁰.</summary>
    public void Multiply(Span<ulong> c, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b) => Run(_multiply, c, a, b);

    /// <summary>c ← a²/2²⁶⁰, at most a²/2²⁶⁰ + p. a below 2²⁶⁰.</summary>
    public void Square(Span<ulong> c, ReadOnlySpan<ulong> a) => Run(_square, c, a, a);

    /// <summary>c ← a + b, which must be below 2²⁶⁰ to be a factor.</summary>
    public void Add(Span<ulong> c, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b) => Run(_add, c, a, b);

    /// <summary>c ← a − b + 4p, for b at most 4p.</summary>
    public void Subtract(Span<ulong> c, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b) => Run(_subtract, c, a, b);

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    private void Run(delegate* unmanaged<void*, void> kernel, Span<ulong> c, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        const int words = KernelData.BlockBytes / sizeof(ulong);
        if (c.Length % words != 0 || a.Length != c.Length || b.Length != c.Length)
            throw new ArgumentException($"Whole blocks of {words} words and equal lengths are needed, not {c.Length}, {a.Length} and {b.Length} words.");

        if (c.IsEmpty)
            return;

        // The kernel reads and writes exactly `blocks` blocks, which the lengths above cover.
        fixed (ulong* pc = c, pa = a, pb = b)
        {
            var arguments = new Arguments { C = pc, A = pa, B = pb, Blocks = c.Length / words, Data = _data.Start };
            kernel(&arguments);
        }
    }

    /// <summary>A loop over pairs of blocks, one stream each, and a last single block.</summary>
    private static delegate* unmanaged<void*, void> Assemble(KernelData data, Func<InstructionStream, Block, Vector[]> operation)
    {
        var assembler = new Assembler(64);
        var (pair, single, end) = (assembler.CreateLabel(), assembler.CreateLabel(), assembler.CreateLabel());
        assembler.mov(rax, rdi);
        assembler.mov(rdi, __qword_ptr[rax]);
        assembler.mov(rsi, __qword_ptr[rax + 8]);
        assembler.mov(rdx, __qword_ptr[rax + 16]);
        assembler.mov(rcx, __qword_ptr[rax + 24]);
        assembler.mov(r10, __qword_ptr[rax + 32]);

        assembler.Label(ref pair);
        assembler.sub(rcx, 2);
        assembler.jl(single);
        InstructionStream.Interleave(assembler, Stream(0), Stream(1));
        foreach (var pointer in new[] { rdi, rsi, rdx })
        {
            assembler.add(pointer, 2 * KernelData.BlockBytes);
        }

        assembler.jmp(pair);
        assembler.Label(ref single);
        assembler.cmp(rcx, -1);
        assembler.jl(end);
        InstructionStream.Interleave(assembler, Stream(0));
        assembler.Label(ref end);
        assembler.vzeroupper();
        assembler.ret();
        return MachineCode.Load(assembler);

        InstructionStream Stream(int index)
        {
            var stream = new InstructionStream(data, 16 * index);
            var block = new Block(index * KernelData.BlockBytes);
            var result = operation(stream, block);
            stream.Normalise(result);
            stream.Store(result, block.C);
            return stream;
        }
    }

    /// <summary>Where a stream's block lies from the pointers rdi, rsi and rdx on.</summary>
    private sealed record Block(int Offset)
    {
        public AssemblerMemoryOperand C(int limb) => __zmmword_ptr[rdi + Offset + KernelData.VectorBytes * limb];

        public AssemblerMemoryOperand A(int limb) => __zmmword_ptr[rsi + Offset + KernelData.VectorBytes * limb];

        public AssemblerMemoryOperand B(int limb) => __zmmword_ptr[rdx + Offset + KernelData.VectorBytes * limb];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Arguments
    {
        public ulong* C;
        public ulong* A;
        public ulong* B;
        public long Blocks;
        public byte* Data;
    }
}
