namespace Prover.Language.Tests;

public class StatementTests
{
    [Theory]
    [InlineData("let a = 1", "{let a = 1; }")]
    [InlineData("let a: Money = 1\nlet b =\n 2", "{let a: Money = 1; let b = 2; }")]
    [InlineData("require a > b, \"short\"", "{require (> a b) \"short\"; }")]
    [InlineData("require a > b,\n \"have {a}\"", "{require (> a b) \"have {a}\"; }")]
    [InlineData("for i in 0..3 { require x[i], \"no\" }", "{for i:0..3 {require (at x i) \"no\"; }; }")]
    [InlineData("if a { require b, \"no\" }", "{(if a {require b \"no\"; } ())}")]
    [InlineData("check(a)\ncheck(b)", "{(check a); (check b)}")]
    [InlineData("", "{}")]
    public void Forms(string text, string shape) => Assert.Equal(shape, Syntax.Body(text));

    [Theory]
    [InlineData("let = 1", "R0103 2:5 expected the variable's name, found '='")]
    [InlineData("let a 1", "R0103 2:7 expected '=' and the value, found '1'")]
    [InlineData("let a = ", "R0103 3:1 expected a value, found '}'")]
    [InlineData("require a", "R0103 2:10 expected ',' and a message, found the end of the line")]
    [InlineData("require a, b", "R0103 2:12 expected a message in quotes, found 'b'")]
    [InlineData("require a, \"have {a\"", "R0104 2:18 a '{' in a message without '}'")]
    [InlineData("require a, \"have {a b}\"", "R0103 2:21 expected '}', found 'b'")]
    [InlineData("require a, \"have {}\"", "R0103 2:19 expected a value, found '}'")]
    [InlineData("for i 0..3 { }", "R0103 2:7 expected 'in' and a range, found '0'")]
    [InlineData("for i in 3 { }", "R0103 2:12 expected '..' and the end of the range, found '{'")]
    [InlineData("let a = 1 let b = 2", "R0103 2:11 expected the end of the statement, found 'let'")]
    [InlineData("fold s = 0 { s }", "R0103 2:12 expected 'for' and a range, found '{'")]
    [InlineData("let a = round(x, 6, floor)", "R0103 2:18 expected 'to' and the number of decimals, found '6'")]
    [InlineData("let a = narrow(x, 6, \"m\")", "R0103 2:19 expected a type, found '6'")]
    public void Refusals_say_what_is_missing(string text, string expected) => Assert.Equal([expected], Syntax.Refuse($"rule r() {{\n{text}\n}}\n"));

    [Fact]
    public void Every_broken_statement_is_reported()
    {
        var found = Syntax.Refuse("rule r() {\n  let = 1\n  let b = 2\n  require b\n  let c = b\n}\nconst = 3\nconst D = 4\n");
        Assert.Equal(
            [
                "R0103 2:7 expected the variable's name, found '='",
                "R0103 4:12 expected ',' and a message, found the end of the line",
                "R0103 7:7 expected the constant's name, found '='",
            ],
            found);
    }

    [Fact]
    public void A_broken_function_does_not_hide_the_next()
    {
        List<Diagnostic> diagnostics = [];
        var file = Parser.Parse(new("test.circuit", "fn broken( = 1\nfn fine() = 2\n"), diagnostics);
        Assert.Single(diagnostics);
        Assert.Equal("fine", Assert.Single(file.Declarations).Name);
    }
}
