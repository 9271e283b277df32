using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>The tokens of a file, which tell where names stand of which the tree only knows that they are there.</summary>
internal sealed class SourceTokens(SourceFile file)
{
    private readonly List<Token> _tokens = new Lexer(file, 0, file.Text.Length, []).Run();

    /// <summary>The first token of a name at or behind an offset, or null.</summary>
    public SourceSpan? Find(int offset, string name) => Find(offset, i => IsName(_tokens[i], name));

    /// <summary>The name of a parameter or field that begins at an offset, perhaps with words before its name; a colon follows it.</summary>
    public SourceSpan? FindMember(int offset, string name) => Find(offset, i => IsName(_tokens[i], name) && _tokens[i + 1].Is(":"));

    private SourceSpan? Find(int offset, Func<int, bool> isMeant)
    {
        // The last token is the end of the file.
        for (var i = FirstFrom(offset); i < _tokens.Count - 1; i++)
        {
            if (isMeant(i))
            {
                return _tokens[i].Span;
            }
        }

        return null;
    }

    /// <summary>The place of the first token at or behind an offset.</summary>
    private int FirstFrom(int offset)
    {
        var (low, high) = (0, _tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _tokens[middle].Span.Start < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool IsName(Token token, string name) => token.Kind == TokenKind.Identifier && token.Text == name;
}
