using System.Numerics;
using System.Text;
using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>Any text is compiled or refused at a place in it; nothing throws, hangs or overflows.</summary>
public class FuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Words =
    [
        "import", "const", "unit", "USD", "type", "struct", "fn", "rule", "test", "public", "private", "let", "if", "else", "for", "in", "fold", "require", "with", "true",
        "false", "and", "or", "not", "to", "passes", "fails", "budget", "property", "forall", "where", "hashed", "state", "tree", "..", "->", "==", "!=", "<=", ">=", "+", "-", "*", "^", "<", ">", "=", "(", ")", "[",
        "]", "{", "}", ",", ":", ".", ";", "\n", "\n", "\n", " ", "x", "y", "N", "S", "f", "r", "int", "dec", "bool", "field", "sum", "round", "div", "narrow",
        "bits", "inverse", "max", "floor", "0", "1", "2", "0x1f", "0.5", "2^252", "1000000", "\"m\"", "\"{x}\"", "\"{\"", "// c\n", "\0", "é", "\"", "/",
    ];

    private static readonly string[] Pieces =
    [
        "x", "y", "b", "v", "w", "N", "0", "1", "7", "-1", "2^60", "2^251", "2^253", "0.25", "true", "s", "s.a", "s.c", "v[0]", "v[9]", "[x, y]", "[b; 3]",
        "({0} + {1})", "({0} - {1})", "({0} * {1})", "({0} ^ {1})", "-{0}", "(not {0})", "({0} and {1})", "({0} or {1})", "({0} == {1})", "({0} < {1})",
        "({0} >= {1})", "(if {0} {{ {1} }} else {{ {0} }})", "abs({0})", "max({0}, {1})", "min({0})", "argmax([{0}, {1}])", "argmin({0})", "argmax(i in 1..4: {0} * i)", "sum({0})", "all({0})", "count([{0}, {1}])", "len({0})",
        "bits<8>({0})", "field({0})", "inverse({0})", "quotient({0}, {1})", "int({0})", "raw({0})", "dec<3>({0})", "field_bits({0})", "concat({0}, {1})",
        "round({0}, to 1, half_even)", "div({0}, {1}, to 2, away)", "narrow({0}, int[-4 .. 9], \"at {{x}}\")", "({0} with {{ a: {1} }})", "({0} with {{ [1]: {1} }})",
        "S {{ a: {0}, c: {1} }}", "sum(i in 0..3: {0} * i)", "[i in 0..2: {0}]", "(fold t = {0} for i in 0..2 {{ t + {1} }})", "f({0})", "g<2>({0})", "{0}[{1}]",
    ];

    private static readonly string[] Sources = [.. Directory
        .EnumerateFiles(Repository.PathOf("circuits"), "*.circuit", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => Inline(path, []))
        .Where(text => text.Length < 12_000)];

    [Fact]
    public void Soup_of_tokens() =>
        Gen.Int[0, Words.Length - 1].Array[0, 60].Sample(words => Holds(string.Join(' ', words.Select(word => Words[word]))), iter: 3_000);

    [Fact]
    public void Soup_of_tokens_in_a_rule() =>
        Gen.Int[0, Words.Length - 1].Array[0, 30].Sample(words => Holds($"rule r(private x: int[0 .. 9]) {{\n{string.Join(' ', words.Select(word => Words[word]))}\n}}\n"), iter: 3_000);

    [Fact]
    public void Soup_of_characters() => Gen.Char.Array[0, 80].Sample(characters => Holds(new string(characters)), iter: 2_000);

    /// <summary>
    /// Expressions of every kind on values of every kind: most are type errors, the rest become circuits, which must agree with exact
    /// integers on any inputs.
    /// </summary>
    [Fact]
    public void Any_operation_on_any_value()
    {
        var (compiled, passed, failed) = (0, 0, 0);
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                var text =
                    $$"""
                    struct S { a: int[0 .. 99], c: bool }
                    fn f(t: int) = t + 1
                    fn g<N>(t: [int; N]) = t[0] * N
                    rule r(private x: int[-9 .. 99], public y: dec(2)[0 .. 2^60], private b: bool, private v: [int[1 .. 7]; 3], private w: field, private s: S) {
                      let p = {{Expression(random, 4)}}
                      if b { require p == {{Expression(random, 3)}}, "p is {x}" }
                    }

                    """;
                var verdict = Check(text);
                if (verdict.Diagnostics.Count == 0)
                {
                    Interlocked.Increment(ref compiled);
                    var rule = CompiledRule.Of(text);
                    for (var run = 0; run < 3; run++)
                    {
                        var failure = rule.Run([.. rule.Inputs.Select(input => Pick(random, input.Low, input.High))]);
                        Interlocked.Increment(ref failure is null ? ref passed : ref failed);
                    }
                }

                return true;
            },
            iter: 3_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{compiled} compiled; {passed} runs passed, {failed} failed");
        Assert.InRange(compiled, 50, 2_950);
        Assert.True(passed > 20 && failed > 20, $"{passed} runs passed, {failed} failed");
    }

    [Fact]
    public void Mutations_of_real_circuits() => Gen.Select(Gen.Int[0, Sources.Length - 1], Gen.Int[0, int.MaxValue]).Sample(
        (source, seed) => Holds(Mutate(Sources[source], new Random(seed))), iter: 150);

    [Fact]
    public void Every_prefix_of_a_real_circuit()
    {
        var text = Sources.MaxBy(source => source.Length is > 2_000 and < 6_000 ? source.Length : 0)!;
        Assert.Equal("", Verdict.Of(text).Rendered);
        for (var length = 0; length < text.Length; length += 41)
        {
            Parses(text[..length]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0\0\0\0")]
    [InlineData("\uFEFF")]
    [InlineData("\uD800")]
    [InlineData("\"")]
    [InlineData("\"\n\"")]
    [InlineData("//")]
    [InlineData("// no end")]
    [InlineData("/*")]
    [InlineData("0x")]
    [InlineData("rule r(")]
    [InlineData("rule r() { require true, \"{")]
    [InlineData("rule r() { require true, \"{}\" }")]
    [InlineData("rule r() { require true, \"}{\" }")]
    [InlineData("rule r() { require true, \"{{{{\" }")]
    [InlineData("test \"\" { ")]
    [InlineData("budget r<")]
    [InlineData("import \"")]
    [InlineData("import \"\0\"")]
    [InlineData(")]}")]
    public void Stumps(string text)
    {
        var verdict = Check(text);
        Assert.True(verdict.Diagnostics.Count > 0 || text is "" or "//" or "// no end", verdict.Rendered);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("§")]
    [InlineData("\"")]
    [InlineData("\"\n")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{\n")]
    [InlineData("<")]
    [InlineData("a<")]
    [InlineData("a<(")]
    [InlineData("a<{")]
    [InlineData("if ")]
    [InlineData("rule r(")]
    [InlineData("fn f()=")]
    [InlineData("fn f()=\n")]
    [InlineData("const\n")]
    [InlineData("rule r() {\n")]
    [InlineData("let x = (\n")]
    [InlineData("0x ")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("// \n")]
    [InlineData("é\n")]
    public void Long_repetitions(string piece)
    {
        foreach (var prefix in new[] { "", "rule r() {\n", "fn f() = " })
        {
            Check(prefix + new StringBuilder().Insert(0, piece, 60_000 / piece.Length));
        }
    }

    private static BigInteger Pick(Random random, BigInteger low, BigInteger high) => random.Next(5) switch
    {
        0 => low,
        1 => high,
        2 => BigInteger.Clamp(random.Next(-3, 12), low, high),
        _ => low + (random.NextInt64() * (high - low) / long.MaxValue),
    };

    private static string Expression(Random random, int depth)
    {
        var leaves = depth == 0 ? 22 : Pieces.Length;
        var piece = Pieces[random.Next(leaves)];
        return piece.Contains('{', StringComparison.Ordinal)
            ? string.Format(null, piece, Expression(random, depth - 1), Expression(random, depth - 1))
            : piece;
    }

    /// <summary>A file with what it imports, so that it stands alone.</summary>
    private static string Inline(string path, HashSet<string> seen)
    {
        var text = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("import \"", StringComparison.Ordinal))
            {
                var imported = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, line.Split('"')[1]));
                text.Append(seen.Add(imported) ? Inline(imported, seen) : "");
            }
            else if (!line.StartsWith("budget", StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Mutate(string text, Random random)
    {
        var result = new StringBuilder(text);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(result.Length);
            var length = Math.Min(random.Next(1, 12), result.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result.Insert(at, result.ToString(at, length));
                    break;
                case 2:
                    result.Insert(at, " " + Words[random.Next(Words.Length)] + " ");
                    break;
                default:
                    var digits = Enumerable.Range(0, result.Length).Where(i => char.IsAsciiDigit(result[i])).ToList();
                    result[digits[random.Next(digits.Count)]] = (char)('0' + random.Next(10));
                    break;
            }
        }

        return result.ToString();
    }

    private static bool Holds(string text)
    {
        Check(text);
        return true;
    }

    private static Verdict Check(string text)
    {
        var verdict = Verdict.Of(text);
        verdict.AssertPlaced(text);
        Assert.InRange(verdict.Time, TimeSpan.Zero, Patience);
        Assert.InRange(verdict.Diagnostics.Count, 0, 2 * Diagnostic.MaximumPerFile);
        Assert.InRange(verdict.Rendered.Length, 0, 100_000);
        return verdict;
    }

    private static void Parses(string text)
    {
        List<Diagnostic> diagnostics = [];
        Parser.Parse(new("prefix.circuit", text), diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.InRange(diagnostic.Primary.Span.Start, 0, text.Length));
    }
}
