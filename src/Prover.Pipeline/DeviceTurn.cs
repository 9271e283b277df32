namespace Prover.Pipeline;

/// <summary>A proof's turn on a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Beside">How many proofs were being made there when it began.</param>
/// <param name="Number">How many had been begun there by then, this one included.</param>
internal readonly record struct DeviceTurn(PooledDevice Device, int Beside, int Number);
