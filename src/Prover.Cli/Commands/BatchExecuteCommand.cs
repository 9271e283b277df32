using System.CommandLine;
using Prover.Margin;
using Spectre.Console;

namespace Prover.Cli;

/// <summary><c>batch execute FILE</c>.</summary>
internal static class BatchExecuteCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The batch file.");
        var explain = new Option<bool>("--explain") { Description = "Also show the margin of each account that a transaction changes, before and after it, and each position's part of it." };
        var command = new Command(
            "execute",
            $"""
            Execute a batch on exact integers, without circuit or proof, and say of each transaction whether it is accepted, and why not.

            Transactions run in the order of the batch's lanes: oracle tick, deposits, changes of keys, cancels, transfers, liquidations, trades, withdrawals; each
            kind in the order of the file.
            Exit code 0 if all are accepted, 1 if any is refused.

            With --explain, each transaction is followed by the accounts that it changes, in the order in which they run.
            {TraceText.Legend}
            For one transaction only: prover batch why FILE N.
            Example: prover batch execute bench/batches/first.json --explain
            """)
        {
            file, explain,
        };
        command.SetAction(parsed => Execute(terminal, parsed.GetRequiredValue(file), parsed.GetValue(explain)));
        return command;
    }

    private static int Execute(Terminal terminal, string path, bool explain)
    {
        List<TransitionTrace> traces = [];
        var result = BatchExecutor.Execute(BatchFile.Read(path), explain ? traces.Add : null);
        if (terminal.Json)
        {
            terminal.WriteJson(Describe(result, traces, explain));
        }
        else
        {
            WriteTables(terminal, result, traces);
        }

        return result.IsAccepted ? ExitCode.Success : ExitCode.NegativeVerdict;
    }

    private static object Describe(BatchResult result, List<TransitionTrace> traces, bool explain)
    {
        var (accepted, oldRoot, newRoot) = (result.IsAccepted, result.Public.OldRoot.ToString(), result.Public.NewRoot.ToString());
        var transactions = result.Verdicts.Select(verdict => new
        {
            verdict.Index,
            description = verdict.Transaction.Describe(),
            accepted = verdict.Rejection is null,
            rule = verdict.Rejection?.Rule,
            detail = verdict.Rejection?.Detail,
            shortfall = verdict.Shortfall?.ToString(),
        });
        return explain
            ? new { accepted, oldRoot, newRoot, transactions, trace = traces.Select(TraceJson.Describe) }
            : new { accepted, oldRoot, newRoot, transactions };
    }

    private static void WriteTables(Terminal terminal, BatchResult result, List<TransitionTrace> traces)
    {
        foreach (var trace in traces)
        {
            terminal.Write($"transaction {trace.Verdict.Index}: {trace.Verdict.Transaction.Describe()}");
            terminal.Write(TraceText.VerdictOf(trace.Verdict));
            TraceText.Write(terminal, trace);
            terminal.Write("");
        }

        if (traces.Count > 0)
        {
            terminal.Write(TraceText.Rounding);
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("#", "transaction", "verdict");
        foreach (var verdict in result.Verdicts)
        {
            table.AddRow($"{verdict.Index}", Markup.Escape(verdict.Transaction.Describe()), Markup.Escape(TraceText.VerdictOf(verdict)));
        }

        terminal.WriteTable(table);
        terminal.Write($"old root {result.Public.OldRoot}");
        terminal.Write($"new root {result.Public.NewRoot}{(result.IsAccepted ? "" : " (without the refused transactions)")}");
    }
}
