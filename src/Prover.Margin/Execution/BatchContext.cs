namespace Prover.Margin;

/// <summary>What a transition works with: the state, the batch's time and configuration, and the circuit inputs it fills in.</summary>
internal sealed record BatchContext(Ledger Ledger, long Now, Configuration Configuration, CircuitInputs Inputs, DataWords Words);
