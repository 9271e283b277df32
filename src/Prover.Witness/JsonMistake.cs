using System.Text.Json;
using System.Text.RegularExpressions;

namespace Prover.Witness;

/// <summary>Why a text is no JSON, in words about the text instead of about the reader that refused it.</summary>
/// <param name="Place">"line 3, byte 2", the byte counted within its line from 0; or null if the rule is not about one place.</param>
/// <param name="Rule">The rule that is broken, without a full stop.</param>
public readonly partial record struct JsonMistake(string? Place, string Rule)
{
    /// <summary>Puts an exception of System.Text.Json into words.</summary>
    /// <param name="error">What was thrown for the text.</param>
    /// <param name="text">The whole text in UTF-8.</param>
    public static JsonMistake Of(JsonException error, ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExcept(" \t\r\n"u8))
        {
            return new(null, "the file is empty");
        }

        var place = error is { LineNumber: { } line, BytePositionInLine: { } position } ? $"line {line + 1}, byte {position}" : null;
        return new(place, EndsInTheMiddle(text) ? "the JSON ends in the middle" : RuleOf(error.Message));
    }

    /// <summary>The rule in an exception's message, without the position, and in other words where the message is about the reader.</summary>
    public static string RuleOf(string message)
    {
        var text = Position().Replace(message, "").TrimEnd('.');
        if (Duplicate().Match(text) is { Success: true } twice)
        {
            return $"'{twice.Groups["name"].Value}' is given twice";
        }

        if (TooDeep().Match(text) is { Success: true } deep)
        {
            return $"lists and objects are nested more than {deep.Groups["depth"].Value} deep";
        }

        return text.EndsWith("trailing comma at the end which is not supported in this mode. Change the reader options", StringComparison.Ordinal) ? "a comma before the end of a list or an object" : text;
    }

    /// <inheritdoc/>
    public override string ToString() => Place is null ? Rule : $"{Place}: {Rule}";

    /// <summary>Whether nothing is wrong with the text but that more of it is expected.</summary>
    private static bool EndsInTheMiddle(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            return !(reader.Read() && reader.TrySkip());
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"( Path: .* \|)? LineNumber: .*$")]
    private static partial Regex Position();

    [GeneratedRegex(@"^(Duplicate property|Deserialized object contains a duplicate) '(?<name>.*)' (encountered during deserialization|metadata property)")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"^The maximum configured depth of (?<depth>\d+) has been exceeded")]
    private static partial Regex TooDeep();
}
