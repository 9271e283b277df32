using System.CommandLine;
using Prover.Backends.Cpu;
using Prover.Formats;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>prove ZKEY WTNS PROOF.json PUBLIC.json [--device D]</c>.</summary>
internal static class ProveCommand
{
    public static Command Create(Terminal terminal)
    {
        var key = Arguments.Path("ZKEY", "The proving key.");
        var witness = Arguments.Path("WTNS", "The witness, from 'prover witness' or circom.");
        var proof = Arguments.Path("PROOF.json", "Where to write the proof.");
        var inputs = Arguments.Path("PUBLIC.json", "Where to write the public inputs.");
        var command = new Command("prove",
            """
            Prove a witness.

            The proof is verified before it is written; each run gives a different, equally valid proof. One that a GPU gets wrong is made again on the CPU,
            with a warning; if the GPU is lost, the exit code is 5.
            Example: prover prove build/margin.zkey account.wtns proof.json public.json --device cpu
            """)
        {
            key, witness, proof, inputs, CommonOptions.Device, CommonOptions.CpuPath, CommonOptions.NoTables,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal,
            parsed.GetRequiredValue(key),
            parsed.GetRequiredValue(witness),
            parsed.GetRequiredValue(proof),
            parsed.GetRequiredValue(inputs),
            parsed.GetRequiredValue(CommonOptions.Device),
            CommonOptions.NamedCpuPath(parsed),
            withTables: !parsed.GetValue(CommonOptions.NoTables),
            cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal,
        string keyPath,
        string witnessPath,
        string proofPath,
        string inputsPath,
        string device,
        CpuPath? cpuPath,
        bool withTables,
        CancellationToken cancellation)
    {
        Arguments.RequireOutputs(inputs: [keyPath, witnessPath], proofPath, inputsPath);
        using var devices = Devices.Open(device, cpuPath, terminal);
        return Run(terminal, devices, keyPath, witnessPath, proofPath, inputsPath, withTables, cancellation);
    }

    /// <summary>Proves on devices that are open, which stay the caller's.</summary>
    internal static int Run(
        Terminal terminal, DevicePool devices, string keyPath, string witnessPath, string proofPath, string inputsPath, bool withTables, CancellationToken cancellation)
    {
        using var prover = new KeyProver(keyPath, withTables, devices, terminal);
        var key = prover.Key;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var (proof, inputs) = terminal.WithProgress(progress =>
        {
            var made = prover.Prove(witnessPath, new Groth16Stage("prove", progress), cancellation);
            progress.Report(new StageProgress("prove", 1));
            return made;
        });
        ProofFile.Write(proofPath, proof, inputsPath, inputs);
        terminal.WriteReport(
            proofPath,
            new
            {
                proof = proofPath,
                publicInputs = inputsPath,
                device = devices.Names,
                recomputedOnCpu = devices.RecomputedOnCpu,
                seconds = watch.Elapsed.TotalSeconds,
                insecureKey = key.IsInsecure,
            },
            [
                ("proof", $"{proofPath} (256 bytes, verified)"),
                ("public inputs", $"{inputsPath} ({key.PublicCount:N0})"),
                ("device", DeviceReport.Descriptions(devices)),
                .. DeviceReport.Recomputed(devices.RecomputedOnCpu),
                ("time", $"{watch.Elapsed.TotalSeconds:0.00} s"),
                ("key", KeyReport.Origin(key)),
            ]);
        return ExitCode.Success;
    }
}
