using Prover.Audit;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Whether the rows that were emitted are proved to let the inputs determine every wire, knowing the rows only.</summary>
/// <remarks>
/// Gadgets force their outputs, so no program should fail; but a fault in a gadget, in the elimination of linear rows or in the placing of
/// calls would let a prover choose. The audit is told nothing of any of these. It runs beside the emission of the tape.
/// </remarks>
internal sealed class UniquenessCheck
{
    /// <summary>The code of the diagnostic.</summary>
    public const string Code = "R0601";

    private Task<AuditReport>? _audit;

    /// <summary>Begins to audit rows.</summary>
    public void Begin(R1cs rows) => _audit = Task.Run(() => UniquenessAudit.Run(rows, effort: 0));

    /// <summary>What is wrong with the circuit whose rows were given, or null if every wire is proved.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="place">The name of its rule.</param>
    public Diagnostic? Finish(CompiledCircuit circuit, SourceSpan place)
    {
        var report = (_audit ?? throw new InvalidOperationException("No audit was begun.")).GetAwaiter().GetResult();
        return report.Unproved is [var first, ..] ? Describe(circuit, place, report.Unproved.Count, first) : null;
    }

    private static Diagnostic Describe(CompiledCircuit circuit, SourceSpan place, int count, UnprovedWire first)
    {
        var row = first.Row < 0 ? "no row mentions it" : $"see row {first.Row} from {circuit.SourceOf(new ConstraintId(first.Row))}";
        return new(
            Code,
            $"the inputs of {circuit.Name} are not proved to determine {count:N0} of its wires, the first of them wire {first.Wire}: {row}",
            new(place, "compiled, but not safe to use"),
            [],
            "nothing is wrong with the program: either a gadget or the proof falls short, so please report it; narrower ranges may help");
    }
}
