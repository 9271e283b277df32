using System.CommandLine;
using Prover.Audit;
using Prover.Constraints;
using Prover.Formats;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>audit FILE…</c>: whether the inputs of a circuit determine all its other wires.</summary>
internal static class AuditCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = Arguments.Paths("FILE", "A .r1cs file, also one from circom, a compiled circuit, or a folder that holds one of these or several .r1cs files.", ArgumentArity.OneOrMore);
        var symbols = new Option<string>("--sym") { Description = "circom's .sym, to name the wires of a single file. Of FILE.r1cs it is FILE.sym if that is there." };
        var witness = new Option<string>("--witness") { Description = "A .wtns that satisfies the circuit, for a single file: the search for a counterexample starts there." };
        var effort = new Option<long>("--effort")
        {
            Description = "How many terms the search for a counterexample may look at; 0 leaves it out.",
            DefaultValueFactory = _ => UniquenessAudit.DefaultEffort,
        };
        effort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0)
            {
                result.AddError("--effort cannot be negative");
            }
        });
        var command = new Command("audit",
            """
            Prove that the inputs of a circuit determine every other wire, or find two witnesses that differ.

            A wire that the rows leave open lets a prover choose it. The verdict is one of:
              unique          every wire is proved to follow from the inputs
              outputs-unique  every output is, but not every inner wire
              not unique      there are two witnesses with the same inputs; the wires in which they differ are listed
              unproved        neither was found; the wires that are left are listed
            Exit code 0 for the first two, 1 for the others. Of several files the verdicts are listed. circom's --O2 removes private inputs that occur in linear constraints only, and what
            they determine then looks free: compile with --O1, or make them public.

            Example: prover audit multiplier.r1cs --sym multiplier.sym
            Example: prover audit circuits/*.r1cs
            """) { files, symbols, witness, effort };
        command.SetAction((parsed, cancellation) =>
        {
            string[] paths = [.. parsed.GetRequiredValue(files).SelectMany(FilesOf)];
            return Task.FromResult(paths is [var path]
                ? RunOne(terminal, path, parsed.GetValue(symbols), parsed.GetValue(witness), parsed.GetValue(effort))
                : parsed.GetValue(symbols) is not null || parsed.GetValue(witness) is not null
                    ? throw new UsageException("--sym and --witness belong to a single file.")
                    : RunAll(terminal, paths, parsed.GetValue(effort), cancellation));
        });
        return command;
    }

    /// <summary>The .r1cs files of a folder without compiled circuits, otherwise what was named.</summary>
    private static IEnumerable<string> FilesOf(string path)
    {
        string[] systems = Directory.Exists(path) && Directory.GetFiles(path, "*" + CompiledCircuits.Extension).Length == 0
            ? [.. Directory.GetFiles(path, "*.r1cs").Order(StringComparer.Ordinal)]
            : [];
        return systems.Length > 0 ? systems : [path];
    }

    private static int RunOne(Terminal terminal, string path, string? symbols, string? witness, long effort)
    {
        var (system, names) = Read(path, symbols);
        var start = witness is null ? null : ReadWitness(witness, system);
        var report = UniquenessAudit.Run(system, start, effort);
        AuditText.Write(terminal, path, system, names, report);
        return CodeOf(report);
    }

    private static int RunAll(Terminal terminal, string[] paths, long effort, CancellationToken cancellation)
    {
        var audits = terminal.WithProgress(progress =>
        {
            List<(string Path, R1cs System, AuditReport Report)> done = [];
            foreach (var path in paths)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new StageProgress("audit", (double)done.Count / paths.Length, path));
                var (system, _) = Read(path, symbols: null);
                done.Add((path, system, UniquenessAudit.Run(system, effort: effort)));
            }

            progress.Report(new StageProgress("audit", 1, $"{paths.Length:N0} files"));
            return done;
        });
        AuditTable.Write(terminal, audits);
        return audits.Max(audit => CodeOf(audit.Report));
    }

    private static int CodeOf(AuditReport report) => report.Verdict is Verdict.Unique or Verdict.OutputsUnique ? ExitCode.Success : ExitCode.NegativeVerdict;

    private static (R1cs System, IReadOnlyDictionary<int, string> Names) Read(string path, string? symbols)
    {
        if (Directory.Exists(path) || FileKinds.Recognise(path) == FileKind.CompiledCircuit)
        {
            var circuit = CompiledCircuits.Read(path);
            var inputs = circuit.Inputs.Select((input, i) => (Wire: i + 1, input.Name)).ToDictionary(entry => entry.Wire, entry => entry.Name);
            return (circuit.R1cs, symbols is null ? inputs : SymFile.Read(symbols));
        }

        var system = R1csFile.Read(path);
        var beside = Path.ChangeExtension(path, ".sym");
        symbols ??= File.Exists(beside) ? beside : null;
        return (system, symbols is null ? new Dictionary<int, string>() : SymFile.Read(symbols));
    }

    private static Fr[] ReadWitness(string path, R1cs system)
    {
        var witness = WtnsFile.Read(path);
        if (witness.Length != system.WireCount)
        {
            throw new MismatchException($"{path}: {witness.Length:N0} values, the circuit has {system.WireCount:N0} wires.");
        }

        return system.FindViolation(witness) is { } violation
            ? throw new InvalidDataException($"{path}: the witness does not satisfy the circuit: {violation}.")
            : witness;
    }
}
