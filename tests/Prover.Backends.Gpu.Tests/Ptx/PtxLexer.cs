namespace Prover.Backends.Gpu.Tests;

/// <summary>A word, a number, a string or a single sign of a PTX text.</summary>
internal readonly record struct PtxToken(string Text, int Line)
{
    public bool IsNumber => Text.Length > 0 && char.IsAsciiDigit(Text[0]);

    /// <summary>A name of any kind: an instruction with its modifiers, a directive (which begins with a dot), a register or a symbol.</summary>
    public bool IsName => Text.Length > 0 && PtxLexer.IsNameStart(Text[0]);
}

/// <summary>Splits a PTX text into tokens (PTX ISA, "Syntax"); comments and white space go. The last token is empty.</summary>
internal static class PtxLexer
{
    public static List<PtxToken> Tokens(string text)
    {
        var tokens = new List<PtxToken>();
        var line = 1;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (IsAt(text, at, "//"))
                at = After(text, "\n", at);
            else if (IsAt(text, at, "/*"))
                at = After(text, "*/", at);
            else
                tokens.Add(new(text[start..(at = EndOfToken(text, at))], line));

            line += text.AsSpan(start, at - start).Count('\n');
        }

        tokens.Add(new("", line));
        return tokens;
    }

    public static bool IsNameStart(char c) => IsNamePart(c) && !char.IsAsciiDigit(c);

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '%' or '.';

    private static int EndOfToken(string text, int at)
    {
        if (text[at] == '"')
            return After(text, "\"", at + 1);

        var end = at;
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }

        return Math.Max(end, at + 1);
    }

    private static bool IsAt(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int After(string text, string what, int from)
    {
        var found = text.IndexOf(what, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found + what.Length;
    }
}
