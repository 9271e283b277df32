namespace Prover.Language.Tests;

public class DeclarationTests
{
    [Fact]
    public void Imports()
    {
        Assert.Equal(["../std/poseidon.circuit", "b.circuit"], Syntax.Accept("import \"../std/poseidon.circuit\"\nimport \"b.circuit\"\n").Imports.Select(import => import.Path));
        Assert.Equal(["R0103 1:8 expected a path in quotes, found 'poseidon'"], Syntax.Refuse("import poseidon\n"));
    }

    [Theory]
    [InlineData("int", "int")]
    [InlineData("int[0 .. 2^64 - 1]", "int[0 .. (- (^ 2 64) 1)]")]
    [InlineData("dec(8)[-2^55 .. 2^55]", "dec(8)[(- (^ 2 55)) .. (^ 2 55)]")]
    [InlineData("dec(S + 1)", "dec((+ S 1))")]
    [InlineData("bool", "bool")]
    [InlineData("field", "field")]
    [InlineData("[Price; N]", "[Price; N]")]
    [InlineData("[[field; 3]; 2 * D]", "[[field; 3]; (* 2 D)]")]
    [InlineData("Account<N, 2>", "Account<N 2>")]
    public void Types(string text, string shape) => Assert.Equal(shape, Shape.Of(Syntax.Accept<TypeDeclaration>($"type T = {text}\n").Type));

    [Theory]
    [InlineData("int[0 ..]", "R0103 1:18 expected a value, found ']'")]
    [InlineData("int[5]", "R0103 1:15 expected '..' and the greatest value, found ']'")]
    [InlineData("dec", "R0103 1:13 expected '(' and the number of decimals, found the end of the line")]
    [InlineData("[bool]", "R0103 1:15 expected ';' and the array's length, found ']'")]
    [InlineData("7", "R0103 1:10 expected a type, found '7'")]
    public void Types_that_are_none(string text, string expected) => Assert.Equal([expected], Syntax.Refuse($"type T = {text}\n"));

    [Fact]
    public void Structs()
    {
        var structure = Syntax.Accept<StructDeclaration>("struct Account<N, M> {\n  cash: Money,\n  sizes: [Size; N],\n}\n");
        Assert.Equal(("Account", "N M"), (structure.Name, string.Join(' ', structure.Generics)));
        Assert.Equal(["cash: Money", "sizes: [Size; N]"], structure.Fields.Select(field => $"{field.Name}: {Shape.Of(field.Type)}"));
        Assert.Equal("Account", Syntax.TextOf(structure.NameSpan));
        Assert.Equal(["R0103 1:12 expected 'private' or 'public' before a rule's parameter, found 'a'"], Syntax.Refuse("rule Nosee(a: int) { }\n"));
        Assert.Equal(["R0103 1:20 expected a name, found 'public'"], Syntax.Refuse("struct Account   { public a: int }\n"));
    }

    [Fact]
    public void Functions()
    {
        var function = Syntax.Accept<FunctionDeclaration>("fn f<N>(a: [int; N], b: bool) -> field =\n  a[0]\n");
        Assert.Equal(("f", "N", "field", "(at a 0)"), (function.Name, Assert.Single(function.Generics), Shape.Of(function.Result!), Shape.Of(function.Body)));
        Assert.Equal(["a: [int; N]", "b: bool"], function.Parameters.Select(parameter => $"{parameter.Name}: {Shape.Of(parameter.Type)}"));
        Assert.Equal("{let x = 1; x}", Shape.Of(Syntax.Accept<FunctionDeclaration>("fn f() {\n let x = 1\n x }\n").Body));
        Assert.Equal("{1}", Shape.Of(Syntax.Accept<FunctionDeclaration>("fn f() = { 1 }\n").Body));
        Assert.Equal(["R0103 1:8 expected '=' and the function's value, or a block, found '1'"], Syntax.Refuse("fn f() 1\n"));
    }

    [Fact]
    public void Rules()
    {
        var rule = Syntax.Accept<RuleDeclaration>("rule r<N>(public a: int[0 .. 1], private b: [bool; N]) {\n}\n");
        Assert.Equal([("a", true), ("b", false)], rule.Parameters.Select(parameter => (parameter.Name, parameter.IsPublic)));
        Assert.Equal("rule r<N>(public a: int[0 .. 1], private b: [bool; N]) {\n}", Syntax.TextOf(rule.Span));
    }

    [Fact]
    public void Tests()
    {
        var tests = Syntax.Accept("test \"good\" {\n let a = 1\n r<2>(a, 3) passes\n}\ntest \"bad\" { r(1) fails \"short\" }\n").Tests;
        Assert.Equal(["good", "bad"], tests.Select(test => test.Title));
        Assert.Equal("let a = 1", Shape.Of(Assert.Single(tests[0].Setup)));
        Assert.Equal(["(r<2> a 3)", "(r 1)"], tests.Select(test => Shape.Of(test.Call)));
        Assert.Equal([null, "short"], tests.Select(test => test.ExpectedFailure));
        Assert.Equal(["R0103 1:17 expected 'passes' or 'fails' and a text, found '}'"], Syntax.Refuse("test \"t\" { r(1) }\n"));
        Assert.Equal(["R0103 1:12 expected a call of a rule, such as rule(1, 2)"], Syntax.Refuse("test \"t\" { 1 passes }\n"));
        Assert.Equal(["R0103 1:23 expected a part of the failing requirement's message, found '}'"], Syntax.Refuse("test \"t\" { r(1) fails }\n"));
    }

    [Fact]
    public void Budgets()
    {
        var budget = Assert.Single(Syntax.Accept("budget batch<10, N> <= 13_000\n").Budgets);
        Assert.Equal(("batch", "10 N", "13000"), (budget.Rule, string.Join(' ', budget.Generics.Select(Shape.Of)), Shape.Of(budget.Limit)));
        Assert.Equal(["R0103 1:14 expected '<=' and the greatest number of constraints, found '13_000'"], Syntax.Refuse("budget batch 13_000\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("// nothing\n// at all")]
    [InlineData("\r\n\t\r\n")]
    public void An_empty_file_declares_nothing(string text) => Assert.Empty(Syntax.Accept(text).Declarations);

    [Fact]
    public void Windows_line_ends_change_nothing()
    {
        const string Text = "struct S {\n  a: int,\n}\nfn f(s: S) = {\n  let b = s.a\n    + 1\n  b\n}\n";
        var unix = Syntax.Accept(Text).Declarations.OfType<FunctionDeclaration>().Single();
        var windows = Syntax.Accept(Text.Replace("\n", "\r\n", StringComparison.Ordinal)).Declarations.OfType<FunctionDeclaration>().Single();
        Assert.Equal(Shape.Of(unix.Body), Shape.Of(windows.Body));
    }

    [Theory]
    [InlineData("let x = 1\n", "R0103 1:1 expected a declaration (import, const, unit, type, struct, fn, rule, test, property or budget), found 'let'")]
    [InlineData("const A = 1 const B = 2\n", "R0103 1:13 expected the end of the declaration, found 'const'")]
    [InlineData("struct S { a: int", "R0103 1:18 expected '}' to close the list, found the end of the file")]
    [InlineData("rule r() {\n  let a = 1\n", "R0103 3:1 expected '}' to end the block, found the end of the file")]
    public void Refusals_point_at_the_place(string text, string expected) => Assert.Equal([expected], Syntax.Refuse(text));
}
