using Prover.Language;

namespace Prover.Compiler;

/// <summary>Ends the elaboration of one rule; never leaves the compiler.</summary>
internal sealed class ElaborationException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
