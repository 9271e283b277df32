using System.CommandLine;
using Prover.Backends.Cpu;
using Prover.Formats;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>batch</c> and what it does with files of transactions.</summary>
internal static class BatchCommand
{
    public static Command Create(Terminal terminal) => new("batch", "Execute, explain, scan, sign, prove or generate batches of signed margin transactions; prove an escape.")
    {
        CreateProve(terminal),
        BatchExecuteCommand.Create(terminal),
        BatchWhyCommand.Create(terminal),
        BatchScanCommand.Create(terminal),
        BatchSignCommand.CreateSign(terminal),
        BatchSignCommand.CreateSequencer(terminal),
        BatchEscapeCommand.Create(terminal),
        BatchGenerateCommand.CreateGenerate(terminal),
        BatchGenerateCommand.CreateHistory(terminal),
    };

    private static Command CreateProve(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "The batch file.");
        var output = new Option<string?>("--output", "-o") { Description = "The folder to write to; artifacts/NAME if not given." };
        var witness = new Option<string?>("--wtns") { Description = "Also write the witness there, for other provers." };
        var command = new Command(
            "prove",
            """
            Prove a batch: compile its circuit, make or load a development key, execute, compute the witness, prove, verify.

            Writes proof.json, public.json, verification_key.json and calldata.hex. Compiled circuits and keys are kept in $PROVER_CACHE or the user's
            cache folder, so that later runs are quick. A batch with a refused transaction is not proved: exit code 1 names the transaction and the rule.
            With --sequencers, neither is one that their quorum has not signed.
            Example: prover batch prove bench/batches/first.json
            """)
        {
            file, output, witness, CommonOptions.Sequencers, CommonOptions.Device, CommonOptions.CpuPath, CommonOptions.NoTables,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Prove(
            terminal,
            parsed.GetRequiredValue(file),
            parsed.GetValue(output),
            parsed.GetValue(witness),
            parsed.GetValue(CommonOptions.Sequencers),
            parsed.GetRequiredValue(CommonOptions.Device),
            CommonOptions.NamedCpuPath(parsed),
            parsed.GetValue(CommonOptions.NoTables) ? null : Keys.Tables(terminal),
            cancellation)));
        return command;
    }

    private static int Prove(
        Terminal terminal, string path, string? output, string? witness, string? sequencers, string device, CpuPath? cpuPath, KeyTables? tables, CancellationToken cancellation)
    {
        var folder = output ?? Path.Combine("artifacts", Path.GetFileNameWithoutExtension(path));
        Arguments.RequireOutputFolder(folder);
        if (witness is not null)
        {
            Arguments.RequireOutputs(inputs: [path], witness);
        }

        var batch = BatchFile.Read(path);
        if (sequencers is not null)
        {
            Sequencers.Read(sequencers).Require(batch, batch.OpenLedger().Root, path);
        }

        var pipeline = new BatchPipeline(CircuitsFolder.Find(), CacheFolder.Default, tables);
        using var devices = Devices.Open(device, cpuPath, terminal);
        var proof = terminal.WithProgress(progress => pipeline.Prove(batch, devices, progress, cancellation));
        Directory.CreateDirectory(folder);
        ProofFile.Write(Path.Combine(folder, "proof.json"), proof.Proof, Path.Combine(folder, "public.json"), proof.Result.Public.ToArray());
        VerifyingKeyFile.Write(Path.Combine(folder, "verification_key.json"), proof.VerifyingKey);
        OutputFile.Write(Path.Combine(folder, "calldata.hex"), "0x" + Convert.ToHexStringLower(proof.Submission.ToCalldata()) + "\n");
        if (witness is not null)
        {
            WtnsFile.Write(witness, proof.Witness.Span);
        }

        BatchReport.Write(terminal, folder, proof);
        return ExitCode.Success;
    }
}
