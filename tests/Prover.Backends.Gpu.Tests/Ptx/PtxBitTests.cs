using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

/// <summary>PTX ISA, "Logic and Shift Instructions", the instructions on fields of bits, and conversions, each by a loop over bits or an example.</summary>
public sealed class PtxBitTests
{
    private const int Rows = 200;

    [Theory]
    [InlineData("and", 0b1000)]
    [InlineData("or", 0b1110)]
    [InlineData("xor", 0b0110)]
    public void Logic_goes_bit_by_bit(string name, int table)
    {
        foreach (var bits in new[] { 32, 64 })
        {
            Check($"{name}.b{bits} %y0, %x0, %x1; not.b{bits} %y1, %x0;", bits, row =>
            [
                Bits(bits, i => ((table >> (2 * Bit(row[0], i) + Bit(row[1], i))) & 1) != 0),
                Bits(bits, i => Bit(row[0], i) == 0),
            ]);
        }
    }

    /// <summary>"lop3" gives its table by what it makes of 0xF0, 0xCC and 0xAA.</summary>
    [Theory]
    [InlineData(0x96)]
    [InlineData(0x1A)]
    [InlineData(0xF0 & 0xCC | 0xAA)]
    public void Any_function_of_three_bits_goes_bit_by_bit(int table) =>
        Check($"lop3.b32 %y0, %x0, %x1, %x2, {table};", 32, row =>
            [Bits(32, i => ((table >> (4 * Bit(row[0], i) + 2 * Bit(row[1], i) + Bit(row[2], i))) & 1) != 0)]);

    /// <summary>Amounts above the width count as the width; what comes in from above is the sign for numbers that have one.</summary>
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Shifts_are_clamped(int bits)
    {
        var low = bits == 32 ? "mov.b32 %r0, %x1;" : "cvt.u32.u64 %r0, %x1;";
        Check($"{low} shl.b{bits} %y0, %x0, %r0; shr.u{bits} %y1, %x0, %r0; shr.s{bits} %y2, %x0, %r0; shr.b{bits} %y3, %x0, 5;", bits, row =>
        {
            var amount = (int)Math.Min((uint)row[1], 64);
            return
            [
                PtxWords.Word((BigInteger)row[0] << amount, bits),
                PtxWords.Word((BigInteger)row[0] >> amount, bits),
                PtxWords.Word(PtxWords.Number(row[0], bits, isSigned: true) >> amount, bits),
                row[0] >> 5,
            ];
        });
    }

    [Fact]
    public void Funnel_shifts_wrap_or_clamp() =>
        Check("shf.l.wrap.b32 %y0, %x0, %x1, %x2; shf.r.wrap.b32 %y1, %x0, %x1, %x2; shf.l.clamp.b32 %y2, %x0, %x1, %x2; shf.r.clamp.b32 %y3, %x0, %x1, %x2;", 32, row =>
        {
            var joined = (BigInteger)(row[0] | row[1] << 32);
            var (wrapped, clamped) = ((int)(row[2] % 32), (int)Math.Min(row[2], 32));
            return
            [
                PtxWords.Word((joined << wrapped) >> 32, 32),
                PtxWords.Word(joined >> wrapped, 32),
                PtxWords.Word((joined << clamped) >> 32, 32),
                PtxWords.Word(joined >> clamped, 32),
            ];
        });

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Bits_are_counted_and_reversed(int bits) =>
        Check($"popc.b{bits} %r0, %x0; clz.b{bits} %r1, %x0; bfind.u{bits} %r2, %x0; brev.b{bits} %y3, %x0; {To(0, bits)} {To(1, bits)} {To(2, bits)}", bits, row =>
        {
            var set = Enumerable.Range(0, bits).Where(i => Bit(row[0], i) != 0).ToArray();
            return
            [
                (ulong)set.Length,
                (ulong)(set.Length == 0 ? bits : bits - 1 - set[^1]),
                set.Length == 0 ? uint.MaxValue : (ulong)set[^1],
                Bits(bits, i => Bit(row[0], bits - 1 - i) != 0),
            ];
        });

