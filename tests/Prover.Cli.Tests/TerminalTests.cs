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

    [Fact]
    public void Text_in_brackets_is_no_markup()
    {
        using var output = new StringWriter();

        new Terminal(output, TextWriter.Null, interactive: false, json: false).WriteReport("[title]", new { }, [("[red]", "[0 .. 9]")]);

        Assert.Contains("[red]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[0 .. 9]", output.ToString(), StringComparison.Ordinal);
    }
}
