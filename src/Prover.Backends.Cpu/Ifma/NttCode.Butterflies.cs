using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Butterflies of rows, and the transposition that makes rows of what was within a row.</summary>
internal sealed unsafe partial class NttCode
{
    private const int Rows = 8;

    /// <summary>Transposes each group of eight rows, so that a block of eight neighbouring elements becomes one lane.</summary>
    public delegate* unmanaged<void*, void> ToLanes { get; }

    /// <summary>Transposes groups back.</summary>
    public delegate* unmanaged<void*, void> ToRows { get; }

    /// <summary>Limbs of a row.</summary>
    private static Func<int, Memory> Row(AssemblerRegister64 start, int row) =>
        limb => __zmmword_ptr[start + (row * KernelData.BlockBytes + limb * KernelData.VectorBytes)];

    /// <summary>A row of the block's second half.</summary>
    private static Func<int, Memory> LaterRow(int row) =>
        limb => __zmmword_ptr[rsi + r8 + (row * KernelData.BlockBytes + limb * KernelData.VectorBytes)];

    /// <summary>Limbs of a single factor, to be broadcast.</summary>
    private static Func<int, Memory> Factor(AssemblerRegister64 start, int place = 0) =>
        limb => __qword_ptr[start + (sizeof(ulong) * place + limb * KernelData.VectorBytes)];

    /// <summary>The factor of this stream's block, the first or the one after it.</summary>
    private static Func<int, Memory> BlockFactor(int block, bool broadcast) => broadcast ? Factor(rdx, block) : Row(rdx, block);

    /// <summary>(a, b) ← (a + b·w, a − b·w).</summary>
    private void InTimeButterfly(InstructionStream stream, Func<int, Memory> a, Func<int, Memory> b, Func<int, Memory> w, bool broadcast)
    {
        var factor = stream.Load(b);
        stream.Add(factor, _data.Multiple(Offset));
        stream.Normalise(factor);
        var product = stream.Multiply(factor, w, broadcast);
        stream.Release(factor);
        Butterfly(stream, product, a, b);
    }

    /// <summary>(a, b) ← (a + product, a − product).</summary>
    private static void Butterfly(InstructionStream stream, Vector[] product, Func<int, Memory> a, Func<int, Memory> b)
    {
        for (var i = 0; i < KernelData.Limbs; i++)
        {
            var (sum, limb, first, second) = (stream.Take(), product[i], a(i), b(i));
            stream.Do(c => c.vmovdqu64(sum, first));
            var difference = stream.Take();
            stream.Do(c => c.vpsubq(difference, sum, limb));
            stream.Do(c => c.vpaddq(sum, sum, limb));
            stream.Do(c => c.vmovdqu64(second, difference));
            stream.Do(c => c.vmovdqu64(first, sum));
            stream.Release(sum, difference);
        }

        stream.Release(product);
    }

    /// <summary>(a, b) ← (a + b, (a − b)·w).</summary>
    private void InFrequencyButterfly(InstructionStream stream, Func<int, Memory> a, Func<int, Memory> b, Func<int, Memory> w, bool broadcast)
    {
        var difference = stream.Load(a);
        for (var i = 0; i < KernelData.Limbs; i++)
        {
            var (limb, other, sum, first, second) = (difference[i], stream.Take(), stream.Take(), a(i), b(i));
            stream.Do(c => c.vmovdqu64(other, second));
            stream.Do(c => c.vpaddq(sum, limb, other));
            stream.Do(c => c.vpsubq(limb, limb, other));
            stream.Do(c => c.vmovdqu64(first, sum));
            stream.Release(other, sum);
        }

        stream.Add(difference, _data.Multiple(Offset));
        stream.Normalise(difference);
        var product = stream.Multiply(difference, w, broadcast);
        stream.Release(difference);
        stream.Store(product, b);
    }

    /// <summary>(a, b) ← (a + b, a − b + offset).</summary>
    private static void InFrequencyButterflyWithoutFactor(InstructionStream stream, Func<int, Memory> a, Func<int, Memory> b, Func<int, Memory> offset)
    {
        for (var i = 0; i < KernelData.Limbs; i++)
        {
            var (limb, other, sum, first, second, addend) = (stream.Take(), stream.Take(), stream.Take(), a(i), b(i), offset(i));
            stream.Do(c => c.vmovdqu64(limb, first));
            stream.Do(c => c.vmovdqu64(other, second));
            stream.Do(c => c.vpaddq(sum, limb, other));
            stream.Do(c => c.vpsubq(limb, limb, other));
            stream.Do(c => c.vpaddq(limb, limb, addend));
            stream.Do(c => c.vmovdqu64(first, sum));
            stream.Do(c => c.vmovdqu64(second, limb));
            stream.Release(limb, other, sum);
        }
    }

    private delegate* unmanaged<void*, void> EmitTranspose(bool outwards)
    {
        var assembler = Begin();
        var group = assembler.CreateLabel();
        assembler.Label(ref group);
        Append(assembler, (stream, s) => Transpose(stream, s, outwards));
        assembler.add(rdi, Rows * KernelData.BlockBytes);
        assembler.dec(rcx);
        assembler.jnz(group);
        return End(assembler);
    }

    /// <summary>The first stream takes limbs 0, 2, 4, the second 1, 3. Element e of a block becomes row e, whatever its lane was.</summary>
    private static void Transpose(InstructionStream stream, int first, bool outwards)
    {
        for (var i = first; i < KernelData.Limbs; i += 2)
        {
            var limb = i;
            if (outwards)
                stream.Transpose(lane => Row(rdi, InstructionStream.LaneOrder[lane])(limb), row => Row(rdi, row)(limb));
            else
                stream.Transpose(row => Row(rdi, row)(limb), lane => Row(rdi, InstructionStream.LaneOrder[lane])(limb));
        }
    }
}
