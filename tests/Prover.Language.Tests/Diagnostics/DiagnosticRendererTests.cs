namespace Prover.Language.Tests;

public class DiagnosticRendererTests
{
    private static readonly SourceFile File = new("im.circuit", "const A = 1\n\tlet b = alpha + beta  \nlast");

    [Fact]
    public void Shows_both_places_and_the_remedy() => Assert.Equal(
        """
        error[R0203]: too big
          --> im.circuit:2:10
           2 |  let b = alpha + beta
             |          ^^^^^ in [0 .. 9]
           1 | const A = 1
             |           -
           = help: make it smaller

        """,
        DiagnosticRenderer.Render(new Diagnostic("R0203", "too big", new(At("alpha"), "in [0 .. 9]"), [new(At("1"), "")], "make it smaller")));

    [Theory]
    [InlineData(0, 5, "   1 | const A = 1\n     | ^^^^^ here\n")]
    [InlineData(10, 1, "   1 | const A = 1\n     |           ^ here\n")]
    [InlineData(11, 1, "   1 | const A = 1\n     |            ^ here\n")]
    [InlineData(6, 99, "   1 | const A = 1\n     |       ^^^^^ here\n")]
    [InlineData(36, 4, "   3 | last\n     | ^^^^ here\n")]
    [InlineData(40, 0, "   3 | last\n     |     ^ here\n")]
    [InlineData(33, 1, "   2 |  let b = alpha + beta\n     |                      ^ here\n")]
    public void Marks_stay_on_the_line(int start, int length, string expected) => Assert.EndsWith(
        expected, DiagnosticRenderer.Render(new Diagnostic("R0000", "m", new(new(File, start, length), "here"), [])), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "   1 | XYZaa", "     | ^^^ here")]
    [InlineData(100, "   1 | …aaa", "     |                                          ^^^ here")]
    [InlineData(997, "   1 | …aaa", null)]
    public void Long_lines_are_shown_in_part(int position, string start, string? marks)
    {
        var text = string.Concat(new string('a', position), "XYZ", new string('a', 997 - position));
        var lines = DiagnosticRenderer.Render(new Diagnostic("R0000", "m", new(new(new("f", text), position, 3), "here"), [])).Split('\n');
        Assert.StartsWith(start, lines[2], StringComparison.Ordinal);
        Assert.InRange(lines[2].Length, 160, 170);
        Assert.Equal("XYZ", lines[2].Substring(lines[3].IndexOf('^', StringComparison.Ordinal), 3));
        Assert.True(marks is null || marks == lines[3], lines[3]);
    }

    [Fact]
    public void A_line_of_the_greatest_width_is_shown_whole()
    {
        var text = new string('a', 160);
        Assert.Contains($" | {text}\n", DiagnosticRenderer.Render(new Diagnostic("R0000", "m", new(new(new("f", text), 159, 1), ""), [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal()
    {
        var text = DiagnosticRenderer.Render(new Diagnostic("R0000", "m", new(new(new("f", "a\u001b[31mb\0c"), 0, 1), ""), []));
        Assert.All(text, c => Assert.True(c == '\n' || !char.IsControl(c)));
        Assert.Contains("a [31mb c", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_lines_stand_between_diagnostics()
    {
        var one = new Diagnostic("R0001", "m", new(At("alpha"), ""), []);
        Assert.Equal(DiagnosticRenderer.Render(one) + "\n" + DiagnosticRenderer.Render(one), DiagnosticRenderer.Render([one, one]));
        Assert.Equal("", DiagnosticRenderer.Render([]));
    }

    private static SourceSpan At(string text) => new(File, File.Text.IndexOf(text, StringComparison.Ordinal), text.Length);
}
