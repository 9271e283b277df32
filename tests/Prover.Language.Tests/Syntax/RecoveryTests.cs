namespace Prover.Language.Tests;

/// <summary>Behind an error the parser goes on at the next member, statement or declaration, and loses nothing that is whole.</summary>
public class RecoveryTests
{
    [Fact]
    public void At_the_next_statement() => Found(
        "rule r(private a: field) {\n  let x =\n  let y = 1 +\n  if a == 1 {\n    let = 4\n    require a == 1, 3\n  }\n  require a == 2 \"m\"\n}\n",
        ["r"],
        "3:3 expected a value, found 'let'",
        "5:9 expected the variable's name, found '='",
        "6:21 expected a message in quotes, found '3'",
        "8:18 expected ',' and a message, found '\"m\"'");

    [Fact]
    public void At_the_next_member() => Found(
        "rule r(private a: int[0 .. 9, private b c, privat d: int, private e: field) { let = 3 }\nstruct S { a int, b: field, c: }\nfn f(x: int[0 .. 3) = x\n",
        ["r", "S", "f"],
        "1:29 expected ']' to close the bounds, found ','",
        "1:41 expected ':' and a type, found 'c'",
        "1:44 expected 'private' or 'public' before a rule's parameter, found 'privat'",
        "1:83 expected the variable's name, found '='",
        "2:14 expected ':' and a type, found 'int'",
        "2:32 expected a type, found '}'",
        "3:19 expected ']' to close the bounds, found ')'");

    [Fact]
    public void At_the_next_declaration() => Found(
        "const A =\nstruct S { a: field }\nbudget r <\nconst B = 3\nfn = 4\nfn f(x: field) = x\n",
        ["S", "B", "f"],
        "2:1 expected a value, found 'struct'",
        "4:1 expected a value, found 'const'",
        "5:4 expected the function's name, found '='");

    [Fact]
    public void Behind_a_block_without_end() => Found(
        "rule r(private a: field) {\n  if a == 1 {\n    require a == 1, \"m\"\n  require a == 2, \"m\"\n}\n\nrule s(private a: field) { let = 3 }\n",
        ["s"],
        "7:1 expected '}' to end the block, found 'rule'",
        "7:32 expected the variable's name, found '='");

    [Fact]
    public void A_block_without_end_says_where_it_begins()
    {
        List<Diagnostic> diagnostics = [];
        Parser.Parse(new("f", "rule r(private a: field) {\n  require a == 1, \"m\"\n"), diagnostics);
        Assert.Equal("begun here", Assert.Single(Assert.Single(diagnostics).Secondary).Text);
    }

    /// <summary>Any words in any order are read to their end.</summary>
    [Fact]
    public void Comes_to_the_end_of_any_words()
    {
        string[] words = ["const", "rule", "fn", "{", "}", "(", ")", "[", "]", "<", ",", ":", "x", "1", "let", "require", "if", "=", "\n", "\n", "\"m\"", "struct", "test"];
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)])).Replace("\n ", "\n", StringComparison.Ordinal);
            Parser.Parse(new("f", text), []);
        }
    }

    private static void Found(string text, string[] declared, params string[] expected)
    {
        List<Diagnostic> diagnostics = [];
        var file = Parser.Parse(new("f", text), diagnostics);
        Assert.Equal(expected, diagnostics.Select(diagnostic => $"{diagnostic.Primary.Span.ToString()[2..]} {diagnostic.Message}"));
        Assert.Equal(declared, file.Declarations.Select(declaration => declaration.Name));
    }
}
