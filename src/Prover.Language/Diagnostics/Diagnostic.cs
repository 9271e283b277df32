namespace Prover.Language;

/// <summary>A place that a diagnostic points at, with what is to be said there.</summary>
/// <param name="Span">The place.</param>
/// <param name="Text">What is there; may be empty.</param>
public sealed record Label(SourceSpan Span, string Text);

/// <summary>One thing that is wrong with a program.</summary>
/// <param name="Code">Stable code: R01 syntax, R02 types and intervals, R03 names, R04 generics, constants and limits, R05 statements.</param>
/// <param name="Message">What is wrong, with the numbers.</param>
/// <param name="Primary">Where the clash is.</param>
/// <param name="Secondary">What it clashes with.</param>
/// <param name="Help">What would fix it, or null.</param>
public sealed record Diagnostic(string Code, string Message, Label Primary, IReadOnlyList<Label> Secondary, string? Help = null)
{
    /// <summary>More errors of one file than anyone reads at once: those behind them are not collected.</summary>
    public const int MaximumPerFile = 50;

    /// <summary>What makes two diagnostics the same for whoever reads them: instances of one rule tend to have the same faults.</summary>
    public (string Code, string Message, string Place) Identity => (Code, Message, Primary.Span.ToString());
}
