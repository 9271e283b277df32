namespace Prover.Language.Tests;

/// <summary>Comments survive wherever they stand.</summary>
public sealed class CommentTests
{
    [Fact]
    public void Comments_follow_what_they_stand_before() => Becomes(
        """
          // first
        import "a.circuit"// second


        // third


              // fourth
        rule r( // fifth
        // sixth
        public x: int, // seventh
          // eighth
        )
        // ninth
        { // tenth
        // eleventh

            let y = // twelfth
          // thirteenth
          x

          // fourteenth
        } // fifteenth
          // last
        """,
        """
        // first
        import "a.circuit"  // second

        // third

        // fourth
        rule r(  // fifth
          // sixth
          public x: int,  // seventh
          // eighth
        )
          // ninth
          {  // tenth
            // eleventh

            let y =  // twelfth
              // thirteenth
              x

            // fourteenth
          }  // fifteenth
        // last
        """);

    [Fact]
    public void Comments_behind_code_keep_their_column_as_long_as_they_can() => Becomes(
        """
        struct S {
          a: int,     // one
          bb: int,    // two
          ccc :int,   // three
        }
        const   A=  1        // far
        const LONG_NAME=2 // near
        const B=2 // near
        """,
        """
        struct S {
          a: int,     // one
          bb: int,    // two
          ccc: int,   // three
        }
        const A = 1          // far
        const LONG_NAME = 2  // near
        const B = 2  // near
        """);

    [Fact]
    public void Comments_that_are_aligned_move_together() => Becomes(
        """
        const A=1+1// one
        const B=1  // two
        const C=1+1+1+1 // three

        const D=1//four
        """,
        """
        const A = 1 + 1  // one
        const B = 1      // two
        const C = 1 + 1 + 1 + 1  // three

        const D = 1  //four
        """);

    /// <summary>A comment in every gap of a program that may hold a line break.</summary>
    [Theory]
    [InlineData("const A = f(1, [2, 3], S { a: 4 })")]
    [InlineData("fn f(x: int) = if x == 0 { 1 } else if x == 1 { 2 } else { 3 }")]
    [InlineData("rule r<N>(public x: int[0 .. 9], private y: [int; N]) { require x == 1 or y[0] < 2, \"m\" }")]
    [InlineData("fn f(a: S) = (a with { b: 1, [2]: -3 })")]
    [InlineData("test \"t\" { let x = 1\n r<1>(x) fails \"m\" }")]
    [InlineData("fn f() = (fold s = 0 for i in 0..2 { sum(j in 0..i: s * j) })")]
    public void Every_gap_can_hold_one(string program)
    {
        var accepted = 0;
        var record = Parser.Record(new("test.circuit", program), []);
        foreach (var token in record.Tokens)
        {
            foreach (var comment in new[] { " // c\n", "\n// c\n", "\n\n\n// c\n\n\n// d\n\n\n" })
            {
                var text = program.Insert(token.Span.Start, comment);
                List<Diagnostic> diagnostics = [];
                Parser.Parse(new("test.circuit", text), diagnostics);
                if (diagnostics.Count == 0)
                {
                    Assert.Contains("// c\n", Layout.Of(text), StringComparison.Ordinal);
                    accepted++;
                }
            }
        }

        Assert.True(accepted >= 18);
    }

    private static void Becomes(string source, string expected) => Assert.Equal(expected + "\n", Layout.Of(source));
}
