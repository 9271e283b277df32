namespace Prover.Backends.Gpu.Tests;

/// <summary>A text that is not PTX, or PTX that the interpreter does not know; the message names the line.</summary>
internal sealed class PtxException(int line, string message) : Exception($"PTX line {line}: {message}");

/// <summary>A kernel did what a device must not; the message names the line, its instruction, the thread and the address.</summary>
internal sealed class PtxFaultException(string message) : Exception(message);
