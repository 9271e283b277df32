namespace Prover.Language.Tests;

public sealed class FormatterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n  \n", "")]
    [InlineData("const A=1", "const A = 1\n")]
    [InlineData("\r\n\r\nconst A=1   \r\n\r\n\r\n\r\nconst B = 2", "const A = 1\n\nconst B = 2\n")]
    [InlineData("const A   =( 1+2 )*-3^ - 2", "const A = (1 + 2) * -3^-2\n")]
    [InlineData("const A = - - 1-  -1", "const A = --1 - -1\n")]
    [InlineData("const A = a<b", "const A = a < b\n")]
    [InlineData("const A = f < 1,N+1 > (2)[ 0 ] . x", "const A = f<1, N + 1>(2)[0].x\n")]
    [InlineData("const A = S{ }", "const A = S { }\n")]
    [InlineData("const A = S<2>{a:1,b}", "const A = S<2> { a: 1, b }\n")]
    [InlineData("const A = (a)with{[0]:1}", "const A = (a) with { [0]: 1 }\n")]
    [InlineData("const A = [ 1,2 , ]", "const A = [1, 2,]\n")]
    [InlineData("const A = [[0 ; 3];N]", "const A = [[0; 3]; N]\n")]
    [InlineData("const A = [i in 0 .. N-1:i]", "const A = [i in 0..N - 1: i]\n")]
    [InlineData("const A = sum( i in 0 ..3 : i )", "const A = sum(i in 0..3: i)\n")]
    [InlineData("type  T=dec( 2 ) [0..2 ^ 3]", "type T = dec(2)[0 .. 2^3]\n")]
    [InlineData("unit  USD\ntype T=int [0..9]USD / BTC ^ 2 * ETH", "unit USD\ntype T = int[0 .. 9] USD/BTC^2*ETH\n")]
    [InlineData("type T=dec(2)1 / BTC", "type T = dec(2) 1/BTC\n")]
    [InlineData("type T = [ S < N > ;3]", "type T = [S<N>; 3]\n")]
    [InlineData("fn f<A,B>(x :int ,y: [T;2])->int=if not(x<1){1}else{2}", "fn f<A, B>(x: int, y: [T; 2]) -> int = if not (x < 1) { 1 } else { 2 }\n")]
    [InlineData("fn f() = fold s=0 for i in 0..2{s+i}", "fn f() = fold s = 0 for i in 0..2 { s + i }\n")]
    [InlineData("fn f() = div(1 , 2,to 3,floor)", "fn f() = div(1, 2, to 3, floor)\n")]
    [InlineData("rule r(state t :tree < 3,[ T;2 ] >,public  hashed x:int [0..1]){}", "rule r(state t: tree<3, [T; 2]>, public hashed x: int[0 .. 1]) { }\n")]
    [InlineData("property  \"p\" forall x:T,y : U\nwhere x==y{true}", "property \"p\" forall x: T, y: U\n  where x == y { true }\n")]
    [InlineData("rule r( ){}", "rule r() { }\n")]
    [InlineData("test  \"t  t\"{r(1)passes}", "test \"t  t\" { r(1) passes }\n")]
    [InlineData("budget r<1><=10", "budget r<1> <= 10\n")]
    [InlineData("//  c  \t\n", "//  c\n")]
    public void Spaces(string source, string expected) => Assert.Equal(expected, Layout.Of(source));

    [Fact]
    public void Blocks_have_lines_of_their_own_once_a_line_breaks_in_them() => Becomes(
        """
        rule r(private x: int[0 .. 9])
        {


              let y = x
          if y == 0 { require x < 1, "a" }
                else
          { require x > 1,
             "b" }

        }
        """,
        """
        rule r(private x: int[0 .. 9]) {
          let y = x
          if y == 0 { require x < 1, "a" }
          else {
            require x > 1,
              "b"
          }
        }
        """);

    [Fact]
    public void Else_joins_a_brace_that_begins_a_line() => Becomes(
        """
        fn f(x: int) = if x == 0 {
          1
        }
        else if x == 1 {
          2
        }
        else
        {
          3
        }
        """,
        """
        fn f(x: int) = if x == 0 {
          1
        } else if x == 1 {
          2
        } else {
          3
        }
        """);

    [Fact]
    public void Lists_open_and_close_alike() => Becomes(
        """
        struct S {
        a: int,   b: int,
           c: int }
        const A = f(1,
        2, [3,
        4]
        )
        const B = f(
        1, g(
        2,
           ), )
        """,
        """
        struct S {
          a: int, b: int,
          c: int
        }
        const A = f(1,
          2, [3,
            4])
        const B = f(
          1, g(
            2,
          ),
        )
        """);

    [Fact]
    public void What_continues_a_statement_or_an_item_is_one_level_deeper() => Becomes(
        """
        fn f(a: int, b: int) =
            a
            + b
              * 2

        const A = [
        1
        + 2,
           3 and
           4,
        ]
        """,
        """
        fn f(a: int, b: int) =
          a
          + b
          * 2

        const A = [
          1
            + 2,
          3 and
            4,
        ]
        """);

    [Fact]
    public void Neighbours_stay_aligned_if_their_author_has_aligned_them() => Becomes(
        """
        type A        =int
        type Longer   =   int
        type B = int
        const A1 = 1
        const B11  = 2

        const C    = 1

        const D    = 1
        """,
        """
        type A      = int
        type Longer = int
        type B = int
        const A1 = 1
        const B11 = 2

        const C = 1

        const D = 1
        """);

    [Fact]
    public void Long_lines_break_at_the_outermost_brackets()
    {
        var names = string.Join(", ", Enumerable.Range(0, 14).Select(i => $"private name{i}: int"));
        Assert.Equal(
            $"rule r(\n{string.Concat(Enumerable.Range(0, 14).Select(i => $"  private name{i}: int{(i < 13 ? "," : "")}\n"))}) {{ }}\n",
            Layout.Of($"rule r({names}) {{ }}"));
        var text = new string('x', 90);
        Assert.Equal($"rule r(\n  private {text}: int,\n  private y: int\n) {{\n  require y == 1, \"{text}\"\n}}\n", Layout.Of($"rule r(private {text}: int, private y: int) {{ require y == 1, \"{text}\" }}"));
        Assert.Equal($"fn f() = g(h([\n  {text},\n  {text}\n]))\n", Layout.Of($"fn f() = g(h([{text}, {text}]))"));
        Assert.Equal($"fn f() = if {text} {{\n  {text}\n}} else {{\n  1\n}}\n", Layout.Of($"fn f() = if {text} {{ {text} }} else {{ 1 }}"));
        Assert.Equal($"property \"p\" forall {text}: int\n  where {text} == 1 {{ true }}\n", Layout.Of($"property \"p\" forall {text}: int where {text} == 1 {{ true }}"));
        Assert.Equal($"test \"{text}\" {{\n  r(1) fails \"{text}\"\n}}\n", Layout.Of($"test \"{text}\" {{ r(1) fails \"{text}\" }}"));
        Assert.Equal($"fn f() = {{\n  require {text} == 1,\n    \"{text}\"\n}}\n", Layout.Of($"fn f() = {{\nrequire {text} == 1, \"{text}\"\n}}"));
        Assert.Equal($"const A =\n  {text} + 1\n  * 2\n", Layout.Of($"const A =\n{text} + 1\n  * 2"));
    }

    [Theory]
    [InlineData(Formatter.MaximumWidth, "const A = {0} + {1}\n")]
    [InlineData(Formatter.MaximumWidth + 1, "const A =\n  {0} + {1}\n")]
    [InlineData(2 * Formatter.MaximumWidth, "const A =\n  {0}\n  + {1}\n")]
    public void A_line_may_be_as_long_as_the_limit(int width, string expected)
    {
        var left = new string('a', 100);
        var right = new string('b', width - "const A = ".Length - left.Length - " + ".Length);
        Assert.Equal(string.Format(null, expected, left, right), Layout.Of($"const A = {left} + {right}"));
    }

    [Theory]
    [InlineData("1, ")]
    [InlineData("(1) + ")]
    [InlineData("[(1), 2][0], ")]
    [InlineData("(a < b), ")]
    public void Long_lists_are_formatted_while_one_waits(string part)
    {
        var text = $"const A = [[[{string.Concat(Enumerable.Repeat(part, 40_000))}1]]]";
        List<Diagnostic> diagnostics = [];
        var formatted = Formatter.Format(new("test.circuit", text), diagnostics);
        Assert.NotNull(formatted);
        Assert.True(formatted.Split('\n').Max(line => line.Length) <= Formatter.MaximumWidth);
    }

    [Fact]
    public void A_result_longer_than_a_file_may_be_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Formatter.Format(
            new("test.circuit", $"const A = {string.Concat(Enumerable.Repeat("[1, ", 50))}{string.Concat(Enumerable.Repeat("1,", 20_000))}1{new string(']', 50)}"), []));

    [Fact]
    public void What_does_not_parse_is_not_formatted()
    {
        List<Diagnostic> diagnostics = [];
        Assert.Null(Formatter.Format(new("test.circuit", "const A = \n const B = 1"), diagnostics));
        Assert.NotEmpty(diagnostics);
    }

    [Fact]
    public void A_result_that_is_another_program_is_thrown_away()
    {
        var source = new SourceFile("test.circuit", "const A = a - b // c\n");
        var record = Parser.Record(source, []);
        SameProgram.Require(source, record, "const A=a-b// c");
        foreach (var text in new[] { "const A = a - b\n", "const A = a - b // d\n", "// c\nconst A = a - b\n", "const A = a - c // c\n", "const A = a - // c\n", "const A = a - b // c // c\n" })
        {
            Assert.Throws<InvalidOperationException>(() => SameProgram.Require(source, record, text));
        }
    }

    private static void Becomes(string source, string expected) => Assert.Equal(expected + "\n", Layout.Of(source));
}
