using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

/// <summary>PTX ISA, "Extended-Precision Integer Arithmetic Instructions", each against integers of any size.</summary>
public sealed class PtxCarryTests
{
    private const int Rows = 300;

    public static TheoryData<string, int, bool> Instructions()
    {
        string[] names =
        [
            "add.cc", "addc", "addc.cc", "sub.cc", "subc", "subc.cc",
            "mad.lo.cc", "madc.lo", "madc.lo.cc", "mad.hi.cc", "madc.hi", "madc.hi.cc",
        ];
        var data = new TheoryData<string, int, bool>();
        foreach (var name in names)
        {
            foreach (var bits in new[] { 32, 64 })
            {
                data.Add(name, bits, false);
                data.Add(name, bits, true);
            }
        }

        return data;
    }

    /// <summary>The flag comes from an addition or subtraction before, and goes to one after, which without .cc must find it as it was.</summary>
    [Theory]
    [MemberData(nameof(Instructions))]
    public void Flags_and_words_are_those_of_integers(string name, int bits, bool isSigned)
    {
        var type = (isSigned ? "s" : "u") + bits;
        var chain = name.StartsWith("sub", StringComparison.Ordinal) ? "sub" : "add";
        var sources = name.StartsWith("mad", StringComparison.Ordinal) ? "%x0, %x1, %x2" : "%x0, %x1";
        var setFlag = chain == "sub" ? $"sub.cc.u{bits} %y1, 0, %x3;" : $"add.cc.u{bits} %y1, %x3, -1;";
        var snippet = new PtxSnippet($"{setFlag}\n{name}.{type} %y0, {sources};\n{chain}c.u{bits} %y1, 0, 0;", bits, inputs: 4, outputs: 2);
        var rows = PtxWords.Rows(bits, Rows, length: 4, seed: 1);
        foreach (var (row, actual) in rows.Zip(snippet.Run(rows)))
        {
            var flag = row[3] != 0 ? 1 : 0;
            var takes = name.Split('.')[0].EndsWith('c');
            var (word, flagAfter) = Expected(name, bits, isSigned, row, takes ? flag : 0);
            var expectedFlag = name.EndsWith(".cc", StringComparison.Ordinal) ? flagAfter : flag;
            Assert.Equal((word, PtxWords.Word(chain == "sub" ? -expectedFlag : expectedFlag, bits)), (actual[0], actual[1]));
        }
    }

    /// <summary>
    /// The example of "madc": a product of two numbers of two words each in four words, with the carries of the middle column going up.
    /// </summary>
    [Fact]
    public void Two_words_times_two_words_are_four()
    {
        var snippet = new PtxSnippet(
            """
            mul.lo.u32 %y0, %x0, %x2;
            mul.hi.u32 %y1, %x0, %x2;
            mad.lo.cc.u32 %y1, %x1, %x2, %y1;
            madc.hi.u32 %y2, %x1, %x2, 0;
            mad.lo.cc.u32 %y1, %x0, %x3, %y1;
            madc.hi.cc.u32 %y2, %x0, %x3, %y2;
            addc.u32 %y3, 0, 0;
            mad.lo.cc.u32 %y2, %x1, %x3, %y2;
            madc.hi.u32 %y3, %x1, %x3, %y3;
            """,
            bits: 32,
            inputs: 4,
            outputs: 4);
        var rows = PtxWords.Rows(32, Rows, length: 4, seed: 2);
        foreach (var (row, actual) in rows.Zip(snippet.Run(rows)))
        {
            var product = (UInt128)(row[0] | row[1] << 32) * (row[2] | row[3] << 32);
            Assert.Equal(product, new UInt128(actual[2] | actual[3] << 32, actual[0] | actual[1] << 32));
        }
    }

    /// <summary>The examples of "addc" and "subc": sums and differences of four words.</summary>
    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    public void Four_words_are_chained(string name)
    {
        var snippet = new PtxSnippet(
            $"""
            {name}.cc.u32 %y0, %x0, %x4;
            {name}c.cc.u32 %y1, %x1, %x5;
            {name}c.cc.u32 %y2, %x2, %x6;
            {name}c.u32 %y3, %x3, %x7;
            """,
            bits: 32,
            inputs: 8,
            outputs: 4);
        var rows = PtxWords.Rows(32, Rows, length: 8, seed: 3);
        foreach (var (row, actual) in rows.Zip(snippet.Run(rows)))
        {
            var (a, b) = (Joined(row), Joined(row[4..]));
            Assert.Equal(name == "add" ? a + b : a - b, Joined(actual));
        }
    }

    private static UInt128 Joined(ulong[] words) => new(words[2] | words[3] << 32, words[0] | words[1] << 32);

    private static (ulong Word, int Flag) Expected(string name, int bits, bool isSigned, ulong[] row, int flag)
    {
        var product = PtxWords.Number(row[0], bits, isSigned) * PtxWords.Number(row[1], bits, isSigned);
        var sum = name[..3] switch
        {
            "add" => (BigInteger)row[0] + row[1] + flag,
            "sub" => (BigInteger)row[0] - row[1] - flag,
            _ when name.Contains(".hi", StringComparison.Ordinal) => (BigInteger)PtxWords.Word(product >> bits, bits) + row[2] + flag,
            _ => (BigInteger)PtxWords.Word(product, bits) + row[2] + flag,
        };
        return (PtxWords.Word(sum, bits), sum >> bits == 0 ? 0 : 1);
    }
}
