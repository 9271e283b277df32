namespace Prover.Circuits.Tests;

/// <summary>Inputs that a circuit must refuse.</summary>
/// <param name="Message">How its refusal begins.</param>
/// <param name="Values">The inputs in the circuit's order.</param>
internal sealed record RefusedInputs(string Message, Fr[] Values);
