using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

/// <summary>PTX ISA, "Integer Arithmetic Instructions" and "Comparison and Selection Instructions", against integers of any size.</summary>
public sealed class PtxInstructionTests
{
    private const int Rows = 200;

    private delegate BigInteger Meaning(BigInteger a, BigInteger b, BigInteger c, int bits);

    private static readonly Dictionary<string, Meaning> Meanings = new()
    {
        ["add"] = (a, b, _, _) => a + b,
        ["sub"] = (a, b, _, _) => a - b,
        ["mul.lo"] = (a, b, _, _) => a * b,
        ["mul.hi"] = (a, b, _, bits) => (a * b) >> bits,
        ["mad.lo"] = (a, b, c, _) => a * b + c,
        ["mad.hi"] = (a, b, c, bits) => ((a * b) >> bits) + c,
        ["min"] = (a, b, _, _) => BigInteger.Min(a, b),
        ["max"] = (a, b, _, _) => BigInteger.Max(a, b),
        ["abs"] = (a, _, _, _) => BigInteger.Abs(a),
        ["neg"] = (a, _, _, _) => -a,
        ["div"] = (a, b, _, _) => BigInteger.Divide(a, b),
        ["rem"] = (a, b, _, _) => BigInteger.Remainder(a, b),
    };

    private static readonly Dictionary<string, Func<BigInteger, BigInteger, bool>> Comparisons = new()
    {
        ["eq"] = (a, b) => a == b,
        ["ne"] = (a, b) => a != b,
        ["lt"] = (a, b) => a < b,
        ["le"] = (a, b) => a <= b,
        ["gt"] = (a, b) => a > b,
        ["ge"] = (a, b) => a >= b,
        ["lo"] = (a, b) => a < b,
        ["ls"] = (a, b) => a <= b,
        ["hi"] = (a, b) => a > b,
        ["hs"] = (a, b) => a >= b,
    };

    public static TheoryData<string, string> ArithmeticNames { get; } =
        Pairs(Meanings.Keys, name => name is "abs" or "neg" ? ["s32", "s64"] : ["u32", "s32", "u64", "s64"]);

    public static TheoryData<string, string> ComparisonNames { get; } = Pairs(Comparisons.Keys, name => name switch
    {
        "eq" or "ne" => ["u32", "s32", "u64", "s64", "b32", "b64"],
        ['l' or 'h', 'o' or 'i' or 's'] => ["u32", "u64"],
        _ => ["u32", "s32", "u64", "s64"],
    });

    [Theory]
    [MemberData(nameof(ArithmeticNames))]
    public void Arithmetic_is_that_of_integers(string name, string type)
    {
        var (bits, isSigned) = (int.Parse(type[1..]), type[0] == 's');
        var sources = name[..3] switch
        {
            "mad" => "%x0, %x1, %x2",
            "abs" or "neg" => "%x0",
            _ => "%x0, %x1",
        };
        var rows = PtxWords.Rows(bits, Rows, length: 3, seed: 1).Where(row => row[1] != 0 || name is not ("div" or "rem")).ToArray();
        foreach (var (row, actual) in rows.Zip(new PtxSnippet($"{name}.{type} %y0, {sources};", bits, inputs: 3, outputs: 1).Run(rows)))
        {
            var numbers = row.Select(word => PtxWords.Number(word, bits, isSigned)).ToArray();
            Assert.Equal(PtxWords.Word(Meanings[name](numbers[0], numbers[1], numbers[2], bits), bits), actual[0]);
        }
    }

    [Theory]
    [MemberData(nameof(ComparisonNames))]
    public void Comparisons_select_and_guard(string name, string type)
    {
        var (bits, isSigned) = (int.Parse(type[1..]), type[0] == 's');
        var snippet = new PtxSnippet(
            $"""
            setp.{name}.{type} %p0, %x0, %x1;
            selp.b{bits} %y0, %x0, %x1, %p0;
            mov.b{bits} %y1, 1;
            @!%p0 mov.b{bits} %y1, 0;
            mov.b{bits} %y2, 7;
            @%p0 bra Holds;
            mov.b{bits} %y2, 5;
            Holds:
            """,
            bits,
            inputs: 2,
            outputs: 3);
        var rows = PtxWords.Rows(bits, Rows, length: 2, seed: 1);
        foreach (var (row, actual) in rows.Zip(snippet.Run(rows)))
        {
            var holds = Comparisons[name](PtxWords.Number(row[0], bits, isSigned), PtxWords.Number(row[1], bits, isSigned));
            Assert.Equal(holds ? [row[0], 1, 7] : [row[1], 0, 5], actual);
        }
    }

    [Theory]
    [InlineData("u32")]
    [InlineData("s32")]
    public void Wide_products_keep_all_bits(string type)
    {
        var snippet = new PtxSnippet(
            $"cvt.u32.u64 %r0, %x0; cvt.u32.u64 %r1, %x1; mul.wide.{type} %y0, %r0, %r1; mad.wide.{type} %y1, %r0, %r1, %x2;", bits: 64, inputs: 3, outputs: 2);
        var rows = PtxWords.Rows(64, Rows, length: 3, seed: 1);
        foreach (var (row, actual) in rows.Zip(snippet.Run(rows)))
        {
            var product = PtxWords.Number((uint)row[0], 32, type == "s32") * PtxWords.Number((uint)row[1], 32, type == "s32");
            Assert.Equal([PtxWords.Word(product, 64), PtxWords.Word(product + row[2], 64)], actual);
        }
    }

    private static TheoryData<string, string> Pairs(IEnumerable<string> names, Func<string, string[]> types)
    {
        var data = new TheoryData<string, string>();
        foreach (var name in names)
        {
            foreach (var type in types(name))
            {
                data.Add(name, type);
            }
        }

        return data;
    }
}
