namespace Prover.Bench;

/// <summary>Another program that is measured could not be started or failed.</summary>
public sealed class ProcessFailedException(string message, Exception? inner = null) : Exception(message, inner);
