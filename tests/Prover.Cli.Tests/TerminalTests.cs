using Spectre.Console;

namespace Prover.Cli.Tests;

public sealed class TerminalTests
{
    [Fact]
    public void A_stage_is_one_line_at_its_start_and_one_at_its_end()
    {
        List<string> lines = [];
        var stages = new StageLines(lines.Add);

        stages.Report(new("prove", 0, "points A"));
        stages.Report(new("prove", 0.5, "points B"));
        stages.Report(new("prove", 1));

        Assert.Equal(2, lines.Count);
        Assert.Equal("prove … (points A)", lines[0]);
        Assert.Matches(@"^prove \d+\.\d\d s$", lines[1]);
    }

    [Fact]
    public void Long_notes_are_not_wrapped()
    {
        using var error = new StringWriter();
        var line = new string('x', 1000);

        new Terminal(TextWriter.Null, error, interactive: false, json: false).Note(line);

        Assert.Equal(line + Environment.NewLine, error.ToString());
    }

    [Theory]
    [InlineData("one", "1")]
    [InlineData("δ in G2", "")]
    [InlineData("", "INSECURE: no contribution has changed δ, so anyone can forge proofs [0 .. 9] 2⁸ –")]
    public void A_report_looks_as_the_console_library_draws_it(string name, string value)
    {
        (string Name, string Value)[] rows = [("size", "90,651,982 bytes"), (name, value), ("x", "y")];
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("name").AddColumn("value");
        foreach (var row in rows)
        {
            table.AddRow(Markup.Escape(row.Name), Markup.Escape(row.Value));
        }

        using var expected = new StringWriter();
        new Terminal(expected, TextWriter.Null, interactive: false, json: false).WriteTable(table);
        using var actual = new StringWriter();
        new Terminal(actual, TextWriter.Null, interactive: false, json: false).WriteReport("title", new { }, rows);
        Assert.Equal("title" + Environment.NewLine + expected, actual.ToString());
        Assert.NotNull(ReportBox.TryDraw(rows, width: 1000, actual.Encoding));
    }

    [Fact]
    public void A_box_that_does_not_fit_or_has_wide_characters_is_left_to_the_console_library()
    {
        var utf8 = System.Text.Encoding.UTF8;
        Assert.NotNull(ReportBox.TryDraw([("abc", "de")], width: 12, utf8));
        Assert.Null(ReportBox.TryDraw([("abc", "de")], width: 11, utf8));
        Assert.Null(ReportBox.TryDraw([("abc", "鍵")], width: 99, utf8));
        Assert.Null(ReportBox.TryDraw([("abc", "d\te")], width: 99, utf8));
        Assert.Null(ReportBox.TryDraw([("abc", "e\u0301")], width: 99, utf8));
        Assert.Null(ReportBox.TryDraw([("abc", "de")], width: 99, System.Text.Encoding.ASCII));
    }

    [Fact]
    public void Text_in_brackets_is_no_markup()
    {
        using var output = new StringWriter();

        new Terminal(output, TextWriter.Null, interactive: false, json: false).WriteReport("[title]", new { }, [("[red]", "[0 .. 9]")]);

        Assert.Contains("[red]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[0 .. 9]", output.ToString(), StringComparison.Ordinal);
    }
}
