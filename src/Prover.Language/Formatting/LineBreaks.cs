namespace Prover.Language;

/// <summary>Where lines break, apart from long ones: where the author has broken them, unless that splits what belongs together.</summary>
internal static class LineBreaks
{
    /// <summary>Settles the breaks before all pieces. What is settled already stays as it is.</summary>
    public static void Normalize(List<Piece> pieces)
    {
        for (var i = 1; i < pieces.Count; i++)
        {
            pieces[i].Breaks = Allowed(pieces[i - 1], pieces[i]);
        }

        var broken = FindBroken(pieces);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Opens)
            {
                SettlePair(pieces, i, broken[i]);
            }
        }

        JoinElse(pieces);
    }

    /// <summary>The breaks between neighbours, as far as they decide it.</summary>
    private static int Allowed(Piece before, Piece piece)
    {
        if (before.IsComment || piece.IsComment || piece.BeginsStatement)
        {
            return before.Opens ? Math.Min(piece.Breaks, 1) : piece.Breaks;
        }

        return Belongs(before, piece) ? 0 : Math.Min(piece.Breaks, before.Is(",") ? 2 : 1);
    }

    /// <summary>Whether two neighbours stay on one line. No newline between them means anything.</summary>
    private static bool Belongs(Piece before, Piece piece) =>
        piece.Is(",") || piece.Is(";") || piece.Is(":") || piece.Is("^") || before.Is("^")
        || piece.Is(".") || before.Is(".") || piece.Is("..") || before.Is("..")
        || piece.Role.HasFlag(TokenRole.Unit) || before.Role.HasFlag(TokenRole.Unit)
        || before.Role.HasFlag(TokenRole.Sign) || piece.Role.HasFlag(TokenRole.Suffix) || piece.Role.HasFlag(TokenRole.OpensGenerics)
        || (piece.Is("(") && !Spacing.IsBetween(before, piece))
        || (piece.Is("{") && (before.EndsOperand || before.Is("=") || before.Kind == TokenKind.Keyword))
        || (before.Kind == TokenKind.Keyword && !before.EndsOperand && !before.Is("and") && !before.Is("or"));

    /// <summary>For each block, by the place of its brace, whether a line breaks right inside it.</summary>
    private static bool[] FindBroken(List<Piece> pieces)
    {
        var broken = new bool[pieces.Count];
        foreach (var piece in pieces)
        {
            if (piece.Parent != Piece.None && (piece.Breaks > 0 || piece.IsComment))
            {
                broken[piece.Parent] |= !piece.Closes || pieces[piece.Parent].OpensBlock;
            }
        }

        return broken;
    }

    /// <summary>Brackets stand on lines of their own, or neither does: a block's if a line breaks in it, others if one breaks behind the first.</summary>
    private static void SettlePair(List<Piece> pieces, int open, bool isBroken)
    {
        var (first, close) = (pieces[open + 1], pieces[pieces[open].Partner]);
        if (first == close)
        {
            close.Breaks = 0;
            return;
        }

        if (!pieces[open].OpensBlock)
        {
            isBroken = first.Breaks > 0 || first.IsComment;
        }
        else if (isBroken && !first.IsComment)
        {
            first.Breaks = 1;
        }

        close.Breaks = isBroken || pieces[pieces[open].Partner - 1].IsComment ? 1 : 0;
    }

    /// <summary>"} else" where the brace begins a line.</summary>
    private static void JoinElse(List<Piece> pieces)
    {
        for (var i = 1; i < pieces.Count; i++)
        {
            if (pieces[i].Is("else") && pieces[i - 1].Is("}") && pieces[i - 1].Breaks > 0)
            {
                pieces[i].Breaks = 0;
            }
        }
    }
}
