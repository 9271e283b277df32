using System.Text;

namespace Prover.Language;

/// <summary>A line of the result: code, or a comment, or code with a comment behind it.</summary>
internal sealed class OutputLine
{
    private readonly Piece _first;
    private readonly string _code;
    private readonly Piece? _comment;

    private OutputLine(List<Piece> pieces, int start, int end)
    {
        _first = pieces[start];
        Start = start;
        End = end;
        var text = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            var piece = pieces[i];
            if (i > start && piece.IsComment)
            {
                _comment = piece;
                break;
            }

            if (i > start && Spacing.IsBetween(pieces[i - 1], piece))
            {
                text.Append(' ');
            }

            if (BindsName && EqualsAt < 0 && piece.Is("=") && piece.SourceLine == _first.SourceLine)
            {
                EqualsAt = text.Length;
                EqualsSourceAt = piece.SourceColumn - _first.SourceColumn;
            }

            text.Append(piece.Text);
        }

        _code = text.ToString();
    }

    /// <summary>The place of its first piece.</summary>
    public int Start { get; }

    /// <summary>The place behind its last piece.</summary>
    public int End { get; }

    /// <summary>Columns that indentation and code take without being aligned, comments behind code aside.</summary>
    public int Width => _first.Indentation + _code.Length;

    /// <summary>Columns that they take, aligned.</summary>
    public int AlignedWidth => Width + Padding;

    /// <summary>Spaces that align the line's <c>=</c> with its neighbours'.</summary>
    public int Padding { get; set; }

    /// <summary>Column of the comment behind the code.</summary>
    public int CommentColumn { get; set; }

    /// <summary>Where the <c>=</c> that names a value or a type stands, counted from the code's beginning, or −1.</summary>
    public int EqualsAt { get; } = -1;

    /// <summary>The same in the source.</summary>
    public int EqualsSourceAt { get; } = -1;

    public bool HasComment => _comment is not null;

    /// <summary>Column of the comment in the source.</summary>
    public int CommentSourceColumn => _comment?.SourceColumn ?? 0;

    public bool HasBlankBefore => _first.Breaks > 1;

    private bool BindsName => _first.Is("let") || _first.Is("const") || _first.Is("type");

    /// <summary>The lines that the pieces make.</summary>
    public static List<OutputLine> Split(List<Piece> pieces)
    {
        List<OutputLine> lines = [];
        for (var start = 0; start < pieces.Count;)
        {
            var end = start + 1;
            while (end < pieces.Count && pieces[end].Breaks == 0)
            {
                end++;
            }

            lines.Add(new(pieces, start, end));
            start = end;
        }

        return lines;
    }

    /// <summary>Whether both lines bind a name of the same sort at the same depth, so that it makes sense to align them.</summary>
    public bool IsLike(OutputLine other) => EqualsAt >= 0 && other.EqualsAt >= 0 && _first.Text == other._first.Text && _first.Indentation == other._first.Indentation;

    /// <summary>The line with its newline and the blank line before it.</summary>
    public string Show()
    {
        var text = new StringBuilder();
        text.Append(HasBlankBefore ? "\n" : "").Append(' ', _first.Indentation).Append(_code);
        if (Padding > 0)
        {
            text.Insert(text.Length - _code.Length + EqualsAt, " ", Padding);
        }

        if (_comment is not null)
        {
            text.Append(' ', CommentColumn - AlignedWidth).Append(_comment.Text);
        }

        return text.Append('\n').ToString();
    }
}
