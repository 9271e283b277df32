namespace Prover.Language.Tests;

/// <summary>Writes a program with other blanks, line breaks and comments between the same tokens.</summary>
internal sealed class Mangler(SourceFile source, Random random)
{
    private static readonly string[] Blanks = [" ", "  ", "\t", "      ", " \t "];
    private static readonly string[] Breaks = ["\n", "\r\n", "\n\n", "\n\n\n\n", "   \n", "\n    \t\n"];
    private static readonly string[] Operators = ["+", "-", "*", "==", "!=", "<", "<=", ">", ">=", "and", "or"];

    private readonly List<Piece> _pieces = Piece.Read(source, Record(source));

    /// <summary>Whether lines break elsewhere, too, and comments are added.</summary>
    public bool ChangesLines => Breaking >= 0;

    /// <summary>In how many of six places that may hold a line break there is one: with 0 lines become as long as can be. Negative if lines stay.</summary>
    public int Breaking { get; init; } = -1;

    public string Run()
    {
        var text = new System.Text.StringBuilder(ChangesLines ? Pick("", "\n\n", "  ", "// the file\n") : "");
        for (var i = 0; i < _pieces.Count; i++)
        {
            text.Append(i == 0 ? "" : Between(i)).Append(_pieces[i].Text);
        }

        return text.Append(Pick("", "\n", "\n\n\n", "   ", "  // the end", "\n\n// the end\n\n")[..(ChangesLines ? ^0 : 0)]).ToString();
    }

    private static SyntaxRecord Record(SourceFile source)
    {
        List<Diagnostic> diagnostics = [];
        var record = Parser.Record(source, diagnostics);
        Assert.Empty(diagnostics);
        return record;
    }

    private string Between(int i)
    {
        var (before, piece) = (_pieces[i - 1], _pieces[i]);
        var hasBreak = piece.Breaks > 0;
        if (ChangesLines && MayBreak(i))
        {
            hasBreak = before.IsComment || MustBreak(i) || random.Next(6) < Breaking;
        }

        var blanks = random.Next(2) == 0 || before.Is("/") || NeedsBlank(before, piece) ? Pick(Blanks) : "";
        if (piece.Role.HasFlag(TokenRole.Suffix))
        {
            return "";
        }

        return hasBreak ? (ChangesLines && random.Next(4) == 0 && !before.IsComment ? blanks + "// added" : "") + (ChangesLines ? Pick(Breaks) : new string('\n', piece.Breaks)) + blanks : blanks;
    }

    private bool MustBreak(int i) => _pieces[i].BeginsStatement && !_pieces[i - 1].OpensBlock;

    /// <summary>Whether the grammar lets a line break here, as far as this knows the grammar.</summary>
    private bool MayBreak(int i)
    {
        var (before, piece) = (_pieces[i - 1], _pieces[i]);
        var parent = piece.Parent == Piece.None ? null : _pieces[piece.Parent];
        return before.IsComment || piece.IsComment || piece.BeginsStatement || before.OpensBlock || piece.Is("}") || piece.Is("else")
            || (piece.OpensBlock && (parent is not null || _pieces[StatementOf(i)].Is("rule")))
            || parent is { Text: "(" or "[" }
            || (parent is { Text: "{", OpensBlock: false } && (before == parent || before.Is(",") || piece.Is(",")))
            || ((IsBinary(before) || IsBinary(piece)) && !_pieces[StatementOf(i)].Is("budget"));
    }

    private static bool IsBinary(Piece piece) =>
        Array.Exists(Operators, piece.Is) && (piece.Role & (TokenRole.Sign | TokenRole.OpensGenerics | TokenRole.ClosesGenerics | TokenRole.Unit)) == 0;

    private int StatementOf(int i)
    {
        while (i > 0 && !_pieces[i].BeginsStatement)
        {
            i--;
        }

        return i;
    }

    /// <summary>Whether two neighbours would become one token, or another one, if nothing stood between them.</summary>
    private static bool NeedsBlank(Piece before, Piece piece) => piece.IsComment || (Spacing.IsBetween(before, piece) && !IsBracket(before) && !IsBracket(piece) && !before.Is(","));

    private static bool IsBracket(Piece piece) => piece.Is("(") || piece.Is(")") || piece.Is("{") || piece.Is("}") || piece.Is("]");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
