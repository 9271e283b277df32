using System.CommandLine;
using System.Reflection;
using Prover.Backends.Cpu;
using Prover.Bench;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>bench</c> and what it measures beside proofs.</summary>
internal static class BenchCommand
{
    private const int SmallestLogSize = 8;
    private const int LargestLogSize = 22;

    private static readonly Option<string[]> ProfileNames = new Option<string[]>("--profile", "-p")
    {
        Description = "What to prove: dense, a chain of Poseidon hashes whose wires are all full-size; bits, a chain of SHA-256 compressions, from 2^10; margin, a batch of trades, from 2^17.",
        DefaultValueFactory = _ => ["dense"],
        AllowMultipleArgumentsPerToken = true,
    }.RequireOneOf([.. Profiles.Names]);

    private static readonly Option<int[]> Sizes = new Option<int[]>("--size", "-s")
    {
        Description = "log₂ of the domain that the circuit fills, from 8 to 22.",
        DefaultValueFactory = _ => [14, 16],
        AllowMultipleArgumentsPerToken = true,
    }.RequireRange(SmallestLogSize, LargestLogSize);

    private static readonly Option<int> Rounds = new Option<int>("--rounds", "-n") { Description = "How often each prover proves; they take turns.", DefaultValueFactory = _ => 3 }.RequireRange(1, 1000);

    private static readonly Option<string?> Snarkjs = new("--snarkjs")
    {
        Description = "The command of snarkjs, as in \"npx snarkjs\"; otherwise the one that the tests have installed, if they have. 'none' leaves it out.",
    };

    private static readonly Option<bool> NoKernels = new("--no-kernels") { Description = "Leave out the times of single products, additions and butterflies." };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to write the report as JSON, for 'bench plot'." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("bench",
            $"""
            Measure proofs on this machine: every CPU path, and snarkjs on the same key and witness, in turns.

            Of ours, two times are given: the call that proves, self-check included, with the key loaded, and a process of its own from start to end. Each
            prover proves once more before the first round, which is not measured. Keys are made when first needed and kept in $PROVER_CACHE or the user's
            cache folder; at 2^20 that takes a minute. Up to 2^10 the reference backend, plain and slow, takes part too. Where --cpu-path or
            ${CpuPaths.Variable} names a path, only that is measured. The report is written anew after each circuit, so that what was measured stays if the
            rest is stopped.
            Example: prover bench --size 14 16 18 -o bench.json
            """)
        {
            ProfileNames, Sizes, Rounds, Snarkjs, NoKernels, Output, CommonOptions.CpuPath, BenchPlotCommand.Create(terminal), BenchScanCommand.Create(terminal),
            BenchCrashCommand.Create(terminal), BenchGpuCommand.Create(terminal),
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(terminal, parsed, cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.GetValue(Output);
        if (output is not null)
            Arguments.RequireOutputs([], output);

        var circuits = Circuits(terminal, parsed.GetRequiredValue(ProfileNames), parsed.GetRequiredValue(Sizes));
        var options = new BenchOptions(
            CacheFolder.Default.MakeFolder("bench"),
            parsed.GetRequiredValue(Rounds),
            Paths(CommonOptions.NamedCpuPath(parsed)),
            OwnCommand(),
            FindSnarkjs(terminal, parsed.GetValue(Snarkjs), cancellation));
        new BenchRun(terminal, options, Words(parsed), output).Execute(circuits, withKernels: !parsed.GetValue(NoKernels), cancellation);
        return ExitCode.Success;
    }

    /// <summary>The path that is named here or by the environment, otherwise all that this machine can take.</summary>
    private static CpuPath[] Paths(CpuPath? named)
    {
        if (named is { } path && !CpuPaths.IsSupported(path))
            throw new UsageException($"This machine cannot take the CPU path '{path}'.".ToLowerInvariant());
        if (named is null && CpuPaths.IsNamedByEnvironment)
            named = CpuPaths.Choose();
        return named is { } only ? [only] : [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported).OrderDescending()];
    }

    /// <summary>Every profile at every size that is large enough for it.</summary>
    private static List<(string Profile, int Size)> Circuits(Terminal terminal, string[] profiles, int[] sizes)
    {
        var circuits = new List<(string, int)>();
        foreach (var profile in profiles.Distinct())
        {
            var smallest = Profiles.SmallestLogSize(profile);
            circuits.AddRange(sizes.Distinct().Order().Where(size => size >= smallest).Select(size => (profile, size)));
            if (sizes.Any(size => size < smallest))
                terminal.Note($"{profile} is left out below 2^{smallest}, where its circuit does not fit");
        }

        return circuits.Count > 0
            ? circuits
            : throw new UsageException($"--profile {profiles[0]} takes sizes from {Profiles.SmallestLogSize(profiles[0])}, got {sizes.Max()}.");
    }

    /// <summary>The command that repeats the run on this machine.</summary>
    private static string Words(ParseResult parsed)
    {
        string[] words =
        [
            $"prover bench --profile {string.Join(' ', parsed.GetRequiredValue(ProfileNames))} --size {string.Join(' ', parsed.GetRequiredValue(Sizes))}",
            $" --rounds {parsed.GetRequiredValue(Rounds)}",
            parsed.GetValue(CommonOptions.CpuPath) is { } path ? $" --cpu-path {path}" : CpuPaths.IsNamedByEnvironment ? $" --cpu-path {CpuPaths.Choose()}".ToLowerInvariant() : "",
            parsed.GetValue(Snarkjs) is { } snarkjs ? $" --snarkjs {(snarkjs.Contains(' ', StringComparison.Ordinal) ? $"\"{snarkjs}\"" : snarkjs)}" : "",
            parsed.GetValue(NoKernels) ? " --no-kernels" : "",
        ];
        return string.Concat(words);
    }

    /// <summary>How this very program was started, so that it can be started again; null inside other programs, as in tests.</summary>
    private static string[]? OwnCommand()
    {
        var assembly = typeof(BenchCommand).Assembly.Location;
        if (Environment.ProcessPath is not { } process || Assembly.GetEntryAssembly() != typeof(BenchCommand).Assembly)
            return null;

        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, assembly] : [process];
    }

    private static SnarkjsCommand? FindSnarkjs(Terminal terminal, string? named, CancellationToken cancellation)
    {
        if (named == "none")
            return null;

        var installed = Path.GetFullPath("tests/npm/node_modules/.bin/snarkjs");
        if (named is null && !File.Exists(installed))
        {
            terminal.Note("snarkjs is left out: it is not in tests/npm/node_modules (npm ci --prefix tests/npm), and --snarkjs names none.");
            return null;
        }

        try
        {
            return SnarkjsCommand.Find(named ?? installed, cancellation);
        }
        catch (ProcessFailedException failure)
        {
            throw new UsageException($"--snarkjs: {failure.Message}", failure);
        }
    }
}
