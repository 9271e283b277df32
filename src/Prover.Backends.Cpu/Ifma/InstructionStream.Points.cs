using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Points of 64 bytes, x then y in four words each, gathered as two elements of eight lanes.</summary>
internal sealed partial class InstructionStream
{
    /// <summary>
    /// Gathers eight points by their signed indices and takes their coordinates apart into limbs; a point whose index has bit 31 set is negated,
    /// which leaves its y as negative limbs.
    /// </summary>
    /// <remarks>
    /// Each register first takes the 32 bytes of a coordinate of two points, of lanes (0, 2), (1, 3), (4, 6) and (5, 7); with that pairing the
    /// transposition of words below ends in the natural order of lanes:
    /// <code>
    /// unpack low  (r₀, r₁):  word 0 of lanes 0 1 | word 2 of 0 1 | word 0 of 2 3 | word 2 of 2 3
    /// unpack high (r₀, r₁):  word 1 of lanes 0 1 | word 3 of 0 1 | word 1 of 2 3 | word 3 of 2 3
    /// shuffle 0x88, 0xDD:    even and odd quarters of those of lanes 0…3 and of lanes 4…7
    /// </code>
    /// Words v₀ … v₃ of 64 bits then become limbs of 52 bits by double-word shifts.
    /// </remarks>
    /// <param name="indices">Eight words of 32 bits at this distance from rsi.</param>
    /// <param name="mask">Which of the mask registers k1 … k4 receives the signs.</param>
    /// <param name="x">Where the x coordinates go.</param>
    /// <param name="y">Where the y coordinates go.</param>
    public void GatherPoints(int indices, int mask, Func<int, Memory> x, Func<int, Memory> y)
    {
        int[] first = [0, 1, 4, 5];
        int[] second = [2, 3, 6, 7];
        var (rowsX, rowsY) = (new Vector[4], new Vector[4]);
        for (var i = 0; i < 4; i++)
        {
            var (rowX, rowY, low, high) = (rowsX[i] = Take(), rowsY[i] = Take(), indices + 4 * first[i], indices + 4 * second[i]);
            Do(c =>
            {
                AddressOf(c, low);
                c.vmovdqu64(LowerHalf(rowX), __ymmword_ptr[rdx + rax]);
                c.vmovdqu64(LowerHalf(rowY), __ymmword_ptr[rdx + rax + 32]);
            });
            Do(c =>
            {
                AddressOf(c, high);
                c.vinserti64x4(rowX, rowX, __ymmword_ptr[rdx + rax], 1);
                c.vinserti64x4(rowY, rowY, __ymmword_ptr[rdx + rax + 32], 1);
            });
        }

        Store(ToLimbs(rowsX), x);

        var limbs = ToLimbs(rowsY);
        var zero = Take();
        Do(c => c.vmovdqu32(LowerHalf(zero), __ymmword_ptr[rsi + indices]));
        Do(c => c.vpmovd2m(MaskRegister(mask), LowerHalf(zero)));
        Do(c => c.vpxorq(zero, zero, zero));
        foreach (var limb in limbs)
        {
            Do(c => c.vpsubq(Masked(limb, mask), zero, limb));
        }

        Release(zero);
        Store(limbs, y);
    }

    /// <summary>Four rows of two elements each, in words, become the five limbs of eight elements.</summary>
    private Vector[] ToLimbs(Vector[] rows)
    {
        var (low, high) = (Take(), Take());
        var (r0, r1, r2, r3) = (rows[0], rows[1], rows[2], rows[3]);
        Do(c => c.vpunpcklqdq(low, r0, r1));
        Do(c => c.vpunpckhqdq(r1, r0, r1));
        Do(c => c.vpunpcklqdq(high, r2, r3));
        Do(c => c.vpunpckhqdq(r3, r2, r3));
        Do(c => c.vshufi64x2(r0, low, high, 0x88));
        Do(c => c.vshufi64x2(r2, low, high, 0xDD));
        Do(c => c.vshufi64x2(low, r1, r3, 0x88));
        Do(c => c.vshufi64x2(high, r1, r3, 0xDD));
        Release(r3);

        // Words v0 … v3 lie in r0, low, r2, high. Limb i is bits 52·i … 52·i + 51.
        Vector[] limbs = [r0, low, r2, high, r1];
        Do(c => c.vpsrlq(r1, high, 16));
        Do(c => c.vpshrdq(high, r2, high, 28));
        Do(c => c.vpshrdq(r2, low, r2, 40));
        Do(c => c.vpshrdq(low, r0, low, 52));
        foreach (var limb in limbs[..4])
        {
            Do(c => c.vpandq(limb, limb, data.Mask));
        }

        return limbs;
    }

    /// <summary>rax ← 64·(index without its sign).</summary>
    private static void AddressOf(Assembler assembler, int index)
    {
        assembler.mov(eax, __dword_ptr[rsi + index]);
        assembler.add(eax, eax);
        assembler.shl(rax, 5);
    }

    private static AssemblerRegisterK MaskRegister(int number) => new(Register.K0 + number);

    /// <summary>The vector as a destination of which only the lanes of a mask are written.</summary>
    private static Vector Masked(Vector vector, int mask) => mask switch
    {
        1 => vector.k1,
        2 => vector.k2,
        3 => vector.k3,
        _ => vector.k4,
    };

    private static AssemblerRegisterYMM LowerHalf(Vector vector) => new(Register.YMM0 + ((Register)vector - Register.ZMM0));
}
