using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>
/// A circuit around one gadget: private inputs x₀, x₁ …, and public wires that must equal the gadget's outputs, so that a wrong output that
/// the constraints accept is a forged public input.
/// </summary>
public sealed class GadgetCircuit
{
    private readonly CompiledCircuit _circuit;
    private readonly int _outputCount;

    /// <param name="inputs">The ranges of the inputs; null for a field element.</param>
    /// <param name="gadget">Builds the outputs from the inputs.</param>
    /// <param name="isApart">Whether outputs are required in rows that none of the gadget's can be merged with, so that these can be counted.</param>
    public GadgetCircuit(Interval?[] inputs, Func<CircuitBuilder, Signal[], Signal[]> gadget, bool isApart = false)
    {
        var builder = new CircuitBuilder();
        Signal[] signals = [.. inputs.Select((range, i) => range is { } interval
            ? Unchecked(builder, $"x{i}", interval)
            : builder.Input($"x{i}", false, null))];
        var outputs = gadget(builder, signals);
        _outputCount = outputs.Length;
        var guard = isApart ? Unchecked(builder, "apart", Interval.Bit) : builder.True;
        for (var i = 0; i < outputs.Length; i++)
        {
            builder.Require(builder.Equal(outputs[i], builder.Input($"out{i}", true, null)), guard, Info($"output {i}"));
        }

        _circuit = builder.Build("gadget");
    }

    public CompiledCircuit Circuit => _circuit;

    /// <summary>Rows of the gadget alone, if it is set apart.</summary>
    public int Cost => _circuit.R1cs.ConstraintCount - _outputCount;

    public static Requirement Info(string message) => new(message, [], default, "test");

    /// <summary>Whether the tape and the constraints accept these outputs for these inputs; fails the test if the two disagree.</summary>
    public bool Accepts(BigInteger[] inputs, params BigInteger[] outputs)
    {
        var result = Solve(inputs, outputs);
        if (result.Assignment is { } assignment)
        {
            var violation = _circuit.R1cs.FindViolation(assignment);
            Assert.True(violation is null, violation is null ? "" : _circuit.Describe(violation));
        }

        return result.Assignment is not null;
    }

    public WitnessResult Solve(BigInteger[] inputs, params BigInteger[] outputs) =>
        _circuit.Tape.Solve([.. outputs.Concat(inputs).Select(Fr.FromInteger)]);

    /// <summary>An input whose range the test guarantees: the gadget's own rows are all that is counted.</summary>
    private static Signal Unchecked(CircuitBuilder builder, string name, Interval interval) =>
        builder.Refine(builder.Input(name, false, null), interval);
}
