using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What every name in a file means.</summary>
/// <param name="File">The file.</param>
/// <param name="Occurrences">All names that mean something, in the order of their places.</param>
internal sealed record FileIndex(CircuitFile File, IReadOnlyList<Occurrence> Occurrences)
{
    /// <summary>By the offset of each local declaration, the local names that are visible there.</summary>
    public required IReadOnlyDictionary<int, NameScope?> Around { get; init; }

    /// <summary>Reads a file of a program, which says what the names mean that the file does not declare itself.</summary>
    public static FileIndex Of(CircuitFile file, CircuitProgram program)
    {
        var walker = new NameWalker(file, program);
        walker.Run();
        return new(file, [.. walker.Found.OrderBy(found => found.Span.Start)]) { Around = walker.Around };
    }

    /// <summary>The name at an offset, or the one that ends there; null if there is none.</summary>
    public Occurrence? At(int offset) =>
        Occurrences.FirstOrDefault(found => found.Span.Start <= offset && offset < found.Span.Start + found.Span.Length)
        ?? Occurrences.FirstOrDefault(found => found.Span.Start + found.Span.Length == offset);
}
