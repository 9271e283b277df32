using System.Numerics;
using System.Text.Json;
using Prover.Compiler;
using Prover.Language;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>A rule of circuits/std, run as a user would run it: compiled, given JSON inputs, its rows checked.</summary>
internal sealed class StdRule
{
    private StdRule(CompiledCircuit circuit) => Circuit = circuit;

    public CompiledCircuit Circuit { get; }

    /// <summary>Compiles "name" or "name&lt;1, 2&gt;" of circuits/std/FILE.circuit.</summary>
    public static StdRule Compile(string file, string rule)
    {
        var compilation = CircuitCompiler.Compile(Repository.PathOf("circuits", "std", file + ".circuit"), rule);
        return new(compilation.Circuit ?? throw new InvalidOperationException(DiagnosticRenderer.Render(compilation.Diagnostics)));
    }

    /// <summary>Field values as JSON inputs.</summary>
    public static string[] Text(params IEnumerable<Fr> values) => [.. values.Select(value => value.ToString())];

    /// <summary>A point as JSON input.</summary>
    public static object Point(Fr x, Fr y) => new { x = x.ToString(), y = y.ToString() };

    /// <summary>An integer as JSON input.</summary>
    public static string Text(BigInteger value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the rule accepts the inputs; the witness program and the rows must say the same.</summary>
    public bool Accepts(object inputs)
    {
        var values = InputReader.Read(Circuit, JsonSerializer.Serialize(inputs));
        var isSolved = Circuit.Tape.Solve(values).Assignment is not null;
        Assert.Equal(isSolved, Circuit.R1cs.FindViolation(Circuit.Tape.SolveUnchecked(values)) is null);
        return isSolved;
    }
}
