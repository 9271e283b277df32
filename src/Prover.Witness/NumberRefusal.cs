namespace Prover.Witness;

/// <summary>Says why a text is not the number that an input expects.</summary>
internal static class NumberRefusal
{
    /// <summary>The reason, for a text that does not parse in the input's scale or lies outside its range.</summary>
    public static string Reason(string text, CircuitInput input)
    {
        if (InputReader.TryParseRaw(text, input.Scale, out var raw))
        {
            return raw < input.Low ? "below the range" : "above the range";
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return input.Scale > 0 ? "only whole numbers are read in hexadecimal" : "0x stands before 1 to 78 hexadecimal digits";
        }

        var parts = (text.StartsWith('-') ? text[1..] : text).Split('.');
        if (parts.Length > 2 || !Array.TrueForAll(parts, part => part.Length > 0 && part.All(char.IsAsciiDigit)))
        {
            return WhyNoNumber(text);
        }

        var decimals = parts.Length == 2 ? parts[1].Length : 0;
        return decimals <= input.Scale ? $"{parts[0].Length:N0} digits, at most 100 are read"
            : $"{decimals:N0} {(decimals == 1 ? "decimal" : "decimals")}, {(input.Scale == 0 ? "a whole number has none" : $"dec({input.Scale}) has {input.Scale} at most")}";
    }

    private static string WhyNoNumber(string text)
    {
        return IsOf(".") ? "a point has digits on both sides, and a number has one point at most"
            : IsOf(".+-") ? "the only sign is a '-' in front"
            : IsOf(".+-eE") ? "exponents are not read, write the digits out"
            : IsOf(".+- ,_'’\u00A0\u202F") ? "neither blanks nor thousands separators are read, and decimals follow a '.'"
            : "not a number";

        bool IsOf(string others) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || others.Contains(c, StringComparison.Ordinal));
    }
}
