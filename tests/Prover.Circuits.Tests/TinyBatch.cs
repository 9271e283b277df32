using System.Collections.Concurrent;
using Prover.Compiler;
using Prover.Constraints;
using Prover.Language;
using Prover.Margin;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>
/// Batch circuits at 16 accounts with two positions and 4 order slots each, two markets and one lane of each kind, in some shapes so that none is large.
/// Each is compiled once for all tests.
/// </summary>
internal static class TinyBatch
{
    private static readonly ConcurrentDictionary<string, Lazy<CompiledCircuit>> Compiled = new();

    public static BatchShape Shape { get; } = new(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 1, Trades: 1, Withdrawals: 1);

    public static BatchShape Housekeeping { get; } = Shape with { Deposits = 0, Trades = 0, Withdrawals = 0, Keys = 1, Cancels = 1, Transfers = 1 };

    public static BatchShape Liquidating { get; } = Shape with { Deposits = 0, Trades = 0, Withdrawals = 0, Liquidations = 1 };

    public static BatchShape TakingOver { get; } = Liquidating with { Liquidations = 0, Updates = 1, Sweeps = 1, TakeOvers = 1 };

    public static BatchShape Deleveraging { get; } = Liquidating with { Liquidations = 0, Deleverages = 1 };

    public static BatchShape Forced { get; } = Liquidating with { Liquidations = 0, Closes = 1, Exits = 1 };

    public static BatchShape Locking { get; } = Liquidating with { Liquidations = 0, Locks = 1 };

    public static BatchShape Unlocking { get; } = Liquidating with { Liquidations = 0, Unlocks = 1 };

    /// <summary>One of them with two scenarios.</summary>
    public static BatchShape WithScenarios(BatchShape shape) => shape with { Scenarios = 2 };

    public static CompiledCircuit Circuit => CircuitOf(Shape);

    public static CompiledCircuit CircuitOf(BatchShape shape) =>
        Compiled.GetOrAdd(shape.RuleName, _ => new(() => Compile(Repository.PathOf("circuits"), "batch", shape.RuleName))).Value;

    /// <summary>Compiles a rule of a file of the rollup.</summary>
    /// <param name="circuits">The circuits folder or a copy of it.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="rule">The instance.</param>
    public static CompiledCircuit Compile(string circuits, string name, string rule)
    {
        var compilation = CircuitCompiler.Compile(Path.Combine(circuits, "rollup", name + ".circuit"), rule);
        return compilation.Circuit ?? throw new InvalidOperationException(DiagnosticRenderer.Render(compilation.Diagnostics));
    }

    /// <summary>The same without the proof that the rows determine every wire, where only what a circuit with a fault accepts counts.</summary>
    /// <inheritdoc cref="Compile"/>
    public static CompiledCircuit CompileUnaudited(string circuits, string name, string rule)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(Path.Combine(circuits, "rollup", name + ".circuit"), diagnostics);
        var (declaration, generics) = RuleName.Select(program, rule, diagnostics) ?? throw new InvalidOperationException(DiagnosticRenderer.Render(diagnostics));
        var builder = new CircuitBuilder();
        new Elaborator(program, builder, rule).ElaborateRule(declaration, generics);
        return builder.Build(rule);
    }

    /// <summary>Compiles a shape from a copy of the circuits folder with one file changed, without that proof.</summary>
    /// <inheritdoc cref="CopyEdited"/>
    public static CompiledCircuit CompileEdited(BatchShape shape, string folder, string file, Func<string, string> edit)
    {
        CopyEdited(folder, file, edit);
        return CompileUnaudited(folder, "batch", shape.RuleName);
    }

    /// <summary>Copies the circuits folder with one file changed.</summary>
    /// <param name="folder">Where to copy to; its files are replaced.</param>
    /// <param name="file">The file below circuits/.</param>
    /// <param name="edit">What becomes of its text.</param>
    public static void CopyEdited(string folder, string file, Func<string, string> edit)
    {
        foreach (var source in Directory.EnumerateFiles(Repository.PathOf("circuits"), "*.circuit", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Repository.PathOf("circuits"), source);
            var copy = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = File.ReadAllText(source);
            File.WriteAllText(copy, name == file ? edit(text) : text);
        }
    }

    /// <summary>The inputs of a batch, its refused transactions carried out all the same.</summary>
    public static CircuitInputs Inputs(Batch batch) => BatchExecutor.Execute(batch, enforce: false).Inputs;

    /// <summary>What the circuit says about inputs: null, or what its first failing requirement says. The rows must agree.</summary>
    public static string? Refusal(CircuitInputs inputs) => Refusal(Circuit, inputs);

    /// <inheritdoc cref="Refusal(CircuitInputs)"/>
    public static string? Refusal(CompiledCircuit circuit, CircuitInputs inputs)
    {
        var values = inputs.InOrder(circuit);
        var result = circuit.Tape.Solve(values);
        var violation = circuit.R1cs.FindViolation(result.Assignment ?? circuit.Tape.SolveUnchecked(values));
        Assert.True(
            (result.Failure is null) == (violation is null),
            $"tape: {result.Failure?.ToString() ?? "satisfied"}; rows: {(violation is null ? "satisfied" : circuit.Describe(violation))}");
        return result.Failure?.Message;
    }
}
