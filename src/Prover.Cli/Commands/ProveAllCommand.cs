using System.CommandLine;
using System.Diagnostics;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>prove-all ZKEY WTNS… -o FOLDER [--in-flight N]</c>.</summary>
internal static class ProveAllCommand
{
    public static Command Create(Terminal terminal)
    {
        var key = Arguments.Path("ZKEY", "The proving key.");
        var witnesses = Arguments.Paths("WTNS", "The witnesses, all of the key's circuit.", ArgumentArity.OneOrMore);
        var folder = Arguments.Output("The folder for NAME.proof.json and NAME.public.json of each NAME.wtns.");
        var inFlight = new Option<int?>("--in-flight")
        {
            Description = "How many proofs to make at a time on each device, unless it takes one only. More take more memory. Otherwise what serves the device best.",
        };
        inFlight.RequireRange(1, 64);
        var command = new Command("prove-all",
            """
            Prove many witnesses with one key, for the most proofs per second; 'prove' takes the least time for one.

            The key is loaded once. A witness that cannot be proved is named and does not stop the others; the exit code is then that of the first such.
            Of several GPUs each makes proofs of its own. A proof that a GPU gets wrong is made again on the CPU, and the report counts those. One that is
            lost is no longer used: others make its proofs, or without others they fail with exit code 5, and so does the rest, which is not tried.
            Example: prover prove-all build/margin.zkey night/*.wtns -o night/proofs
            """)
        {
            key, witnesses, folder, inFlight, CommonOptions.Device, CommonOptions.CpuPath, CommonOptions.NoTables,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal,
            parsed.GetRequiredValue(key),
            parsed.GetRequiredValue(witnesses),
            parsed.GetRequiredValue(folder),
            parsed.GetValue(inFlight),
            parsed.GetRequiredValue(CommonOptions.Device),
            CommonOptions.NamedCpuPath(parsed),
            withTables: !parsed.GetValue(CommonOptions.NoTables),
            cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal,
        string keyPath,
        string[] witnessPaths,
        string folder,
        int? inFlight,
        string device,
        CpuPath? cpuPath,
        bool withTables,
        CancellationToken cancellation)
    {
        RequireDifferentNames(witnessPaths);
        Arguments.RequireOutputFolder(folder);
        using var devices = Devices.Open(device, cpuPath, terminal, atMost: witnessPaths.Length, inFlight);
        return Run(terminal, devices, keyPath, witnessPaths, folder, withTables, cancellation);
    }

    /// <summary>Proves on devices that are open, which stay the caller's.</summary>
    internal static int Run(Terminal terminal, DevicePool devices, string keyPath, string[] witnessPaths, string folder, bool withTables, CancellationToken cancellation)
    {
        using var prover = new KeyProver(keyPath, withTables, devices, terminal);
        Directory.CreateDirectory(folder);

        var atATime = Math.Min(devices.Slots, witnessPaths.Length);
        var outcomes = new ProofOutcome[witnessPaths.Length];
        var watch = Stopwatch.StartNew();
        terminal.WithProgress(progress =>
        {
            var (done, gate) = (0, new Lock());
            progress.Report(new StageProgress("prove", 0));
            try
            {
                Parallel.For(0, witnessPaths.Length, new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellation }, (i, loop) =>
                {
                    // Without a device each further witness would fail for the same reason.
                    if (devices.IsExhausted)
                    {
                        loop.Stop();
                        return;
                    }

                    var outcome = outcomes[i] = Prove(prover, witnessPaths[i], folder, cancellation);
                    lock (gate)
                    {
                        done++;
                        terminal.Note($"{done:N0} of {witnessPaths.Length:N0}: {outcome.Witness} {(outcome.Error is null ? $"{outcome.Seconds:0.00} s" : "FAILED")}");
                        progress.Report(new StageProgress("prove", (double)done / witnessPaths.Length));
                    }
                });
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                terminal.Note($"{done:N0} of {witnessPaths.Length:N0} witnesses are done, {outcomes.Count(outcome => outcome is { Error: null }):N0} of them proved");
                throw new OperationCanceledException(cancellation);
            }

            return done;
        });
        var untriedCode = devices.Devices.All(device => device.Failure is DeviceMemoryException) ? ExitCode.OutOfResources : ExitCode.RetryableRemote;
        CompleteAndPrintErrors(terminal, outcomes, witnessPaths, untriedCode, folder);
        Report(terminal, outcomes, prover.Key, devices, atATime, watch.Elapsed.TotalSeconds);
        return outcomes.FirstOrDefault(outcome => outcome.ExitCode != ExitCode.Success)?.ExitCode ?? ExitCode.Success;
    }

