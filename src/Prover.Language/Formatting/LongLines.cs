namespace Prover.Language;

/// <summary>Breaks the lines that are over <see cref="Formatter.MaximumWidth"/>, each at the outermost place that helps.</summary>
internal static class LongLines
{
    /// <summary>Operators before which a line can break, those that bind loosest first.</summary>
    private static readonly string[][] Operators = [["or"], ["and"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*"]];

    /// <summary>Breaks what is too long, as far as it can be, and returns the lines. Each round goes one level of brackets deeper.</summary>
    public static List<OutputLine> Break(List<Piece> pieces)
    {
        while (true)
        {
            Indentation.Apply(pieces);
            var lines = OutputLine.Split(pieces);
            var isChanged = false;
            foreach (var line in lines.Where(line => line.Width > Formatter.MaximumWidth))
            {
                isChanged |= TryBreak(pieces, line);
            }

            if (!isChanged)
            {
                return lines;
            }
        }
    }

    private static bool TryBreak(List<Piece> pieces, OutputLine line)
    {
        var outer = Outer(pieces, line);
        var (widest, width) = (Piece.None, 0);
        foreach (var i in outer.Where(i => CanBreakInside(pieces, line, i)))
        {
            (widest, width) = WidthOf(pieces, i) is var own && own > width ? (i, own) : (widest, width);
        }

        return TryBreakBehind(pieces, outer, line, "require", ",")
            || TryBreakBefore(pieces, outer, line, ["where"])
            || (width * 2 >= line.Width && !pieces[widest].OpensBlock && BreakInside(pieces, widest))
            || TryBreakBlocks(pieces, outer, line)
            || TryBreakBehind(pieces, outer, line, "let", "=") || TryBreakBehind(pieces, outer, line, "const", "=") || TryBreakBehind(pieces, outer, line, "fn", "=")
            || Array.Exists(Operators, operators => TryBreakBefore(pieces, outer, line, operators))
            || (widest != Piece.None && BreakInside(pieces, widest));
    }

    /// <summary>The places of the line's pieces that are in no bracket opened on the line, with the opening brackets and without what closes them.</summary>
    private static List<int> Outer(List<Piece> pieces, OutputLine line)
    {
        List<int> outer = [];
        for (var i = line.Start; i < line.End; i++)
        {
            outer.Add(i);
            if (pieces[i].Opens)
            {
                i = pieces[i].Partner;
            }
        }

        return outer;
    }

    private static bool CanBreakInside(List<Piece> pieces, OutputLine line, int i) =>
        pieces[i].Opens && (pieces[i].Role & (TokenRole.Suffix | TokenRole.OpensGenerics)) == 0
        && pieces[i].Partner > i + 1 && pieces[i].Partner < line.End;

    private static int WidthOf(List<Piece> pieces, int open)
    {
        var width = 0;
        for (var i = open; i <= pieces[open].Partner; i++)
        {
            width += pieces[i].Text.Length + 1;
        }

        return width;
    }

    /// <summary>All blocks of a line at once: those behind "if" and "else" look alike.</summary>
    private static bool TryBreakBlocks(List<Piece> pieces, List<int> outer, OutputLine line)
    {
        var blocks = outer.FindAll(i => pieces[i].OpensBlock && CanBreakInside(pieces, line, i));
        blocks.ForEach(i => BreakInside(pieces, i));
        return blocks.Count > 0;
    }

    /// <summary>Brackets and items on lines of their own, and likewise a block that follows them.</summary>
    private static bool BreakInside(List<Piece> pieces, int open)
    {
        open = OnlyInside(pieces, open);
        var close = pieces[open].Partner;
        pieces[open + 1].Breaks = 1;
        pieces[close].Breaks = 1;
        for (var i = open + 1; i < close - 1; i++)
        {
            if (pieces[i].Parent == open && pieces[i].Is(",") && !pieces[open].OpensBlock)
            {
                pieces[i + 1].Breaks = Math.Max(pieces[i + 1].Breaks, 1);
            }
        }

        var next = close + 1;
        if (next < pieces.Count && pieces[next].OpensBlock && pieces[next].Partner > next + 1 && pieces[pieces[next].Partner].Breaks == 0)
        {
            BreakInside(pieces, next);
        }

        return true;
    }

    /// <summary>The innermost of brackets that hold nothing but brackets, or a call: "f([" opens as one.</summary>
    private static int OnlyInside(List<Piece> pieces, int open)
    {
        while (!pieces[open].OpensBlock)
        {
            var inner = pieces[open + 1].Kind == TokenKind.Identifier ? open + 2 : open + 1;
            if (!pieces[inner].Opens || pieces[inner].OpensBlock || (pieces[inner].Role & (TokenRole.Suffix | TokenRole.OpensGenerics)) != 0
                || pieces[inner].Partner != pieces[open].Partner - 1 || pieces[inner].Partner == inner + 1)
            {
                break;
            }

            open = inner;
        }

        return open;
    }

    /// <summary>Breaks a line that begins with a keyword behind the first of a symbol, unless a block begins there.</summary>
    private static bool TryBreakBehind(List<Piece> pieces, List<int> outer, OutputLine line, string keyword, string symbol)
    {
        var place = pieces[line.Start].Is(keyword) ? outer.Find(i => pieces[i].Is(symbol)) + 1 : 0;
        if (place <= line.Start + 1 || place >= line.End || pieces[place].IsComment || pieces[place].OpensBlock)
        {
            return false;
        }

        pieces[place].Breaks = 1;
        return true;
    }

    private static bool TryBreakBefore(List<Piece> pieces, List<int> outer, OutputLine line, string[] words)
    {
        var places = outer.FindAll(i => i > line.Start && Array.Exists(words, pieces[i].Is)
            && (pieces[i].Role & (TokenRole.Sign | TokenRole.Unit | TokenRole.OpensGenerics | TokenRole.ClosesGenerics)) == 0);
        places.ForEach(i => pieces[i].Breaks = 1);
        return places.Count > 0;
    }
}
