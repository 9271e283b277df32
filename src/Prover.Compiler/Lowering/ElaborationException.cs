using Prover.Language;

namespace Prover.Compiler;

/// <summary>Ends the elaboration of a statement, or, from an elaborator's public members, of all of it; never leaves the compiler.</summary>
/// <param name="diagnostics">What is wrong; nothing where it has been recorded before, as when an expression uses a poisoned name.</param>
internal sealed class ElaborationException(params IReadOnlyList<Diagnostic> diagnostics) : Exception(diagnostics.Count > 0 ? diagnostics[0].Message : "")
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Whether the elaboration cannot go on: the compiler is exhausted, or has recovered from errors often enough.</summary>
    public bool IsFinal { get; init; } = diagnostics is [{ Code: Elaborator.Exhausted }];
}
