using System.CommandLine;
using Prover.Compiler;
using Prover.Formats;
using Prover.Language;
using Spectre.Console;

namespace Prover.Cli;

/// <summary><c>profile FILE.circuit [--rule NAME] [-o NAME]</c>.</summary>
internal static class ProfileCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE.circuit", "The circuit file.");
        var rule = new Option<string?>("--rule", "-r") { Description = "The rule, with its generic arguments if it has any: 'margin' or 'margin<32>'. Not needed if the file has a single rule." };
        var output = new Option<string?>("--output", "-o") { Description = "Also write NAME.svg, a flame graph for the browser, and NAME.folded, the same as folded stacks for other tools." };
        var top = new Option<int>("--top") { Description = "How many lines to list.", DefaultValueFactory = _ => 20 };
        top.RequireRange(1, 1_000_000);
        var command = new Command(
            "profile",
            """
            Show which source lines a rule's constraints come from.

            Lists the lines with most rows, whoever calls them; the flame graph shows the calls that lead to them. A value that two calls need alike is computed
            once, and counts where it was needed first.
            Example: prover profile circuits/margin/risk.circuit --rule initial_margin -o build/margin
            """)
        {
            file, rule, output, top,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(file), parsed.GetValue(rule), parsed.GetValue(output), parsed.GetValue(top)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string? rule, string? output, int top)
    {
        var (svg, folded) = ($"{output}.svg", $"{output}.folded");
        if (output is not null)
        {
            Arguments.RequireOutputs(inputs: [path], svg, folded);
        }

        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        var profile = diagnostics.Count > 0 ? null : CircuitProfile.Of(program, rule, diagnostics);
        if (profile is null)
        {
            SourceText.Require(path);
            DiagnosticReport.Write(terminal, diagnostics);
            return ExitCode.NegativeVerdict;
        }

        if (output is not null)
        {
            OutputFile.Write(folded, FlameGraph.Fold(profile));
            OutputFile.Write(svg, FlameGraph.Draw(profile));
        }

        if (terminal.Json)
        {
            terminal.WriteJson(Describe(profile));
        }
        else
        {
            WriteTable(terminal, profile, top);
        }

        if (output is not null)
        {
            terminal.Note($"written: {svg}, {folded}");
        }

        return ExitCode.Success;
    }

    private static void WriteTable(Terminal terminal, CircuitProfile profile, int top)
    {
        var all = profile.Circuit.R1cs.ConstraintCount;
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("rows").RightAligned()).AddColumn(new TableColumn("share").RightAligned()).AddColumn("line").AddColumn("source");
        foreach (var (line, rows) in profile.Lines.Take(top))
        {
            table.AddRow($"{rows:N0}", FlameGraph.Share(rows, all), Markup.Escape(line.ToString()), Markup.Escape(line.Text));
        }

        terminal.Write($"{profile.Circuit.Name}: {all:N0} rows");
        terminal.WriteTable(table);
        if (profile.Lines.Count > top)
        {
            var (lines, rest) = (profile.Lines.Count - top, profile.Lines.Skip(top).Sum(line => line.Rows));
            terminal.Write($"{lines:N0} more {(lines == 1 ? "line" : "lines")} with {rest:N0} {(rest == 1 ? "row" : "rows")}, {FlameGraph.Share(rest, all)}");
        }
    }

    private static object Describe(CircuitProfile profile) => new
    {
        Rule = profile.Circuit.Name,
        Rows = profile.Circuit.R1cs.ConstraintCount,
        profile.Circuit.Hash,
        Lines = profile.Lines.Select(line => new { line.Line.File, line.Line.Line, line.Rows, Source = line.Line.Text }),
        Stacks = profile.Stacks.Select(stack => new { Frames = stack.Frames.Select(frame => frame.ToString()), stack.Rows }),
    };
}
