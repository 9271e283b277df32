using Prover.Language;

namespace Prover.Compiler;

/// <summary>What the elaborators of one rule have found wrong so far.</summary>
internal sealed class Recovery
{
    /// <summary>Errors from which one rule's elaboration recovers, told or silent; one costs some ten microseconds.</summary>
    private const int MaximumCount = 2_000;

    private readonly HashSet<(string Code, string Place)> _seen = [];

    /// <summary>Each place once, in the order of the elaboration.</summary>
    public List<Diagnostic> Found { get; } = [];

    /// <summary>How often the elaboration has gone on behind an error.</summary>
    public int Count { get; private set; }

    public bool IsSpent => Count >= MaximumCount || Found.Count >= Diagnostic.MaximumPerFile;

    /// <summary>The constants whose values could not be computed.</summary>
    public HashSet<string> PoisonedConstants { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes an error, unless it is told already.</summary>
    public void Note(ElaborationException error)
    {
        Count++;
        foreach (var diagnostic in error.Diagnostics)
        {
            if (!Follows(diagnostic.Code) && _seen.Add(diagnostic.Identity))
            {
                Found.Add(diagnostic);
            }
        }
    }

    /// <summary>Whether an error may follow from one that has been found: everything beside what nests too deep does, too.</summary>
    private bool Follows(string code) => code switch
    {
        Elaborator.Exhausted => Found.Count > 0,
        Elaborator.TooDeep => Found.Exists(diagnostic => diagnostic.Code == code),
        _ => false,
    };
}
