using System.CommandLine;
using System.Reflection;
using Prover.Backends.Cpu;
using Prover.Bench;
using Prover.Pipeline;
using Spectre.Console;

namespace Prover.Cli;

/// <summary><c>bench</c> and <c>bench plot</c>.</summary>
internal static class BenchCommand
{
    private const int SmallestLogSize = 8;
    private const int LargestLogSize = 22;

    public static Command Create(Terminal terminal)
    {
        var profiles = new Option<string[]>("--profile", "-p")
        {
            Description = "What to prove: dense, a chain of Poseidon hashes whose wires are all full-size; bits, a chain of SHA-256 compressions; margin, a batch of trades.",
            DefaultValueFactory = _ => ["dense"],
            AllowMultipleArgumentsPerToken = true,
        };
        profiles.AcceptOnlyFromAmong([.. Profiles.Names]);
        var sizes = new Option<int[]>("--size", "-s")
        {
            Description = "log₂ of the domain that the circuit fills, from 8 to 22.",
            DefaultValueFactory = _ => [14, 16],
            AllowMultipleArgumentsPerToken = true,
        };
        sizes.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, out var size) && size is < SmallestLogSize or > LargestLogSize))
                result.AddError($"--size takes numbers from {SmallestLogSize} to {LargestLogSize}.");
        });
        var rounds = new Option<int>("--rounds", "-n") { Description = "How often each prover proves; they take turns.", DefaultValueFactory = _ => 3 };
        rounds.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, out var count) && count is < 1 or > 1000))
                result.AddError("--rounds takes a number from 1 to 1000.");
        });
        var snarkjs = new Option<string>("--snarkjs")
        {
            Description = "The command of snarkjs, such as \"npx snarkjs\"; otherwise the one that the tests have installed, if they have. 'none' leaves it out.",
        };
        var kernels = new Option<bool>("--no-kernels") { Description = "Leave out the times of single products, additions and butterflies." };
        var output = new Option<string>("--output", "-o") { Description = "Where to write the report as JSON, for 'bench plot'." };
        var command = new Command("bench",
            """
            Measure proofs on this machine: every CPU path, and snarkjs on the same key and witness, in turns.

            Each prover makes one proof that is not measured. Of ours, two times are given: the call that proves, self-check included, with the key loaded, and a process of its own from start to end. Keys
            are made when first needed and kept in $PROVER_CACHE or the user's cache folder; at 2^20 that takes a minute. Up to 2^10 the reference backend,
            plain and slow, takes part too. The report is written anew after each circuit, so that what was measured stays if the rest is stopped.
            Example: prover bench --size 14 16 18 -o bench.json
            """)
        {
            profiles, sizes, rounds, snarkjs, kernels, output, CommonOptions.CpuPath, BenchPlotCommand.Create(terminal),
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal,
            parsed.GetRequiredValue(profiles),
            parsed.GetRequiredValue(sizes),
            parsed.GetRequiredValue(rounds),
            Snarkjs(terminal, parsed.GetValue(snarkjs)),
            !parsed.GetValue(kernels),
            parsed.GetValue(output),
            CommonOptions.NamedCpuPath(parsed),
            cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, string[] profiles, int[] sizes, int rounds, string[]? snarkjs, bool withKernels, string? output, CpuPath? path, CancellationToken cancellation)
    {
        if (output is not null)
            Arguments.RequireOutputs([], output);

        CpuPath[] paths = path is { } only ? [only] : [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported).OrderDescending()];
        if (!paths.All(CpuPaths.IsSupported))
            throw new UsageException($"This machine cannot take the CPU path '{path}'.".ToLowerInvariant());

        var runs = Runs(terminal, profiles, sizes);
        var began = DateTimeOffset.UtcNow;
        var options = new BenchOptions(CacheFolder.Default.PathOf("bench"), rounds, paths, OwnCommand(), snarkjs);
        var bench = new ProofBench(options, terminal.Note);
        var kernels = new List<KernelTimes>();
        var proofs = new List<ProofTimes>();
        var report = new BenchReport(
            BenchMachine.Describe(), $"{began:yyyy-MM-ddTHH:mm:ssZ}", Version, Words(profiles, sizes, rounds), kernels, proofs);
        foreach (var (profile, size) in runs)
        {
            terminal.Note($"{profile}, 2^{size}: circuit");
            proofs.AddRange(bench.Run(Profiles.Build(profile, size, CacheFolder.Default), cancellation));
            Save();
        }

        foreach (var kernelPath in withKernels ? paths : [])
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Note($"kernels, {kernelPath}".ToLowerInvariant());
            kernels.Add(new KernelBench(cancellation).Run(kernelPath));
            Save();
        }

        if (terminal.Json)
            terminal.WriteJson(report);
        else
            BenchTables.Write(terminal, report);

        return ExitCode.Success;

        void Save()
        {
            if (output is not null)
                BenchReportFile.Write(output, report);
        }
    }

    /// <summary>Every profile at every size that is large enough for it.</summary>
    private static List<(string Profile, int Size)> Runs(Terminal terminal, string[] profiles, int[] sizes)
    {
        var runs = new List<(string, int)>();
        foreach (var profile in profiles.Distinct())
        {
            var smallest = Profiles.SmallestLogSize(profile);
            runs.AddRange(sizes.Distinct().Order().Where(size => size >= smallest).Select(size => (profile, size)));
            if (sizes.Any(size => size < smallest))
                terminal.Note($"{profile} is left out below 2^{smallest}, where its circuit does not fit");
        }

        return runs.Count > 0 ? runs : throw new UsageException($"--profile {profiles[0]} takes sizes from {Profiles.SmallestLogSize(profiles[0])}, got {sizes.Max()}.");
    }

    /// <summary>The program's version and the commit that it was built from.</summary>
    private static string Version => typeof(BenchCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static string Words(string[] profiles, int[] sizes, int rounds) =>
        $"prover bench --profile {string.Join(' ', profiles)} --size {string.Join(' ', sizes)} --rounds {rounds}";

    /// <summary>How this very program was started, so that it can be started again; null inside other programs, as in tests.</summary>
    private static string[]? OwnCommand()
    {
        var assembly = typeof(BenchCommand).Assembly.Location;
        if (Environment.ProcessPath is not { } process || Assembly.GetEntryAssembly() != typeof(BenchCommand).Assembly)
            return null;

        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, assembly] : [process];
    }

    private static string[]? Snarkjs(Terminal terminal, string? named)
    {
        if (named == "none")
            return null;

        if (named is not null)
            return named.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var installed = Path.GetFullPath("tests/npm/node_modules/.bin/snarkjs");
        if (File.Exists(installed))
            return [installed];

        terminal.Note("snarkjs is left out: it is not in tests/npm/node_modules (npm ci --prefix tests/npm), and --snarkjs names none.");
        return null;
    }
}
