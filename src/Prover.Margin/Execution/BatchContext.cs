namespace Prover.Margin;

/// <summary>What a transition works with: the state, the batch's time, configuration and least rank, and the circuit inputs it fills in.</summary>
internal sealed record BatchContext(Ledger Ledger, long Now, Configuration Configuration, uint LeastRank, CircuitInputs Inputs, DataWords Words);
