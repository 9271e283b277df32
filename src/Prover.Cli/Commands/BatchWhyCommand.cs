using System.CommandLine;
using Prover.Margin;

namespace Prover.Cli;

/// <summary><c>batch why FILE N</c>.</summary>
internal static class BatchWhyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The batch file.");
        var number = Arguments.Index("N", "The transaction's place in the file, from 0.");
        var command = new Command(
            "why",
            $"""
            Say which rule refuses a transaction of a batch, by how much, and what would help; or with how much margin it is accepted.

            The whole batch is executed, so the transaction meets the state that the ones before it left.
            {TraceText.Legend}
            Exit code 0 if it is accepted, 1 if it is refused, 2 if there is no such transaction.
            Example: prover batch why bench/batches/first.json 9
            """)
        {
            file, number,
        };
        command.SetAction(parsed => Explain(terminal, parsed.GetRequiredValue(file), parsed.GetRequiredValue(number)));
        return command;
    }

    private static int Explain(Terminal terminal, string path, int number)
    {
        var batch = BatchFile.Read(path);
        if (number >= batch.Transactions.Length)
        {
            throw new UsageException($"{path} has no transaction {number}: it has {batch.Transactions.Length}, counted from 0.");
        }

        TransitionTrace? found = null;
        BatchExecutor.Execute(batch, trace => found = trace.Verdict.Index == number ? trace : found);
        var verdict = found!.Verdict;
        terminal.WriteReport($"transaction {number}: {verdict.Transaction.Describe()}", TraceJson.Describe(found), Rows(found));
        if (!terminal.Json)
        {
            TraceText.Write(terminal, found);
            terminal.Write(TraceText.Rounding);
        }

        return verdict.Rejection is null ? ExitCode.Success : ExitCode.NegativeVerdict;
    }

    private static IEnumerable<(string Name, string Value)> Rows(TransitionTrace trace)
    {
        if (trace.Verdict.Rejection is not { } rejection)
        {
            yield return ("verdict", TraceText.VerdictOf(trace.Verdict));
            foreach (var change in trace.Accounts)
            {
                yield return ($"account {change.Index} keeps", TraceText.LeftOver(change.After!.Standing));
            }

            yield break;
        }

        yield return ("verdict", "refused");
        yield return ("rule", rejection.Rule);
        yield return ("because", rejection.Detail);
        if (rejection.Measure is { } measure)
        {
            yield return ("had", measure.Show(measure.Have));
            yield return ("needed", $"{(measure.IsTooLittle ? "at least" : "at most")} {measure.Show(measure.Need)}");
            yield return (measure.IsTooLittle ? "missing" : "too much", measure.ShowGap());
        }

        if (Remedy.Of(trace.Verdict) is { } remedy)
        {
            yield return ("remedy", remedy);
        }
    }
}
