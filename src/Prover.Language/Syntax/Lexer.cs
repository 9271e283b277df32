namespace Prover.Language;

/// <summary>Turns a text into tokens. A newline becomes a token only where it can end a statement.</summary>
internal sealed class Lexer(SourceFile file, List<Diagnostic> diagnostics)
{
    private static readonly HashSet<string> Keywords =
    [
        "import", "const", "type", "struct", "fn", "rule", "test", "public", "private", "let", "if", "else", "for", "in", "fold",
        "require", "with", "true", "false", "and", "or", "not", "to", "passes", "fails", "budget",
    ];

    private static readonly string[] Symbols =
    [
        "..", "->", "==", "!=", "<=", ">=", "+", "-", "*", "^", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";",
    ];

    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _brackets = new();
    private int _position;

    /// <summary>All tokens, the last one <see cref="TokenKind.End"/>.</summary>
    public List<Token> Run()
    {
        while (_position < file.Text.Length)
        {
            Next(file.Text[_position]);
        }

        AddNewLine();
        Add(TokenKind.End, _position);
        return _tokens;
    }

    private void Next(char c)
    {
        var start = _position;
        if (c == '\n')
        {
            AddNewLine();
            _position++;
        }
        else if (char.IsWhiteSpace(c))
        {
            _position++;
        }
        else if (c == '/' && Peek(1) == '/')
        {
            while (_position < file.Text.Length && file.Text[_position] != '\n')
            {
                _position++;
            }
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Skip(static x => char.IsAsciiLetterOrDigit(x) || x == '_');
            Add(Keywords.Contains(file.Text[start.._position]) ? TokenKind.Keyword : TokenKind.Identifier, start);
        }
        else if (char.IsAsciiDigit(c))
        {
            Number(start);
        }
        else if (c == '"')
        {
            Text(start);
        }
        else
        {
            Symbol(c, start);
        }
    }

    private void Number(int start)
    {
        if (file.Text[_position] == '0' && Peek(1) == 'x')
        {
            _position += 2;
            Skip(static x => char.IsAsciiHexDigit(x) || x == '_');
            Add(TokenKind.Integer, start);
            return;
        }

        Skip(static x => char.IsAsciiDigit(x) || x == '_');
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            Skip(static x => char.IsAsciiDigit(x) || x == '_');
            Add(TokenKind.Decimal, start);
            return;
        }

        Add(TokenKind.Integer, start);
    }

    private void Text(int start)
    {
        _position++;
        Skip(static x => x is not ('"' or '\n'));
        if (Peek(0) == '"')
        {
            _position++;
            Add(TokenKind.Text, start);
            return;
        }

        var span = new SourceSpan(file, start, _position - start);
        diagnostics.Add(new("R0102", "text without a closing quote", new(span, "begins here"), []));
    }

    private void Symbol(char c, int start)
    {
        foreach (var symbol in Symbols)
        {
            if (file.Text.AsSpan(_position).StartsWith(symbol, StringComparison.Ordinal))
            {
                _position += symbol.Length;
                Track(symbol);
                Add(TokenKind.Symbol, start);
                return;
            }
        }

        _position++;
        diagnostics.Add(new("R0101", $"unknown character '{c}'", new(new(file, start, 1), ""), []));
    }

    /// <summary>Inside ( ) and [ ] a newline never ends a statement; inside { } it may again.</summary>
    private void Track(string symbol)
    {
        if (symbol is "(" or "[" or "{")
        {
            _brackets.Push(symbol[0]);
        }
        else if (symbol is ")" or "]" or "}" && _brackets.Count > 0)
        {
            _brackets.Pop();
        }
    }

    private void AddNewLine()
    {
        if (_brackets.Count > 0 && _brackets.Peek() != '{')
        {
            return;
        }

        if (_tokens.Count > 0 && _tokens[^1].Kind != TokenKind.NewLine)
        {
            _tokens.Add(new(TokenKind.NewLine, "end of line", new(file, _position, 1)));
        }
    }

    private void Skip(Func<char, bool> belongs)
    {
        while (_position < file.Text.Length && belongs(file.Text[_position]))
        {
            _position++;
        }
    }

    private char Peek(int distance) => _position + distance < file.Text.Length ? file.Text[_position + distance] : '\0';

    private void Add(TokenKind kind, int start) => _tokens.Add(new(kind, file.Text[start.._position], new(file, start, _position - start)));
}
