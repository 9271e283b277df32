using Prover.Bench;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>What the tables of all benchmarks have in common.</summary>
internal static class BenchTable
{
    /// <summary>An empty table with such columns.</summary>
    public static Table New(params IEnumerable<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        return table;
    }

    /// <summary>The stages of proofs, a row for each that has any, a column for each stage.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="rows">What was proved on what, and its stages.</param>
    /// <param name="text">How milliseconds are written.</param>
    public static void WriteStages(Terminal terminal, IEnumerable<(string Title, IReadOnlyList<StageTime> Stages)> rows, Func<double, string> text)
    {
        (string Title, IReadOnlyList<StageTime> Stages)[] staged = [.. rows.Where(row => row.Stages.Count > 0)];
        string[] names = [.. staged.SelectMany(row => row.Stages).Select(stage => stage.Name).Distinct()];
        if (names.Length == 0)
            return;

        var table = New(["stages alone, ms", .. names]);
        foreach (var (title, stages) in staged)
        {
            table.AddRow([title, .. names.Select(name => stages.FirstOrDefault(stage => stage.Name == name) is { } stage ? text(1000 * stage.Seconds) : "")]);
        }

        terminal.WriteTable(table);
    }
}
