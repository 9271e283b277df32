using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Prover.Margin;

/// <summary>What stands in a text where something else is expected.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Words">The value, short enough for a message.</param>
/// <param name="Excess">Why a whole number is refused in the place of a whole number; empty for everything else.</param>
internal readonly record struct FoundToken(JsonTokenType Type, string Words, string Excess)
{
    private const int MaximumExcerpt = 40;

    /// <summary>The token that ends, or as a list or an object begins, where the serializer stopped.</summary>
    public static FoundToken At(JsonException error, ReadOnlySpan<byte> text)
    {
        var offset = error.BytePositionInLine ?? 0;
        var rest = text;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            var length = rest.IndexOf((byte)'\n') + 1;
            offset += length;
            rest = rest[length..];
        }

        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.BytesConsumed >= offset)
            {
                return new(reader.TokenType, WordsOf(ref reader), ExcessOf(ref reader));
            }
        }

        return default;
    }

    /// <summary>The value that a reader stands at.</summary>
    public static string WordsOf(ref Utf8JsonReader reader)
    {
        var raw = Encoding.UTF8.GetString(reader.ValueSpan);
        var excerpt = raw.Length <= MaximumExcerpt ? raw : string.Create(CultureInfo.InvariantCulture, $"{raw[..MaximumExcerpt]}… ({raw.Length:N0} characters)");
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => $"the text \"{excerpt}\"",
            JsonTokenType.PropertyName => $"the name \"{excerpt}\"",
            _ => excerpt,
        };
    }

    private static string ExcessOf(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAny(".eE"u8)
        ? ""
        : reader.ValueSpan[0] == '-' ? " (too small)" : " (too large)";
}
