using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Coordinates of points, four words each, gathered as elements of eight lanes.</summary>
internal sealed partial class InstructionStream
{
    /// <summary>
    /// Gathers two coordinates that lie side by side of eight points, by their signed indices, and takes them apart into limbs.
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
    /// <param name="points">How large a point is, and where in it the coordinates lie.</param>
    public (Vector[] First, Vector[] Second) GatherCoordinates(int indices, GatheredPart points)
    {
        int[] low = [0, 1, 4, 5];
        int[] high = [2, 3, 6, 7];
        var (rows, nextRows) = (new Vector[4], new Vector[4]);
        for (var i = 0; i < 4; i++)
        {
            var (row, nextRow, lowIndex, highIndex) = (rows[i] = Take(), nextRows[i] = Take(), indices + 4 * low[i], indices + 4 * high[i]);
            Do(c =>
            {
                points.AddressOf(c, rsi + lowIndex);
                c.vmovdqu64(LowerHalf(row), __ymmword_ptr[rdx + rax + points.Offset]);
                c.vmovdqu64(LowerHalf(nextRow), __ymmword_ptr[rdx + rax + points.Offset + 32]);
            });
            Do(c =>
            {
                points.AddressOf(c, rsi + highIndex);
                c.vinserti64x4(row, row, __ymmword_ptr[rdx + rax + points.Offset], 1);
                c.vinserti64x4(nextRow, nextRow, __ymmword_ptr[rdx + rax + points.Offset + 32], 1);
            });
        }

        return (ToLimbs(rows), ToLimbs(nextRows));
    }

    private const int LogElementBytes = 5;
    private const int ElementBytes = 1 << LogElementBytes;

    /// <summary>Gathers eight elements of 32 bytes by their indices and takes them apart into limbs, in lanes of <see cref="LaneOrder"/>.</summary>
    /// <param name="elements">Where the first element lies.</param>
    /// <param name="indices">Eight words of 32 bits at this distance from rsi. Register rax is used.</param>
    public Vector[] GatherElements(AssemblerRegister64 elements, int indices)
    {
        var rows = new Vector[4];
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, first, second) = (rows[i] = Take(), indices + 8 * i, indices + 8 * i + 4);
            Do(c =>
            {
                ElementAt(c, first);
                c.vmovdqu64(LowerHalf(row), __ymmword_ptr[elements + rax]);
            });
            Do(c =>
            {
                ElementAt(c, second);
                c.vinserti64x4(row, row, __ymmword_ptr[elements + rax], 1);
            });
        }

        return ToLimbs(rows);
    }

    /// <summary>Fetches eight elements of 32 bytes into the first level of cache. Unless they are aligned, every second one lies in two lines.</summary>
    /// <inheritdoc cref="GatherElements"/>
    public void PrefetchElements(AssemblerRegister64 elements, int indices)
    {
        for (var i = 0; i < 8; i++)
        {
            var index = indices + 4 * i;
            Do(c =>
            {
                ElementAt(c, index);
                c.prefetcht0(__byte_ptr[elements + rax]);
                c.prefetcht0(__byte_ptr[elements + rax + (ElementBytes - 1)]);
            });
        }
    }

    /// <summary>rax ← the distance of an element from the first.</summary>
    private static void ElementAt(Assembler assembler, int index)
    {
        assembler.mov(eax, __dword_ptr[rsi + index]);
        assembler.shl(rax, LogElementBytes);
    }

    /// <summary>Reads the signs of eight indices, bit 31 of each, into a mask.</summary>
    /// <param name="indices">Eight words of 32 bits at this distance from rsi.</param>
    /// <param name="mask">Which of the mask registers k1 … k4.</param>
    public void LoadSigns(int indices, int mask)
    {
        var signs = Take();
        Do(c => c.vmovdqu32(LowerHalf(signs), __ymmword_ptr[rsi + indices]));
        Do(c => c.vpmovd2m(MaskRegister(mask), LowerHalf(signs)));
        Release(signs);
    }

    /// <summary>Negates limb by limb in the lanes of a mask, which leaves negative limbs.</summary>
    public void Negate(Vector[] element, int mask)
    {
        var zero = Take();
        Do(c => c.vpxorq(zero, zero, zero));
        foreach (var limb in element)
        {
            Do(c => c.vpsubq(Masked(limb, mask), zero, limb));
        }

        Release(zero);
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

/// <summary>Which part of points is gathered.</summary>
/// <param name="LogBytes">log₂ of a point's size in bytes.</param>
/// <param name="Offset">Where in a point the part begins.</param>
internal readonly record struct GatheredPart(int LogBytes, int Offset)
{
    /// <summary>rax ← the distance of the point from the first, of an index in memory whose bit 31 is its sign.</summary>
    public void AddressOf(Assembler assembler, Memory index)
    {
        // Doubling in 32 bits drops the sign and clears the upper half.
        assembler.mov(eax, __dword_ptr[index]);
        assembler.add(eax, eax);
        assembler.shl(rax, (byte)(LogBytes - 1));
    }

    /// <summary>Fetches a point's lines of 64 bytes into the second level of cache.</summary>
    public void Prefetch(Assembler assembler, Memory index)
    {
        AddressOf(assembler, index);
        for (var line = 0; line < 1 << LogBytes; line += 64)
        {
            assembler.prefetcht1(__byte_ptr[rdx + rax + line]);
        }
    }
}
