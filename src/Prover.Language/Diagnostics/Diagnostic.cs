namespace Prover.Language;

/// <summary>A place that a diagnostic points at, with what is to be said there.</summary>
/// <param name="Span">The place.</param>
/// <param name="Text">What is there; may be empty.</param>
public sealed record Label(SourceSpan Span, string Text);

/// <summary>One thing that is wrong with a program.</summary>
/// <param name="Code">Stable code: R01 syntax, R02 types and intervals, R03 names, R04 generics, constants and limits, R05 statements, R06 the compiler itself.</param>
/// <param name="Message">What is wrong, with the numbers.</param>
/// <param name="Primary">Where the clash is.</param>
/// <param name="Secondary">What it clashes with.</param>
/// <param name="Help">What would fix it, or null.</param>
public sealed record Diagnostic(string Code, string Message, Label Primary, IReadOnlyList<Label> Secondary, string? Help = null)
{
    /// <summary>Errors of one file that are counted: those behind them are not looked for.</summary>
    public const int MaximumPerFile = 1_000;

    /// <summary>Errors that are shown: more than anyone reads at once. The others are only counted.</summary>
    public const int MaximumShown = 50;

    /// <summary>
    /// What makes two diagnostics the same for whoever reads them. Instances of one rule have the same faults, though with other numbers.
    /// </summary>
    public (string Code, string Place) Identity => (Code, Primary.Span.ToString());

    /// <summary>Each of some diagnostics once, file by file, from the top of each file to its bottom.</summary>
    public static IReadOnlyList<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics
            .DistinctBy(diagnostic => diagnostic.Identity)
            .GroupBy(diagnostic => diagnostic.Primary.Span.File?.Path)
            .SelectMany(file => file.OrderBy(diagnostic => diagnostic.Primary.Span.Start))];
}
