using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What the compiler has found out about an open document.</summary>
/// <param name="Document">The document as it was when the check began.</param>
/// <param name="Documents">All of them at that moment.</param>
/// <param name="Program">The document with its imports.</param>
/// <param name="Diagnostics">What is wrong, in any of these files.</param>
/// <param name="Facts">What was found out about the program's expressions; nothing if it does not parse.</param>
internal sealed record CheckResult(OpenDocument Document, DocumentSet Documents, CircuitProgram Program, IReadOnlyList<Diagnostic> Diagnostics, ProgramFacts Facts)
{
    /// <summary>Whether a change of the file or document of a path may change what was found.</summary>
    public bool DependsOn(string path) => Program.Paths.Contains(path);

    /// <summary>Checks a document as it is in a set.</summary>
    /// <exception cref="OperationCanceledException">The result is wanted no more.</exception>
    public static CheckResult Of(OpenDocument document, DocumentSet documents, CancellationToken cancellation)
    {
        var facts = new ProgramFacts(cancellation);
        List<Diagnostic> diagnostics = [];
        var program = documents.Parse(document, diagnostics);
        return new(document, documents, program, diagnostics.Count > 0 ? diagnostics : CircuitCompiler.Check(program, facts), facts);
    }
}
