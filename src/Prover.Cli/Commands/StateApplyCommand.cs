using System.CommandLine;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Store;

namespace Prover.Cli;

/// <summary><c>state apply FILE.db BATCH.json …</c>.</summary>
internal static class StateApplyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = StateCommand.FileArgument();
        var batches = Arguments.Paths("BATCH.json", "The batches, in the order of their numbers.", ArgumentArity.OneOrMore);
        var command = new Command(
            "apply",
            """
            Execute batches and keep what they change, each on the disk before it is reported.

            A batch must have the next number, a time that is not before that of the last one, and start from the state that is kept. One with a refused
            transaction changes nothing and ends the command with exit code 1; one that does not follow ends it with 4. Batches before it stay applied.
            With --sequencers, each batch must be signed by the quorum of those who are registered there ('prover batch sign').
            Example: prover state apply rollup.db bench/batches/first.json
            """)
        {
            file, batches, CommonOptions.Sequencers,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Apply(
            terminal, parsed.GetRequiredValue(file), parsed.GetRequiredValue(batches), parsed.GetValue(CommonOptions.Sequencers), cancellation)));
        return command;
    }

    private static int Apply(Terminal terminal, string path, string[] batches, string? sequencers, CancellationToken cancellation)
    {
        var registered = sequencers is null ? null : Sequencers.Read(sequencers);
        using var store = StateStore.Open(path);
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = store.Apply(BatchFile.Read(batch), batch, registered);
            if (!result.IsAccepted)
            {
                throw new RefusedBatchException($"{batch}: {new RefusedBatchException(result.Verdicts).Message}");
            }

            if (!terminal.Json)
            {
                terminal.Write($"batch {store.Head.Number} root {store.Head.Root}");
            }
        }

        if (terminal.Json)
        {
            terminal.WriteJson(new { applied = batches.Length, batch = store.Head.Number, root = store.Head.Root.ToString() });
        }

        return ExitCode.Success;
    }
}
