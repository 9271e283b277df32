namespace Prover.Language;

/// <summary>Turns tokens into a tree by recursive descent. After an error it goes on at the next statement or declaration.</summary>
public sealed partial class Parser
{
    /// <summary>Longest text that is read: the compiler's time and memory grow with it.</summary>
    internal const int MaximumCharacters = 1 << 20;

    private readonly SourceFile _file;
    private readonly List<Diagnostic> _diagnostics;
    private readonly List<Token> _tokens;
    private readonly string _endName;
    private int _position;

    private Parser(SourceFile file, int start, int end, List<Diagnostic> diagnostics, string endName, SyntaxRecord? record = null)
    {
        _record = record;
        _endName = endName;
        _file = file;
        _diagnostics = diagnostics;
        _tokens = new Lexer(file, start, end, diagnostics, record?.Comments).Run();
    }

    /// <summary>Parses a file; what is wrong with it is added to <paramref name="diagnostics"/>, at most <see cref="Diagnostic.MaximumPerFile"/> of it.</summary>
    public static CircuitFile Parse(SourceFile file, List<Diagnostic> diagnostics) => Parse(file, diagnostics, null);

    private static CircuitFile Parse(SourceFile file, List<Diagnostic> diagnostics, SyntaxRecord? record)
    {
        List<Diagnostic> found = [];
        if (file.Text.Length > MaximumCharacters)
        {
            diagnostics.Add(new("R0107", $"a file of {file.Text.Length:N0} characters; at most {MaximumCharacters:N0} are read", new(new(file, 0, 0), "here"), []));
            return new(file, [], [], [], [], []);
        }

        var parser = new Parser(file, 0, file.Text.Length, found, "the end of the file", record);
        record?.Tokens.AddRange(parser._tokens);
        var tree = parser.ParseFile();
        diagnostics.AddRange(found.OrderBy(diagnostic => diagnostic.Primary.Span.Start).Take(Diagnostic.MaximumPerFile));
        return tree;
    }

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

    private Token Expect(string text, string where, string? help = null)
    {
        SkipNewLinesBefore(text);
        return At(text) ? Advance() : throw Unexpected($"'{text}' {where}", Habit() ?? help);
    }

    private Token ExpectIdentifier(string what, string? help = null) => Current.Kind == TokenKind.Identifier
        ? Advance()
        : throw Unexpected(what, Habit() ?? (Current.Kind == TokenKind.Keyword ? $"'{Current.Text}' is a word of the language, so it is no name" : help));

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

    private SyntaxException Unexpected(string expected, string? help = null, params Label[] secondary)
    {
        if (Current.Kind == TokenKind.Error)
        {
            return new(null);
        }

        var found = Current.Kind switch
        {
            TokenKind.End => _endName,
            TokenKind.NewLine => "the end of the line",
            _ => $"'{Current.Text}'",
        };
        return new(new("R0103", $"expected {expected}, found {found}", new(Current.Span, "here"), secondary, help ?? Habit()));
    }

    private void Report(SyntaxException error)
    {
        if (error.Diagnostic is { } diagnostic)
        {
            _diagnostics.Add(diagnostic);
        }
    }

    /// <summary>The characters from a place to the end of what has been consumed.</summary>
    private SourceSpan From(SourceSpan start)
    {
        var end = Previous.Span;
        return new(_file, start.Start, Math.Max(start.Length, end.Start + end.Length - start.Start));
    }

    /// <summary>Items between brackets, separated by commas; a trailing comma and newlines are allowed.</summary>
    /// <param name="open">The bracket before them.</param>
    /// <param name="close">The bracket behind them.</param>
    /// <param name="item">Parses one.</param>
    /// <param name="goesOn">Whether to go on behind a broken one.</param>
    private List<T> ParseList<T>(string open, string close, Func<T> item, bool goesOn = false)
    {
        Expect(open, "here");
        if (open == "<")
        {
            MarkPrevious(TokenRole.OpensGenerics);
        }

        List<T> items = [];
        SkipNewLines();
        while (!At(close))
        {
            try
            {
                items.Add(item());
            }
            catch (SyntaxException error) when (goesOn && SkipToNextMember(close))
            {
                Report(error);
            }

            SkipNewLines();
            if (!Accept(","))
            {
                break;
            }

            SkipNewLines();
        }

        Expect(close, "to close the list");
        if (close == ">")
        {
            MarkPrevious(TokenRole.ClosesGenerics);
        }

        return items;
    }

    /// <summary>Unwinds to the nearest place where parsing can go on; never leaves the parser.</summary>
    private sealed class SyntaxException(Diagnostic? diagnostic) : Exception
    {
        /// <summary>What is wrong, or null if it has been reported.</summary>
        public Diagnostic? Diagnostic { get; } = diagnostic;
    }
}
