namespace Prover.Language;

/// <summary>Turns a text, or a part of one, into tokens. A newline becomes a token only where it can end a statement.</summary>
/// <param name="comments">Gets the comments, which are no tokens, for whoever has a use for them.</param>
internal sealed class Lexer(SourceFile file, int start, int end, List<Diagnostic> diagnostics, List<SourceSpan>? comments = null)
{
    /// <summary>More digits than any number below the field's modulus has, 78 with all decimals, and no more than are read in no time.</summary>
    private const int MaximumDigits = 100;

    /// <summary>With these at the beginning of a line a declaration begins, whatever has been left open above.</summary>
    private static readonly HashSet<string> DeclarationStarts = ["import", "const", "unit", "type", "struct", "fn", "rule", "test", "property", "budget"];

    /// <summary>The words that cannot be names.</summary>
    internal static readonly HashSet<string> Keywords =
    [
        "import", "const", "unit", "type", "struct", "fn", "rule", "test", "public", "private", "let", "if", "else", "for", "in", "fold",
        "require", "with", "true", "false", "and", "or", "not", "to", "passes", "fails", "property", "forall", "where", "budget",
    ];

    private static readonly string[] Symbols =
    [
        "..", "->", "==", "!=", "<=", ">=", "+", "-", "*", "/", "^", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";",
    ];

    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _brackets = new();
    private int _position = start;

    /// <summary>All tokens, the last one <see cref="TokenKind.End"/>.</summary>
    public List<Token> Run()
    {
        while (_position < end)
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
            Skip(static x => x != '\n');
            comments?.Add(new(file, start, _position - start));
        }
        else if (c == '/' && Peek(1) == '*')
        {
            BlockComment(start);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Word(start);
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

    /// <summary>Refused, and skipped to its end, or to that of its line if it has none.</summary>
    private void BlockComment(int start)
    {
        var close = file.Text.IndexOf("*/", start + 2, end - start - 2, StringComparison.Ordinal);
        _position = close < 0 ? start : close + 2;
        if (close < 0)
        {
            Skip(static x => x != '\n');
        }

        Report("R0101", "there are no comments between '/*' and '*/'; in each line, // begins one", start);
    }

    private void Word(int start)
    {
        Skip(IsWordPart);
        var word = file.Text[start.._position];
        if (DeclarationStarts.Contains(word) && (start == 0 || file.Text[start - 1] == '\n'))
        {
            _brackets.Clear();
            AddNewLine();
        }

        Add(Keywords.Contains(word) ? TokenKind.Keyword : TokenKind.Identifier, start);
    }

    private void Number(int start)
    {
        var kind = TokenKind.Integer;
        if (file.Text[_position] == '0' && Peek(1) == 'x')
        {
            _position += 2;
            Skip(static x => char.IsAsciiHexDigit(x) || x == '_');
        }
        else
        {
            Skip(static x => char.IsAsciiDigit(x) || x == '_');
            if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
            {
                kind = TokenKind.Decimal;
                _position++;
                Skip(static x => char.IsAsciiDigit(x) || x == '_');
            }
        }

        var text = file.Text.AsSpan(start, _position - start);
        var prefix = text.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0;
        var digits = text.Length - prefix - text.Count('_') - text.Count('.');
        if (digits == 0)
        {
            Report("R0106", $"'{text}' has no digits", start);
        }
        else if (digits > MaximumDigits)
        {
            Report("R0106", $"a number of {digits:N0} digits; at most {MaximumDigits} are read", start);
        }
        else
        {
            Add(kind, start);
            RefuseWordBehindNumber();
            return;
        }

        AddError(start);
    }

    private void RefuseWordBehindNumber()
    {
        var start = _position;
        Skip(IsWordPart);
        if (_position > start)
        {
            var word = file.Text[start.._position];
            var help = word.Length is > 1 and < 6 && word[0] is 'e' or 'E' && word[1..].All(char.IsAsciiDigit)
                ? $"there are no exponents; 10^{word[1..]} is a power"
                : "a space belongs between a number and a word; hexadecimal numbers begin with 0x";
            Report("R0106", $"'{file.Text[start]}' right behind a number", start, help);
        }
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

        Report("R0102", "text without a closing quote", start, "a text ends on the line where it begins");
        AddError(start);
    }

    private void Symbol(char c, int start)
    {
        foreach (var symbol in Symbols)
        {
            if (file.Text.AsSpan(_position, end - _position).StartsWith(symbol, StringComparison.Ordinal))
            {
                _position += symbol.Length;
                Track(symbol);
                Add(TokenKind.Symbol, start);
                return;
            }
        }

        if (c == '\'' && file.Text.IndexOfAny(['\'', '\n'], start + 1, end - start - 1) is var close and > 0 && file.Text[close] == c)
        {
            _position = close + 1;
            Report("R0101", "a text stands in double quotes", start);
            AddError(start);
            return;
        }

        Skip(IsUnknown);
        var run = file.Text[start.._position];
        var plural = run.Length > 1 ? "s" : "";
        var remedy = run switch
        {
            "%" => "; a - b * div(a, b, to 0, floor) is the remainder",
            "?" => "; write if c { a } else { b }",
            "&" => "; write 'and', or take a number's bits with bits<n>(x)",
            "|" => "; write 'or', or take a number's bits with bits<n>(x)",
            "&&" => "; write 'and'",
            "||" => "; write 'or'",
            "!" => "; write 'not'",
            "#" => "; comments begin with //",
            _ => "",
        };
        Report("R0101", $"unknown character{plural} {Show(run)}{remedy}", start);
        AddError(start);
    }

    /// <summary>Whether no token begins with a character.</summary>
    private static bool IsUnknown(char c) =>
        !char.IsWhiteSpace(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '"') && !Array.Exists(Symbols, symbol => symbol[0] == c && (symbol.Length == 1 || c != '!'));

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static string Show(string run) =>
        run.Length <= 8 && run.All(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\uFFFD') ? $"'{run}'"
        : run.Length == 1 ? $"U+{(int)run[0]:X4}"
        : $"U+{(int)run[0]:X4} and {run.Length - 1:N0} more";

    private void Report(string code, string message, int start, string? help = null) =>
        diagnostics.Add(new(code, message, new(new(file, start, _position - start), "here"), [], help));

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
        while (_position < end && belongs(file.Text[_position]))
        {
            _position++;
        }
    }

    private char Peek(int distance) => _position + distance < end ? file.Text[_position + distance] : '\0';

    /// <summary>Stands for what has been reported, so that nothing else is expected in its place.</summary>
    private void AddError(int start) => Add(TokenKind.Error, start);

    private void Add(TokenKind kind, int start) => _tokens.Add(new(kind, file.Text[start.._position], new(file, start, _position - start)));
}
