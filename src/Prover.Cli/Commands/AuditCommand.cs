using System.CommandLine;
using Prover.Audit;
using Prover.Constraints;
using Prover.Formats;

namespace Prover.Cli;

/// <summary><c>audit FILE</c>: whether the inputs of a circuit determine all its other wires.</summary>
internal static class AuditCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "A .r1cs file, also one from circom, or a compiled circuit or the folder that holds it.");
        var symbols = new Option<string>("--sym") { Description = "circom's .sym, to name wires. Of FILE.r1cs it is FILE.sym if that is there." };
        var witness = new Option<string>("--witness") { Description = "A .wtns that satisfies the circuit: the search for a counterexample starts there." };
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
            Exit code 0 for the first two, 1 for the others. circom's --O2 removes private inputs that occur in linear constraints only, and what
            they determine then looks free: compile with --O1, or make them public.

            Example: prover audit multiplier.r1cs --sym multiplier.sym
            """) { file, symbols, witness, effort };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var (system, names) = Read(path, parsed.GetValue(symbols));
            var start = parsed.GetValue(witness) is { } wtns ? ReadWitness(wtns, system) : null;
            var report = UniquenessAudit.Run(system, start, parsed.GetValue(effort));
            AuditText.Write(terminal, path, system, names, report);
            return report.Verdict is Verdict.Unique or Verdict.OutputsUnique ? ExitCode.Success : ExitCode.NegativeVerdict;
        });
        return command;
    }

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
