using System.Globalization;
using System.Text;

namespace Prover.Cli;

/// <summary>Names and values in a box, drawn without the console library, which takes longer to load than a small proof.</summary>
internal static class ReportBox
{
    /// <summary>From here on many characters are two columns wide, which is for the console library to know.</summary>
    private const char FirstWide = '\u1100';

    private const int Utf8 = 65001;
    private const int Utf16 = 1200;

    /// <summary>The box, or null if the console library has to draw it: it would not fit, or what it holds or where it goes is not simple.</summary>
    /// <param name="rows">Name and value of each row.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="encoding">What the box is written in.</param>
    public static string? TryDraw(IReadOnlyList<(string Name, string Value)> rows, int width, Encoding encoding)
    {
        if (rows.Count == 0 || encoding.CodePage is not (Utf8 or Utf16) || !rows.All(row => IsSimple(row.Name) && IsSimple(row.Value)))
        {
            return null;
        }

        var names = rows.Max(row => row.Name.Length);
        var values = rows.Max(row => row.Value.Length);
        if (names + values + "│  │  │".Length > width)
        {
            return null;
        }

        var text = new StringBuilder();
        Line('╭', '┬', '╮');
        foreach (var (name, value) in rows)
        {
            text.Append("│ ").Append(name.PadRight(names)).Append(" │ ").Append(value.PadRight(values)).Append(" │").AppendLine();
        }

        Line('╰', '┴', '╯');
        return text.ToString();

        void Line(char left, char middle, char right) =>
            text.Append(left).Append('─', names + 2).Append(middle).Append('─', values + 2).Append(right).AppendLine();
    }

    private static bool IsSimple(string text)
    {
        foreach (var character in text)
        {
            if (!IsOneColumn(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Scripts before Hangul, and the punctuation and raised digits of General Punctuation and after it, without what joins or steers.</summary>
    private static bool IsOneColumn(char character) =>
        character is < FirstWide or (>= '\u2010' and < '\u20d0')
        && char.GetUnicodeCategory(character) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
