using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Butterflies of rows, and the three stages whose butterflies are within a row.</summary>
internal sealed unsafe partial class NttCode
{
    /// <summary>Factors that <see cref="LaneFactors"/> makes for eight rows.</summary>
    public const int FactorsOfGroup = 7;

    private const int Rows = 8;

    /// <summary>
    /// For groups of eight rows: transposes each, so that a block of eight neighbouring elements becomes one lane, runs their last three stages in time, and
    /// leaves them so. The factors are <see cref="FactorsOfGroup"/> rows for each group.
    /// </summary>
    public delegate* unmanaged<void*, void> InTimeInLanes { get; }

    /// <summary>The mirror image: the first three stages in frequency of what <see cref="InTimeInLanes"/> left, then back into rows.</summary>
    public delegate* unmanaged<void*, void> InFrequencyInLanes { get; }

    /// <summary>Transposes groups of eight rows back, for whom no stages in frequency follow.</summary>
    public delegate* unmanaged<void*, void> ToRows { get; }

    /// <summary>Transposes groups of eight rows, for whom no stages in time went before.</summary>
    public delegate* unmanaged<void*, void> ToLanes { get; }

    /// <summary>
    /// For each row γ = t₄ₖ/base of k = 8u … 8u + 7: multiplies it by the base at <see cref="NttArguments.Factors"/> and makes tₖ, t₂ₖ, t₂ₖ₊₁, t₄ₖ, …, t₄ₖ₊₃.
    /// <see cref="NttArguments.Stride"/> is the address of t₀ … t₃.
    /// </summary>
    public delegate* unmanaged<void*, void> LaneFactors { get; }

    /// <summary>Limbs of a row of a group.</summary>
    private static Func<int, Memory> Row(AssemblerRegister64 start, int row) =>
        limb => __zmmword_ptr[start + (row * KernelData.BlockBytes + limb * KernelData.VectorBytes)];

    /// <summary>A row of the block's second half.</summary>
    private static Func<int, Memory> LaterRow(int row) =>
        limb => __zmmword_ptr[rsi + r8 + (row * KernelData.BlockBytes + limb * KernelData.VectorBytes)];

    /// <summary>Limbs of a single factor, to be broadcast.</summary>
    private static Func<int, Memory> Factor(AssemblerRegister64 start, int place = 0) =>
        limb => __qword_ptr[start + (sizeof(ulong) * place + limb * KernelData.VectorBytes)];

    /// <summary>(a, b) ← (a + b·w, a − b·w).</summary>
    private void InTimeButterfly(InstructionStream stream, Func<int, Memory> a, Func<int, Memory> b, Func<int, Memory> w, bool broadcast = true)
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
    private void InFrequencyButterfly(InstructionStream stream, Func<int, Memory> a, Func<int, Memory> b, Func<int, Memory> w, bool broadcast = true)
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

    private delegate* unmanaged<void*, void> EmitInTimeInLanes() => LoopOverGroups(assembler =>
    {
        Append(assembler, (stream, s) => Transpose(stream, s, outwards: false));
        for (var half = Rows / 2; half > 0; half /= 2)
        {
            Append(assembler, (stream, s) => StageInLanes(s, half, (a, b, w) => InTimeButterfly(stream, a, b, w, broadcast: false)));
        }
    });

    private delegate* unmanaged<void*, void> EmitInFrequencyInLanes() => LoopOverGroups(assembler =>
    {
        for (var half = 1; half < Rows; half *= 2)
        {
            Append(assembler, (stream, s) => StageInLanes(s, half, (a, b, w) => InFrequencyButterfly(stream, a, b, w, broadcast: false)));
        }

        Append(assembler, (stream, s) => Transpose(stream, s, outwards: true));
    });

    private delegate* unmanaged<void*, void> EmitTranspose(bool outwards) =>
        LoopOverGroups(assembler => Append(assembler, (stream, s) => Transpose(stream, s, outwards)));

    /// <summary>A loop over groups of eight rows at rdi and their factors at rdx.</summary>
    private static delegate* unmanaged<void*, void> LoopOverGroups(Action<Assembler> body)
    {
        var assembler = Begin();
        var group = assembler.CreateLabel();
        assembler.Label(ref group);
        body(assembler);
        assembler.add(rdi, Rows * KernelData.BlockBytes);
        assembler.add(rdx, FactorsOfGroup * KernelData.BlockBytes);
        assembler.dec(rcx);
        assembler.jnz(group);
        return End(assembler);
    }

    /// <summary>Two of a stage's four butterflies. The stage of 2ᵏ blocks has its factors from number 2ᵏ − 1 on.</summary>
    private static void StageInLanes(int stream, int half, Action<Func<int, Memory>, Func<int, Memory>, Func<int, Memory>> butterfly)
    {
        var blocks = Rows / 2 / half;
        for (var i = 2 * stream; i < 2 * stream + 2; i++)
        {
            var (block, inner) = (i / half, i % half);
            var row = 2 * half * block + inner;
            butterfly(Row(rdi, row), Row(rdi, row + half), Row(rdx, blocks - 1 + block));
        }
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

    private delegate* unmanaged<void*, void> EmitLaneFactors()
    {
        var assembler = Begin();
        var group = assembler.CreateLabel();
        assembler.Label(ref group);
        var single = new InstructionStream(_data);
        Write(single, single.Multiply(single.Load(Row(rsi, 0)), Factor(rdx), broadcast: true), 3);
        InstructionStream.Interleave(assembler, single);
        Append(assembler, (stream, s) =>
        {
            var gamma = stream.Load(Row(rdi, 3));
            if (s == 0)
            {
                for (var i = 1; i < 4; i++)
                {
                    Write(stream, stream.Multiply(gamma, Factor(r8, i), broadcast: true), 3 + i);
                }

                return;
            }

            Write(stream, stream.Square(gamma), 1);
            stream.Release(gamma);
            var square = stream.Load(Row(rdi, 1));
            Write(stream, stream.Multiply(square, Factor(r8, 1), broadcast: true), 2);
            Write(stream, stream.Square(square), 0);
        });
        assembler.add(rdi, FactorsOfGroup * KernelData.BlockBytes);
        assembler.add(rsi, KernelData.BlockBytes);
        assembler.dec(rcx);
        assembler.jnz(group);
        return End(assembler);

        static void Write(InstructionStream stream, Vector[] product, int row)
        {
            stream.Normalise(product);
            stream.Store(product, Row(rdi, row));
        }
    }
}
