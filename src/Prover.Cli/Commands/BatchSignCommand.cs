using System.CommandLine;
using Prover.Formats;
using Prover.Margin;

namespace Prover.Cli;

/// <summary><c>batch sign FILE</c> and <c>batch sequencer KEY</c>.</summary>
internal static class BatchSignCommand
{
    public static Command CreateSign(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The batch file.");
        var keys = new Option<string[]>("--key") { Description = "The file of a sequencer's secret key; may be given several times.", Required = true };
        var output = new Option<string?>("--output", "-o") { Description = "Where to write the signed batch; the batch file itself if not given." };
        var command = new Command(
            "sign",
            """
            Sign the order of a batch's transactions as a sequencer.

            The signature is over the deployment's domain, the batch's number, the root that it starts from and the hash of all that it asks for. Signatures that
            others gave to the same order stay; those of another order are dropped.
            Example: prover batch sign batch.json --key sequencer-0.key
            """)
        {
            file, keys, output,
        };
        command.SetAction(parsed => Sign(terminal, parsed.GetRequiredValue(file), parsed.GetRequiredValue(keys), parsed.GetValue(output)));
        return command;
    }

    public static Command CreateSequencer(Terminal terminal)
    {
        var file = Arguments.Path("KEY", "The file of the secret key.");
        var command = new Command(
            "sequencer",
            """
            Print the public key of a sequencer's secret one, which is made if there is no such file.

            Public keys are registered in a file {"format": "margin-sequencers/1", "keys": [{"x": …, "y": …}, …]} of 3f + 1 of them, which --sequencers names.
            Example: prover batch sequencer sequencer-0.key --json
            """)
        {
            file,
        };
        command.SetAction(parsed => Show(terminal, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Sign(Terminal terminal, string path, string[] keys, string? output)
    {
        var target = output ?? path;
        Arguments.RequireOutputs(output is null ? [] : [path], target);
        var batch = BatchFile.Read(path);
        var (root, before) = (batch.OpenLedger().Root, batch.Quorum);
        foreach (var key in keys)
        {
            batch = SecretKeyFile.Read(key).SignOrder(batch, root);
        }

        var quorum = batch.Quorum!;
        if (before is not null && before.Hash != quorum.Hash)
        {
            terminal.Note($"{before.Signatures.Length} signatures of another order are dropped");
        }

        OutputFile.Write(target, BatchFile.ToJson(batch));
        terminal.WriteReport(
            target,
            new { file = target, batch = batch.Number, oldRoot = root.ToString(), hash = quorum.Hash, signatures = quorum.Signatures.Length },
            [("batch", $"{batch.Number}"), ("old root", $"{root}"), ("hash", quorum.Hash), ("signatures", $"{quorum.Signatures.Length}")]);
        return ExitCode.Success;
    }

    private static int Show(Terminal terminal, string path)
    {
        if (!File.Exists(path))
        {
            SecretKeyFile.Make(path);
            terminal.Note($"{path}: a new secret key; keep it to yourself");
        }

        var key = SecretKeyFile.Read(path).PublicKey;
        terminal.WriteReport(path, new { x = key.X.ToString(), y = key.Y.ToString() }, [("x", $"{key.X}"), ("y", $"{key.Y}")]);
        return ExitCode.Success;
    }
}
