namespace Prover.Language;

/// <summary>How far each line is indented.</summary>
/// <remarks>
/// What stands in brackets is one level deeper than the line of the opening bracket, however many were opened there; what continues a
/// statement or an item is one level deeper than the line where that begins; a closing bracket is as deep as the line of its partner.
/// </remarks>
internal sealed class Indentation
{
    private const int Level = 2;

    private readonly List<Piece> _pieces;
    private readonly Stack<Frame> _frames = new();
    private int _line;
    private (int Indentation, bool BeginsLine)? _choice;

    private Indentation(List<Piece> pieces)
    {
        _pieces = pieces;
        _frames.Push(new() { Line = -Level, IsBlock = true });
    }

    /// <summary>Settles the indentation of every piece that begins a line.</summary>
    public static void Apply(List<Piece> pieces)
    {
        var indentation = new Indentation(pieces);
        for (var i = 0; i < pieces.Count; i++)
        {
            indentation.Place(i);
        }
    }

    private void Place(int i)
    {
        var piece = _pieces[i];
        var begins = i == 0 || piece.Breaks > 0;
        if (begins)
        {
            _line = piece.Indentation = piece.IsComment ? OfComment(i) : Of(i);
        }

        if (piece.IsComment)
        {
            return;
        }

        if (piece.Closes)
        {
            _frames.Pop();
            return;
        }

        var frame = _frames.Peek();
        if (IsItemStart(i))
        {
            frame.Item = _line;
            frame.Choices.Clear();
        }

        if (piece.Is("if"))
        {
            frame.Choices.Push(_choice ?? (_line, begins));
        }

        _choice = piece.Is("else") ? frame.Choices.Pop() : null;
        if (piece.Opens)
        {
            _frames.Push(new() { Line = _line, Item = _line, IsBlock = piece.OpensBlock });
        }
    }

    private int Of(int i)
    {
        var frame = _frames.Peek();
        var piece = _pieces[i];
        if (piece.Closes)
        {
            return frame.Line;
        }

        if (IsItemStart(i))
        {
            return frame.Line + Level;
        }

        return piece.Is("else") && frame.Choices.Peek() is { BeginsLine: true } choice ? choice.Indentation : frame.Item + Level;
    }

    /// <summary>A comment belongs to what follows it, or, at the end of something enclosed, to what that holds.</summary>
    private int OfComment(int i)
    {
        var next = i;
        while (next < _pieces.Count && _pieces[next].IsComment)
        {
            next++;
        }

        return next == _pieces.Count || _pieces[next].Closes ? _frames.Peek().Line + Level : Of(next);
    }

    /// <summary>Whether a token begins a statement of a block or an item of a list.</summary>
    private bool IsItemStart(int i)
    {
        if (_frames.Peek().IsBlock)
        {
            return _pieces[i].BeginsStatement;
        }

        var before = i - 1;
        while (_pieces[before].IsComment)
        {
            before--;
        }

        return _pieces[before].Opens || _pieces[before].Is(",") || _pieces[before].Is(";");
    }

    /// <summary>Something enclosed, or the file.</summary>
    private sealed class Frame
    {
        /// <summary>Indentation of the line that opens it.</summary>
        public required int Line { get; init; }

        /// <summary>Whether it holds statements rather than a list.</summary>
        public required bool IsBlock { get; init; }

        /// <summary>Indentation of the line where the current statement or item begins.</summary>
        public int Item { get; set; }

        /// <summary>The ifs that may still get an else.</summary>
        public Stack<(int Indentation, bool BeginsLine)> Choices { get; } = new();
    }
}
