using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>Field elements as decimal strings below r.</summary>
internal sealed class FieldConverter : JsonConverter<Fr>
{
    public override Fr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = IntegerConverter.ReadInteger(ref reader);
        return value < Fr.Modulus ? Fr.FromInteger(value) : throw new JsonException($"{value} is not below the field's modulus.");
    }

    public override void Write(Utf8JsonWriter writer, Fr value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Large non-negative integers as decimal strings, or as hexadecimal ones with 0x.</summary>
internal sealed class IntegerConverter : JsonConverter<BigInteger>
{
    private const int MaximumDigits = 80;

    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadInteger(ref reader);

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    internal static BigInteger ReadInteger(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"an integer in quotes is expected, not {FoundToken.WordsOf(ref reader)}.");
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        BigInteger value = default;

        // The parser passes over NULs at the end.
        var parsed = text.Length <= MaximumDigits && !text.Contains('\0', StringComparison.Ordinal) && (isHexadecimal
            ? text.Length > 2 && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));
        return parsed ? value : throw new JsonException($"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no integer.");
    }
}
