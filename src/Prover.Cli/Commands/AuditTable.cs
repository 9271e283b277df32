using Prover.Audit;
using Prover.Constraints;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>What audits of several files found: a line for each.</summary>
internal static class AuditTable
{
    public static void Write(Terminal terminal, IReadOnlyList<(string Path, R1cs System, AuditReport Report)> audits)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(audits.Select(audit => new
            {
                path = audit.Path,
                verdict = AuditText.NameOf(audit.Report.Verdict),
                constraints = audit.System.ConstraintCount,
                wires = audit.System.WireCount,
                unproved = audit.Report.Unproved.Count,
                pair = audit.Report.Pair is not null,
            }));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("file", "verdict").AddColumn(Right("rows")).AddColumn(Right("wires")).AddColumn(Right("not proved")).AddColumn("two witnesses");
        foreach (var (path, system, report) in audits)
        {
            table.AddRow(
                Markup.Escape(path),
                AuditText.NameOf(report.Verdict),
                $"{system.ConstraintCount:N0}",
                $"{system.WireCount:N0}",
                report.Unproved.Count == 0 ? "" : $"{report.Unproved.Count:N0}",
                report.Pair is not { } pair ? "" : pair.DiffersInOutput ? "an output differs" : "inner wires differ");
        }

        terminal.WriteTable(table);
        foreach (var group in audits.CountBy(audit => audit.Report.Verdict).OrderBy(group => group.Key))
        {
            terminal.Write($"{AuditText.NameOf(group.Key)}: {group.Value:N0}");
        }
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();
}
