namespace Prover.Language;

/// <summary>Kinds of tokens.</summary>
public enum TokenKind
{
    /// <summary>A name.</summary>
    Identifier,

    /// <summary>A reserved word; its text tells which.</summary>
    Keyword,

    /// <summary>An integer in decimal or hexadecimal.</summary>
    Integer,

    /// <summary>A number with a decimal point.</summary>
    Decimal,

    /// <summary>A quoted text, quotes included.</summary>
    Text,

    /// <summary>Punctuation or an operator; its text tells which.</summary>
    Symbol,

    /// <summary>Something unreadable, reported already.</summary>
    Error,

    /// <summary>The end of a line that may end a statement.</summary>
    NewLine,

    /// <summary>The end of the file.</summary>
    End,
}

/// <summary>One token.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its characters.</param>
/// <param name="Span">Where it stands.</param>
public readonly record struct Token(TokenKind Kind, string Text, SourceSpan Span)
{
    /// <summary>Whether this is the given keyword or symbol.</summary>
    public bool Is(string text) => Kind is TokenKind.Keyword or TokenKind.Symbol && Text == text;
}
