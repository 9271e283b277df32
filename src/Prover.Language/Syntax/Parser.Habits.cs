namespace Prover.Language;

/// <remarks>What other languages have taught, and how it is written here. All of it explains errors that have been found without it.</remarks>
public sealed partial class Parser
{
    private const string Required = "require condition, \"message\"";

    private const string BoundOnce = "names are bound once, with 'let'; 'fold' carries a value from round to round";

    private const string Constrained = "'let x = …' names a value, 'require a == b, \"message\"' holds two equal";

    /// <summary>Longest program text that is quoted in a help.</summary>
    private const int MaximumQuote = 80;

    /// <summary>Where the last whole expression ended.</summary>
    private int _expressionEnd = -1;

    private bool IsGlued => Current.Span.Start == Previous.Span.Start + Previous.Span.Length;

    /// <summary>What the tokens at the place of an error are meant to be, or null.</summary>
    private string? Habit() => Current.Text switch
    {
        "=" when IsGlued && Previous.Text is "+" or "-" or "*" => BoundOnce,
        "+" when IsGlued && Previous.Is("+") => BoundOnce,
        "=" when IsGlued && Previous.Is(":") => "a type stands behind ':', a value behind '='",
        ":" when Ahead(1).Is("=") => "'let x = …' names a value",
        "=" when IsGlued && Previous.Is("..") => "a range does not hold its end: 0..3 is 0, 1, 2",
        "=" when IsGlued && Previous.Text is "<=" or "==" => Constrained,
        "<=" when Ahead(1).Is("=") => Constrained,
        "=" when Ahead(1).Text is "<" or ">" => "the '=' of '<=' and '>=' comes last",
        "=" when _expressionEnd == _position || Previous.Is("==") => "'==' compares; '=' only names values",
        ">" when IsGlued && Previous.Is(">") => "div(x, 2^n, to 0, floor) drops the last n bits of x; bits<m>(x) is the array of all m",
        "<" when IsGlued && Previous.Is("<") => "x * 2^n is x shifted by n bits",
        "*" when IsGlued && Previous.Is("*") => "x^2 is a power",
        "(" when _position > 1 && _tokens[_position - 2].Is(".") => $"functions stand before their arguments: {Previous.Text}(x)",
        "(" when Previous.Text == "int" => "int[low .. high] has bounds",
        "[" when IsGlued && Previous.Is("]") => "[T; N] is an array of N elements",
        ";" => "the end of a line ends a declaration, commas separate members",
        _ => RemedyOf(Current) ?? RemedyOf(Previous),
    };

    /// <summary>What is meant by a statement that goes on behind its end.</summary>
    private string? HabitOf(Statement statement, Token first) =>
        At("=") && statement is ExpressionStatement ? BoundOnce
        : At(";") ? "the end of the line ends a statement"
        : At(":") && !Ahead(1).Is("=") ? "a value of a struct begins with its name: Name { field: value }"
        : RemedyOf(first) ?? (statement is ExpressionStatement { Value: NameExpression misspelt } ? NearestName.Suggest(misspelt.Name, ["let", "require", "for"]) : null);

    private static string? RemedyOf(Token word) => word.Kind == TokenKind.Identifier ? ForeignWords.Remedy(word.Text) : null;

    /// <summary>For a second comparison, ahead, of the value that a first has compared.</summary>
    private SyntaxException Chained(Token left, Token comparison, Token middle, Token middleEnd)
    {
        var second = Advance();
        SkipNewLines();
        ParseSum();
        var both = $"{Quote(left, middleEnd)} and {Quote(middle, Previous)}";
        var help = both.Length <= MaximumQuote && !both.Contains('\n', StringComparison.Ordinal) ? both : "a < b and b < c";
        return new(new("R0103", "comparisons do not chain", new(second.Span, "the second comparison"), [new(comparison.Span, "the first")], $"write {help}"));
    }

    private string Quote(Token first, Token last) => _file.Text[first.Span.Start..(last.Span.Start + last.Span.Length)];
}
