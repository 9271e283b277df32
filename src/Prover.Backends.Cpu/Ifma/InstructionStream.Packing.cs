using System.Numerics;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Eight neighbouring elements of 32 bytes, in four words each, and the multiples of p that are taken off before they are stored.</summary>
/// <remarks>
/// A row of 256 bytes is four vectors of two elements each. Without extra shuffles its elements come to lie in lanes in the order
/// <code>
/// lane     0 1 2 3 4 5 6 7
/// element  0 2 1 3 4 6 5 7
/// </code>
/// which is its own inverse, and which packing undoes.
/// </remarks>
internal sealed partial class InstructionStream
{
    /// <summary>The element of a row that each lane holds, and the lane that holds each element.</summary>
    public static ReadOnlySpan<int> LaneOrder => [0, 2, 1, 3, 4, 6, 5, 7];

    /// <summary>How many bits of p's reciprocal lie below 2⁻²⁶⁰: see <see cref="Reduce"/>.</summary>
    private const int ReciprocalBits = 40;

    /// <summary>Takes a row of eight elements apart into normalised limbs.</summary>
    public Vector[] Unpack(Func<int, Memory> quarter)
    {
        var rows = new Vector[4];
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, source) = (rows[i] = Take(), quarter(i));
            Do(c => c.vmovdqu64(row, source));
        }

        return ToLimbs(rows);
    }

    /// <summary>Stores a row of eight elements, normalised and below 2²⁵⁶, and gives their registers back.</summary>
    /// <param name="element">The limbs.</param>
    /// <param name="quarter">Where the row's four vectors go.</param>
    /// <param name="order">Where the two vectors of <see cref="PackingOrder"/> lie.</param>
    public void Pack(Vector[] element, Func<int, Memory> quarter, int order)
    {
        // Word i is bits 64·i … 64·i + 63; with a limb at the top of its word, the pair of limbs is one shift away from it.
        for (var i = 0; i < 4; i++)
        {
            var (low, high, shift) = (element[i], element[i + 1], (byte)(12 * (i + 1)));
            Do(c => c.vpsllq(low, low, 12));
            Do(c => c.vpshrdq(low, low, high, shift));
        }

        Release(element[4]);
        var even = Interleaved(element[0], element[2]);
        var odd = Interleaved(element[1], element[3]);
        Release(element.AsSpan(0, 4));
        for (var half = 0; half < 2; half++)
        {
            var (word, next, row, first, second) = (even[half], odd[half], Take(), quarter(2 * half), quarter(2 * half + 1));
            Do(c => c.vpunpcklqdq(row, word, next));
            Do(c => c.vmovdqu64(first, row));
            Do(c => c.vpunpckhqdq(row, word, next));
            Do(c => c.vmovdqu64(second, row));
            Release(word, next, row);
        }

        Vector[] Interleaved(Vector x, Vector y)
        {
            var halves = new Vector[2];
            for (var half = 0; half < 2; half++)
            {
                var (vector, indices) = (halves[half] = Take(), KernelData.At(order + KernelData.VectorBytes * half));
                Do(c => c.vmovdqu64(vector, indices));
                Do(c => c.vpermi2q(vector, x, y));
            }

            return halves;
        }
    }

    /// <summary>The order in which <see cref="Pack"/> takes pairs of words from two vectors: those of lanes 0 … 3, then those of lanes 4 … 7.</summary>
    public static int PackingOrder(KernelData data)
    {
        var first = data.Lanes([0, 1, 8, 9, 2, 3, 10, 11]);
        data.Lanes([4, 5, 12, 13, 6, 7, 14, 15]);
        return first;
    }

    /// <summary>Brings normalised values below 84p to normalised values below (1 + 2⁻³⁹)·p.</summary>
    /// <remarks>
    /// With t the top limb, x/2²⁰⁸ − 1 &lt; t ≤ x/2²⁰⁸, and ρ = ⌊2³⁰⁰/p⌋, the quotient is taken to be q = ⌊t·ρ/2⁹²⌋. It is not above x/p, and it is above
    /// x/p − 1 − ε, where ε is t/2⁹² &lt; 2⁻⁴⁰ for ρ's own error and ρ/2⁹² &lt; 2⁻⁴⁵ for t's. So 0 ≤ x − q·p &lt; (1 + ε)·p. To subtract q·p
    /// = q·2²⁶⁰ − q·(2²⁶⁰ − p), its second part is added, and the first falls away with what exceeds the top limb.
    /// </remarks>
    public void Reduce(Vector[] element)
    {
        var reciprocal = data.Word((ulong)((BigInteger.One << (Limbs * KernelData.LimbBits + ReciprocalBits)) / data.Modulus));
        var complement = data.Constant((BigInteger.One << (Limbs * KernelData.LimbBits)) - data.Modulus);
        var (quotient, top) = (Take(), element[^1]);
        Do(c => c.vpxorq(quotient, quotient, quotient));
        Do(c => c.vpmadd52huq(quotient, top, reciprocal));
        Do(c => c.vpsrlq(quotient, quotient, ReciprocalBits));
        for (var i = 0; i < Limbs; i++)
        {
            var (low, limb) = (element[i], KernelData.At(complement + KernelData.VectorBytes * i));
            Do(c => c.vpmadd52luq(low, quotient, limb));
            if (i + 1 < Limbs)
            {
                var high = element[i + 1];
                Do(c => c.vpmadd52huq(high, quotient, limb));
            }
        }

        Release(quotient);
        Normalise(element);
        Do(c => c.vpandq(top, top, data.Mask));
    }

    /// <summary>Subtracts p from normalised values below 2p that are not below p.</summary>
    /// <param name="element">The values.</param>
    /// <param name="mask">A mask register to use.</param>
    public void SubtractModulusOnce(Vector[] element, int mask)
    {
        var difference = new Vector[Limbs];
        for (var i = 0; i < Limbs; i++)
        {
            var (target, limb, modulus) = (difference[i] = Take(), element[i], data.ModulusLimb(i));
            Do(c => c.vpsubq(target, limb, modulus));
        }

        Normalise(difference);
        var (sign, register) = (difference[^1], MaskRegister(mask));
        Do(c => c.vpmovq2m(register, sign));
        Do(c => c.knotb(register, register));
        for (var i = 0; i < Limbs; i++)
        {
            var (limb, reduced) = (element[i], difference[i]);
            Do(c => c.vmovdqa64(Masked(limb, mask), reduced));
        }

        Release(difference);
    }

    /// <summary>Transposes one limb of eight rows: lane r of all rows, in their order, goes where row r goes. Places may be the same.</summary>
    public void Transpose(Func<int, Memory> source, Func<int, Memory> target)
    {
        var rows = new Vector[8];
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, memory) = (rows[i] = Take(), source(i));
            Do(c => c.vmovdqu64(row, memory));
        }

        // After unpacking, vector 2i + b holds lanes b, b + 2, b + 4, b + 6 of rows 2i and 2i + 1, a quarter each.
        for (var i = 0; i < rows.Length; i += 2)
        {
            var (a, b, low) = (rows[i], rows[i + 1], Take());
            Do(c => c.vpunpcklqdq(low, a, b));
            Do(c => c.vpunpckhqdq(b, a, b));
            Release(a);
            rows[i] = low;
        }

        for (var b = 0; b < 2; b++)
        {
            Split(b, b + 2);
            Split(b + 4, b + 6);
            Split(b, b + 4);
            Split(b + 2, b + 6);
            for (var lane = b; lane < rows.Length; lane += 2)
            {
                var (row, memory) = (rows[lane], target(lane));
                Do(c => c.vmovdqu64(memory, row));
            }
        }

        Release(rows);

        // Even quarters of both go to the first place, odd ones to the second.
        void Split(int first, int second)
        {
            var (a, b, even) = (rows[first], rows[second], Take());
            Do(c => c.vshufi64x2(even, a, b, 0x88));
            Do(c => c.vshufi64x2(b, a, b, 0xDD));
            Release(a);
            rows[first] = even;
        }
    }
}