    /// <summary>By the loops in "bfe" and "bfi": a field that reaches too far up is filled with the sign or cut.</summary>
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Fields_are_taken_and_put(int bits)
    {
        var fields = $"cvt.u32.u{bits} %r0, %x2; and.b32 %r0, %r0, 71; cvt.u32.u{bits} %r1, %x3; and.b32 %r1, %r1, 71;";
        Check($"{fields} bfe.u{bits} %y0, %x0, %r0, %r1; bfe.s{bits} %y1, %x0, %r0, %r1; bfi.b{bits} %y2, %x0, %x1, %r0, %r1;", bits, row =>
        {
            var (position, length) = ((int)(row[2] & 71), (int)(row[3] & 71));
            var sign = length == 0 ? 0 : Bit(row[0], Math.Min(position + length - 1, bits - 1));
            return
            [
                Bits(bits, i => i < length && position + i < bits && Bit(row[0], position + i) != 0),
                Bits(bits, i => (i < length && position + i < bits ? Bit(row[0], position + i) : sign) != 0),
                Bits(bits, i => Bit(i >= position && i < position + length ? row[0] >> (i - position) << i : row[1], i) != 0),
            ];
        });
    }

    [Fact]
    public void Bytes_are_chosen_with_their_sign() =>
        Check("prmt.b32 %y0, %x0, %x1, %x2;", 32, row => [Bits(32, i =>
        {
            var selector = (int)(row[2] >> (4 * (i / 8))) & 15;
            var chosen = (byte)((row[0] | row[1] << 32) >> (8 * (selector & 7)));
            return ((selector & 8) != 0 ? Bit(chosen, 7) : Bit(chosen, i % 8)) != 0;
        })]);

    [Fact]
    public void Conversions_keep_the_value_or_the_lowest_bits() =>
        Check(
            """
            cvt.u32.u64 %r0, %x0;
            cvt.s64.s32 %y0, %r0;
            cvt.u64.u32 %y1, %r0;
            cvt.s32.s8 %r1, %r0;
            cvt.s64.s32 %y2, %r1;
            cvt.u8.u32 %r2, %r0;
            cvt.u64.u32 %y3, %r2;
            cvt.s16.s64 %r3, %x0;
            cvt.u64.u32 %y4, %r3;
            cvt.s64.u16 %y5, %r0;
            cvt.u16.s8 %r4, %r0;
            cvt.u64.u32 %y6, %r4;
            """,
            64,
            row =>
            [
                (ulong)(int)row[0], (uint)row[0], (ulong)(sbyte)row[0], (byte)row[0], (uint)(short)row[0], (ushort)row[0], (ushort)(sbyte)row[0],
            ]);

    [Fact]
    public void Halves_are_joined_and_split() =>
        Check("mov.b64 {%r0, %r1}, %x0; mov.b64 %y0, {%r1, %r0}; cvt.u64.u32 %y1, %r0; cvt.u64.u32 %y2, %r1;", 64, row =>
            [row[0] << 32 | row[0] >> 32, (uint)row[0], row[0] >> 32]);

    private static void Check(string body, int bits, Func<ulong[], ulong[]> expected)
    {
        var rows = PtxWords.Rows(bits, Rows, length: 4, seed: 1);

        // Amounts, positions and lengths are small numbers half of the time.
        for (var i = 0; i < Rows; i += 2)
        {
            (rows[i][1], rows[i][2], rows[i][3]) = (rows[i][1] % 80, rows[i][2] % 80, rows[i][3] % 80);
        }

        var outputs = expected(rows[0]).Length;
        foreach (var (row, actual) in rows.Zip(new PtxSnippet(body, bits, inputs: 4, outputs).Run(rows)))
        {
            Assert.Equal(expected(row), actual);
        }
    }

    private static string To(int index, int bits) => $"cvt.u{bits}.u32 %y{index}, %r{index};";

    private static int Bit(ulong word, int i) => (int)(word >> i) & 1;

    private static ulong Bits(int bits, Func<int, bool> isSet) => Enumerable.Range(0, bits).Where(isSet).Aggregate(0UL, (word, i) => word | 1UL << i);
}
