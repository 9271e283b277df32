using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>Where the lines of a text begin. Lines end with \n, \r\n or \r, as the protocol has it.</summary>
internal sealed class LineIndex
{
    private readonly string _text;
    private readonly List<int> _starts = [0];

    public LineIndex(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>How many lines there are; one more than line ends.</summary>
    public int Count => _starts.Count;

    /// <summary>The offset of a place; one behind the end of its line, or of the text, is at that end.</summary>
    public int OffsetOf(Position position)
    {
        if (position.Line < 0 || position.Line >= Count)
        {
            return position.Line < 0 ? 0 : _text.Length;
        }

        var (start, end) = (_starts[position.Line], EndOf(position.Line));
        return start + Math.Clamp(position.Character, 0, end - start);
    }

    /// <summary>The place of an offset from 0 to the length of the text.</summary>
    public Position PositionOf(int offset)
    {
        var found = _starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new(line, offset - _starts[line]);
    }

    /// <summary>The place of a span of this text, without a line end that it ends with.</summary>
    public TextRange RangeOf(SourceSpan span)
    {
        var start = Math.Min(span.Start, _text.Length);
        var end = Math.Clamp(span.Start + span.Length, start, _text.Length);
        while (end > start && _text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return new(PositionOf(start), PositionOf(end));
    }

    /// <summary>The offset behind a line's last character, before its line end.</summary>
    private int EndOf(int line)
    {
        var end = line + 1 < Count ? _starts[line + 1] : _text.Length;
        while (end > _starts[line] && _text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return end;
    }
}
