using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What the tokens before a place tell of it, however broken the text is.</summary>
internal sealed class CompletionContext
{
    private static readonly HashSet<string> DeclarationStarts = ["import", "const", "unit", "type", "struct", "fn", "rule", "test", "property", "budget"];

    private readonly List<string> _open = [];

    /// <summary>Reads the text before the word that is to be completed.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="offset">The place.</param>
    public CompletionContext(string text, int offset)
    {
        var file = new SourceFile("", text);
        (WordStart, WordEnd) = (offset, offset);
        for (; WordStart > 0 && IsWordPart(text[WordStart - 1]); WordStart--)
        {
        }

        for (; WordEnd < text.Length && IsWordPart(text[WordEnd]); WordEnd++)
        {
        }

        List<SourceSpan> comments = [];
        var tokens = new Lexer(file, 0, text.Length, [], comments).Run();
        IsInComment = comments.Exists(comment => comment.Start < offset && offset <= comment.Start + comment.Length);
        Token previous = default;
        foreach (var token in tokens)
        {
            NextDeclaration = token.Span.Start;
            var begins = token.Kind == TokenKind.Keyword && DeclarationStarts.Contains(token.Text) && (token.Span.Start == 0 || text[token.Span.Start - 1] == '\n');
            if (token.Span.Start >= WordStart)
            {
                if ((begins && token.Span.Start > WordStart) || token.Kind == TokenKind.End)
                {
                    break;
                }

                continue;
            }

            if (begins)
            {
                _open.Clear();
                Declaration = token.Text;
            }

            Track(token);
            InText = token.Kind is TokenKind.Text or TokenKind.Error && token.Text.StartsWith('"') && offset <= token.Span.Start + token.Span.Length - (token.Kind == TokenKind.Text ? 1 : 0) ? token : null;
            previous = token.Kind == TokenKind.NewLine && _open.Count == 0 && EndsDeclaration(previous) ? default : token;
        }

        Previous = previous.Text ?? "";
        IsAtBeginning = previous.Kind == TokenKind.NewLine || previous.Text is null;
        IsOutside = _open.Count == 0 && IsAtBeginning;
    }

    /// <summary>Where the word begins that is being completed, which may be empty.</summary>
    public int WordStart { get; }

    public int WordEnd { get; }

    public bool IsInComment { get; }

    /// <summary>The quoted text around the place, perhaps without its end; null if there is none.</summary>
    public Token? InText { get; private set; }

    /// <summary>The word that begins the declaration around the place, or above it.</summary>
    public string Declaration { get; private set; } = "";

    /// <summary>The token before the word.</summary>
    public string Previous { get; }

    /// <summary>Whether the word is the first of its line.</summary>
    public bool IsAtBeginning { get; }

    /// <summary>Whether a declaration can begin here.</summary>
    public bool IsOutside { get; }

    /// <summary>Where the next declaration begins, or the end of the text.</summary>
    public int NextDeclaration { get; }

    /// <summary>Whether a parameter of a rule can begin here.</summary>
    public bool IsInRuleHead => Declaration == "rule" && _open is ["("] && (Previous is "(" or "," || IsAtBeginning);

    /// <summary>The brackets that would close what is open, the innermost first; braces on lines of their own.</summary>
    /// <param name="behindValue">What comes between the round and square brackets and the braces.</param>
    public string Closing(string behindValue)
    {
        var brackets = Enumerable.Reverse(_open).TakeWhile(open => open != "{").Select(open => open == "(" ? ")" : open == "[" ? "]" : ">");
        var rest = Enumerable.Reverse(_open).SkipWhile(open => open != "{").Select(open => open switch { "(" => ")", "[" => "]", "<" => ">", _ => "\n}" });
        return string.Concat(brackets) + behindValue + string.Concat(rest) + "\n";
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>A line that ends with an operator or '=' goes on.</summary>
    private static bool EndsDeclaration(Token last) => last.Kind != TokenKind.Symbol || last.Text is "}" or ")" or "]" or ">";

    private void Track(Token token)
    {
        if (token.Kind == TokenKind.Symbol && token.Text is "(" or "[" or "{")
        {
            _open.Add(token.Text);
        }
        else if (token.Kind == TokenKind.Symbol && token.Text is ")" or "]" or "}" && _open.Count > 0)
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }
}
