namespace Prover.Language;

/// <summary>Turns tokens into a tree by recursive descent. After an error it goes on at the next statement or declaration.</summary>
public sealed partial class Parser
{
    private readonly SourceFile _file;
    private readonly List<Diagnostic> _diagnostics;
    private readonly List<Token> _tokens;
    private int _position;

    private Parser(SourceFile file, List<Diagnostic> diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _tokens = new Lexer(file, diagnostics).Run();
    }

    /// <summary>Parses a file; what is wrong with it is added to <paramref name="diagnostics"/>.</summary>
    public static CircuitFile Parse(SourceFile file, List<Diagnostic> diagnostics) => new Parser(file, diagnostics).ParseFile();

    private Token Current => _tokens[_position];

    private Token Previous => _tokens[Math.Max(0, _position - 1)];

    private bool At(string text) => Current.Is(text);

    private Token Advance() => Current.Kind == TokenKind.End ? Current : _tokens[_position++];

    private bool Accept(string text)
    {
        if (!At(text))
        {
            return false;
        }

        _position++;
        return true;
    }

    private Token Expect(string text, string where)
    {
        SkipNewLinesBefore(text);
        return At(text) ? Advance() : throw Unexpected($"'{text}' {where}");
    }

    private Token ExpectIdentifier(string what) => Current.Kind == TokenKind.Identifier ? Advance() : throw Unexpected(what);

    /// <summary>A closing bracket may stand on its own line.</summary>
    private void SkipNewLinesBefore(string text)
    {
        var ahead = _position;
        while (_tokens[ahead].Kind == TokenKind.NewLine)
        {
            ahead++;
        }

        if (_tokens[ahead].Is(text))
        {
            _position = ahead;
        }
    }

    private void SkipNewLines()
    {
        while (Current.Kind == TokenKind.NewLine)
        {
            _position++;
        }
    }

    private SyntaxException Unexpected(string expected)
    {
        var found = Current.Kind switch
        {
            TokenKind.End => "the end of the file",
            TokenKind.NewLine => "the end of the line",
            _ => $"'{Current.Text}'",
        };
        return new(new("R0103", $"expected {expected}, found {found}", new(Current.Span, "here"), []));
    }

    private SourceSpan From(SourceSpan start)
    {
        var end = Previous.Span;
        return new(_file, start.Start, Math.Max(start.Length, end.Start + end.Length - start.Start));
    }

    /// <summary>Items between brackets, separated by commas; a trailing comma and newlines are allowed.</summary>
    private List<T> ParseList<T>(string open, string close, Func<T> item)
    {
        Expect(open, "here");
        List<T> items = [];
        SkipNewLines();
        while (!At(close))
        {
            items.Add(item());
            SkipNewLines();
            if (!Accept(","))
            {
                break;
            }

            SkipNewLines();
        }

        Expect(close, "to close the list");
        return items;
    }

    /// <summary>Unwinds to the nearest place where parsing can go on; never leaves the parser.</summary>
    private sealed class SyntaxException(Diagnostic diagnostic) : Exception
    {
        public Diagnostic Diagnostic { get; } = diagnostic;
    }
}
