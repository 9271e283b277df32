using Prover.Margin;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>A batch that a rule refuses next to its nearest neighbour that is accepted.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Message">How the circuit's refusal begins.</param>
/// <param name="Accepted">The neighbour.</param>
/// <param name="Refused">The batch.</param>
internal sealed record RuleCase(string Name, string Message, Batch Accepted, Batch Refused)
{
    private CircuitInputs? _refused;

    /// <summary>The executor's name of the rule if the circuit's message is longer; null if only the circuit can be lied to in this way.</summary>
    public string? Rule { get; init; } = Message.Split(':')[0];

    /// <summary>The lie told to the circuit after the executor has filled in the refused batch's honest inputs.</summary>
    public Action<CircuitInputs> Forge { get; init; } = _ => { };

    public CompiledCircuit Circuit => TinyBatch.CircuitOf(Accepted.Shape);

    /// <summary>What the circuit gets of the refused batch; made once, and not to be changed.</summary>
    public CircuitInputs RefusedInputs => _refused ??= Forged();

    public override string ToString() => Name;

    private CircuitInputs Forged()
    {
        var inputs = TinyBatch.Inputs(Refused);
        Forge(inputs);
        return inputs;
    }
}