    private static void RequireDifferentNames(string[] witnessPaths)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in witnessPaths)
        {
            if (!byName.TryAdd(NameOf(path), path))
                throw new UsageException($"'{byName[NameOf(path)]}' and '{path}' would both become {NameOf(path)}.proof.json.");
        }
    }

    private static string NameOf(string witnessPath) => Path.GetFileNameWithoutExtension(witnessPath);

    private static ProofOutcome Prove(KeyProver prover, string witnessPath, string folder, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var (proof, inputs) = prover.Prove(witnessPath, progress: null, cancellation);
            var name = NameOf(witnessPath);
            ProofFile.Write(Path.Combine(folder, $"{name}.proof.json"), proof, Path.Combine(folder, $"{name}.public.json"), inputs);
            return new(witnessPath, ExitCode.Success, null, watch.Elapsed.TotalSeconds);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && Failures.TryDescribe(failure, out var code, out var message))
        {
            // Of these two the witness is not the cause, so that they do not name it.
            var error = failure is DeviceLostException or DeviceMemoryException ? $"{witnessPath}: not proved: {message}" : message;
            return new(witnessPath, code, error, watch.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Prints all errors, those of the witnesses that were not tried as one, and gives the latter an outcome.</summary>
    private static void CompleteAndPrintErrors(Terminal terminal, ProofOutcome[] outcomes, string[] witnessPaths, int untriedCode, string folder)
    {
        foreach (var error in outcomes.Select(outcome => outcome?.Error).OfType<string>())
        {
            terminal.Error(error);
        }

        var untried = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is null)
            {
                outcomes[i] = new(witnessPaths[i], untriedCode, "not tried, since no device was left", 0);
                untried++;
            }
        }

        if (untried > 0)
            terminal.Error($"{untried:N0} of {outcomes.Length:N0} witnesses were not tried, since no device was left.");
    }

    private static void Report(Terminal terminal, ProofOutcome[] outcomes, ProvingKey key, DevicePool devices, int inFlight, double seconds)
    {
        var proved = outcomes.Count(outcome => outcome.Error is null);
        terminal.WriteReport(
            "proofs",
            new
            {
                proved,
                failed = outcomes.Length - proved,
                seconds,
                proofsPerSecond = proved / seconds,
                inFlight,
                device = DeviceReport.Descriptions(devices),
                devices = devices.Devices.Select(device => new { device.Backend.Name, device.Backend.Description, begun = device.Proofs, failure = device.Failure?.Message }),
                recomputedOnCpu = devices.RecomputedOnCpu,
                insecureKey = key.IsInsecure,
                witnesses = outcomes,
            },
            [
                ("proved", $"{proved:N0} of {outcomes.Length:N0}, each verified"),
                ("time", $"{seconds:0.00} s, {proved / seconds:0.00} proofs a second, {inFlight} at a time"),
                .. DeviceReport.Rows(devices),
                .. DeviceReport.Recomputed(devices.RecomputedOnCpu),
                ("key", KeyReport.Origin(key)),
            ]);
    }

    private sealed record ProofOutcome(string Witness, int ExitCode, string? Error, double Seconds);
}
