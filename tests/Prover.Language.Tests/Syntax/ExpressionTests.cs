namespace Prover.Language.Tests;

public class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "(+ 1 (* 2 3))")]
    [InlineData("(1 + 2) * 3", "(* (+ 1 2) 3)")]
    [InlineData("1 - 2 - 3", "(- (- 1 2) 3)")]
    [InlineData("1 - (2 - 3)", "(- 1 (- 2 3))")]
    [InlineData("1 - 2 + 3", "(+ (- 1 2) 3)")]
    [InlineData("2 * 3 ^ 4", "(* 2 (^ 3 4))")]
    [InlineData("2 ^ 3 ^ 4", "(^ 2 (^ 3 4))")]
    [InlineData("-2 ^ 4", "(- (^ 2 4))")]
    [InlineData("(-2) ^ 4", "(^ (- 2) 4)")]
    [InlineData("2 ^ -1", "(^ 2 (- 1))")]
    [InlineData("-a * b", "(* (- a) b)")]
    [InlineData("a * -b", "(* a (- b))")]
    [InlineData("a - -b", "(- a (- b))")]
    [InlineData("a + 1 < b * 2", "(< (+ a 1) (* b 2))")]
    [InlineData("not a == b", "(not (== a b))")]
    [InlineData("not not a", "(not (not a))")]
    [InlineData("a and b or c and d", "(or (and a b) (and c d))")]
    [InlineData("a and (b or c) and d", "(and (and a (or b c)) d)")]
    [InlineData("a or b or c", "(or (or a b) c)")]
    [InlineData("not a and b", "(and (not a) b)")]
    [InlineData("a.b.c[1][2].d", "(. (at (at (. (. a b) c) 1) 2) d)")]
    [InlineData("-a.b", "(- (. a b))")]
    [InlineData("a.b ^ 2", "(^ (. a b) 2)")]
    [InlineData("a with { x: 1 }.y", null)]
    [InlineData("a with { x: 1 } with { y: 2 }", "(with (with a x=1) y=2)")]
    public void Operators_bind_as_in_mathematics(string text, string? shape)
    {
        if (shape is null)
        {
            Assert.NotEmpty(Syntax.Refuse($"const X = {text}\n"));
            return;
        }

        Assert.Equal(shape, Shape.Of(text));
    }

    [Theory]
    [InlineData("a < b < c")]
    [InlineData("a == b == c")]
    [InlineData("a <= b != c")]
    public void Comparisons_do_not_chain(string text)
    {
        Assert.StartsWith("R0103 1:", Assert.Single(Syntax.Refuse($"const X = {text}\n")), StringComparison.Ordinal);
        var parts = text.Split(' ');
        Assert.Equal($"({parts[3]} ({parts[1]} a b) c)", Shape.Of($"({parts[0]} {parts[1]} {parts[2]}) {parts[3]} {parts[4]}"));
    }

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1]", "[1]")]
    [InlineData("[1, 2, 3,]", "[1 2 3]")]
    [InlineData("[[1], [2]]", "[[1] [2]]")]
    [InlineData("[0; N * 2]", "[0 ; (* N 2)]")]
    [InlineData("[i in 0..N: i + 1]", "(array i:0..N (+ i 1))")]
    [InlineData("[i in a - 1..b + 1: xs[i]]", "(array i:(- a 1)..(+ b 1) (at xs i))")]
    [InlineData("sum(i in 0..3: x[i])", "(sum i:0..3 (at x i))")]
    [InlineData("all(i in 0..3: x[i] > 0 and y)", "(all i:0..3 (and (> (at x i) 0) y))")]
    [InlineData("sum(xs)", "(sum xs)")]
    [InlineData("max(a, b)", "(max a b)")]
    [InlineData("f()", "(f)")]
    [InlineData("f(1, 2,)", "(f 1 2)")]
    [InlineData("f<1, N + 2>(x)", "(f<1 (+ N 2)> x)")]
    [InlineData("bits<2 * DEPTH>(x)", "(bits<(* 2 DEPTH)> x)")]
    [InlineData("f<1>(x) < g", "(< (f<1> x) g)")]
    [InlineData("a < b", "(< a b)")]
    [InlineData("a < (b)", "(< a b)")]
    [InlineData("a < b and c > (d)", "(and (< a b) (> c d))")]
    [InlineData("Point { x: 1, y: 2 }", "(new Point x=1 y=2)")]
    [InlineData("Point { x, y }", "(new Point x=x y=y)")]
    [InlineData("Path<3> { s: [] }", "(new Path<3> s=[])")]
    [InlineData("Empty {}", "(new Empty)")]
    [InlineData("xs with { [0]: 1, [i + 1]: 2 }", "(with xs [0]=1 [(+ i 1)]=2)")]
    [InlineData("round(x, to 6, floor)", "(round x to 6 floor)")]
    [InlineData("div(x, y, to s + 1, half_even)", "(div x y to (+ s 1) half_even)")]
    [InlineData("narrow(x + 1, int[0 .. 9], \"x is {x}, not {y + 1}!\")", "(narrow (+ x 1) int[0 .. 9] \"x is {x}, not {(+ y 1)}!\")")]
    [InlineData("if a { 1 } else { 2 }", "(if a {1} {2})")]
    [InlineData("if a { 1 } else if b { 2 } else { 3 }", "(if a {1} (if b {2} {3}))")]
    [InlineData("if a == B { 1 } else { 2 }", "(if (== a B) {1} {2})")]
    [InlineData("fold s = 0 for i in 0..N { s + i }", "(fold s 0 i:0..N {(+ s i)})")]
    [InlineData("{ let a = 1\n a + 1 }", "{let a = 1; (+ a 1)}")]
    public void Forms(string text, string shape) => Assert.Equal(shape, Shape.Of(text));

    [Theory]
    [InlineData("1\n  + 2", "(+ 1 2)")]
    [InlineData("1 +\n 2", "(+ 1 2)")]
    [InlineData("a\n and b", "(and a b)")]
    [InlineData("f(\n 1,\n 2\n)", "(f 1 2)")]
    [InlineData("[\n1\n,\n2]", "[1 2]")]
    [InlineData("P {\n x: 1,\n y: 2,\n}", "(new P x=1 y=2)")]
    [InlineData("if a {\n 1 \n}\n else \n{ 2 }", "(if a {1} {2})")]
    [InlineData("a\n(b)", null)]
    [InlineData("if a {\n 1 \n}\n else { 2 }", "(if a {1} {2})")]
    [InlineData("(1 // one\n + 2)", "(+ 1 2)")]
    public void Lines_may_break_where_nothing_can_end(string text, string? shape)
    {
        if (shape is null)
        {
            Assert.NotEmpty(Syntax.Refuse($"const X = {text}\n"));
            return;
        }

        Assert.Equal(shape, Shape.Of(text));
    }

    [Fact]
    public void An_index_stands_right_behind_its_array()
    {
        Assert.Equal("(at a 1)", Shape.Of("a[1]"));
        Assert.Equal(["R0103 1:13 expected the end of the declaration, found '['"], Syntax.Refuse("const X = a [1]\n"));
    }

    [Fact]
    public void Spans_cover_what_they_name()
    {
        var sum = Assert.IsType<BinaryExpression>(Syntax.Accept<ConstDeclaration>("const X = alpha.b[2] + f<3>(x, 4) * 0x10\n").Value);
        Assert.Equal("alpha.b[2] + f<3>(x, 4) * 0x10", Syntax.TextOf(sum.Span));
        Assert.Equal("alpha.b[2]", Syntax.TextOf(sum.Left.Span));
        var product = Assert.IsType<BinaryExpression>(sum.Right);
        Assert.Equal("f<3>(x, 4)", Syntax.TextOf(product.Left.Span));
        Assert.Equal("0x10", Syntax.TextOf(product.Right.Span));
        var negation = Syntax.Accept<ConstDeclaration>("const X = -abc\n").Value;
        Assert.Equal("-abc", Syntax.TextOf(negation.Span));
        Assert.Equal("not abc", Syntax.TextOf(Syntax.Accept<ConstDeclaration>("const X = not abc\n").Value.Span));
    }

    [Fact]
    public void Spans_inside_messages_point_into_the_message()
    {
        const string Text = "rule r() {\n  require a, \"have {a}, need {b.c + 1}\"\n}\n";
        var require = Assert.IsType<RequireStatement>(Syntax.Accept<RuleDeclaration>(Text).Body.Statements[0]);
        Assert.Equal(["a", "b.c + 1"], require.Message.Values.Select(value => Syntax.TextOf(value.Span)));
        Assert.All(require.Message.Values, value => Assert.Same(require.Span.File, value.Span.File));
    }
}
