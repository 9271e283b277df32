namespace Prover.Language;

/// <summary>A token or a comment on its way to its new place.</summary>
internal sealed class Piece
{
    /// <summary>The place of a partner or parent that there is none of.</summary>
    public const int None = -1;

    /// <summary>Its characters, without the blanks at the end of a comment.</summary>
    public required string Text { get; init; }

    /// <summary>The kind of a token; comments are of <see cref="TokenKind.End"/>, which no other piece is.</summary>
    public required TokenKind Kind { get; init; }

    /// <summary>What the parser took it for.</summary>
    public required TokenRole Role { get; init; }

    /// <summary>Its line in the source, from 0.</summary>
    public required int SourceLine { get; init; }

    /// <summary>Its column in the source, from 0.</summary>
    public required int SourceColumn { get; init; }

    /// <summary>Line breaks before it: 0, 1, or 2 for a blank line.</summary>
    public required int Breaks { get; set; }

    /// <summary>The place of the other bracket of its pair, or <see cref="None"/>.</summary>
    public int Partner { get; private set; } = None;

    /// <summary>The place of the innermost bracket that is open around it; a closing bracket's is its partner.</summary>
    public int Parent { get; private set; } = None;

    /// <summary>Spaces before it where it begins a line.</summary>
    public int Indentation { get; set; }

    public bool IsComment => Kind == TokenKind.End;

    public bool BeginsStatement => Role.HasFlag(TokenRole.BeginsStatement);

    public bool OpensBlock => Role.HasFlag(TokenRole.OpensBlock);

    /// <summary>Whether it is a bracket before something enclosed, that of generic arguments included.</summary>
    public bool Opens => Is("(") || Is("[") || Is("{") || Role.HasFlag(TokenRole.OpensGenerics);

    /// <summary>Whether it is a bracket behind something enclosed.</summary>
    public bool Closes => Is(")") || Is("]") || Is("}") || Role.HasFlag(TokenRole.ClosesGenerics);

    /// <summary>Whether an operand can end with it, so that an operator follows.</summary>
    public bool EndsOperand =>
        Kind is TokenKind.Identifier or TokenKind.Integer or TokenKind.Decimal or TokenKind.Text || Is("true") || Is("false") || Closes;

    /// <summary>Whether it is the given keyword or symbol.</summary>
    public bool Is(string text) => Kind is TokenKind.Keyword or TokenKind.Symbol && Text == text;

    /// <summary>All tokens and comments of a text in their order.</summary>
    public static List<Piece> Read(SourceFile source, SyntaxRecord record)
    {
        var roles = record.CollectRoles();
        List<Piece> pieces = [];
        var (comment, end, line, lineStart) = (0, 0, 0, 0);
        foreach (var token in record.Tokens)
        {
            for (; comment < record.Comments.Count && record.Comments[comment].Start < token.Span.Start; comment++)
            {
                var span = record.Comments[comment];
                Add(TokenKind.End, source.Text.Substring(span.Start, span.Length).TrimEnd(), span);
            }

            if (token.Kind is not (TokenKind.NewLine or TokenKind.End))
            {
                Add(token.Kind, token.Text, token.Span);
            }
        }

        Pair(pieces);
        return pieces;

        void Add(TokenKind kind, string text, SourceSpan span)
        {
            var breaks = 0;
            for (; end < span.Start; end++)
            {
                if (source.Text[end] == '\n')
                {
                    (breaks, line, lineStart) = (breaks + 1, line + 1, end + 1);
                }
            }

            end = span.Start + span.Length;
            pieces.Add(new()
            {
                Kind = kind,
                Text = text,
                Role = kind == TokenKind.End ? TokenRole.None : roles.GetValueOrDefault(span.Start),
                SourceLine = line,
                SourceColumn = span.Start - lineStart,
                Breaks = pieces.Count == 0 ? 0 : Math.Min(breaks, 2),
            });
        }
    }

    private static void Pair(List<Piece> pieces)
    {
        var open = new Stack<int>([None]);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            piece.Parent = open.Peek();
            if (piece.Opens)
            {
                open.Push(i);
            }
            else if (piece.Closes)
            {
                piece.Partner = open.Pop();
                pieces[piece.Partner].Partner = i;
            }
        }
    }
}
