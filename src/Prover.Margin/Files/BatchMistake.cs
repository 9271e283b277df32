using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Prover.Witness;

namespace Prover.Margin;

/// <summary>Why a text is no batch, in words about the text instead of about the classes it is read into.</summary>
internal static partial class BatchMistake
{
    private const string WholeNumber = "a whole number";

    /// <summary>The place and the rule that is broken there.</summary>
    public static string Describe(JsonException error, string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        if (error.InnerException is JsonException)
        {
            return $": {JsonMistake.Of(error, text)}.";
        }

        var line = error.LineNumber is { } number ? $", line {number + 1}" : "";
        return $"{line}: {error.Path ?? "$"}: {Rule(error, text)}";
    }

    /// <summary>A transaction without a kind has no type that could be made.</summary>
    public static string Describe(NotSupportedException error)
    {
        var path = PathInMessage().Match(error.Message).Groups["path"];
        return $": {(path.Success ? path.Value : "$")}: a transaction needs a kind.";
    }

    /// <summary>What is wrong with the format that an object names; null if nothing is, or if the text is no object.</summary>
    public static string? OfFormat(string json, string expected)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement switch
            {
                { ValueKind: not JsonValueKind.Object } => null,
                var root when !root.TryGetProperty("format", out _) => $"there is none; '{expected}' is expected.",
                var root when root.GetProperty("format") is { ValueKind: JsonValueKind.String } format && !format.ValueEquals(expected) =>
                    $"'{format.GetString()}' is not '{expected}', the only format that is read here.",
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is a name or a text with half of a surrogate pair; both are mistakes that the parser has told.
            return null;
        }
    }

    private static string Rule(JsonException error, byte[] text)
    {
        if (WrongKind().Match(error.Message) is { Success: true } wrong)
        {
            return WrongKindRule(error, wrong.Groups["type"].Value, FoundToken.At(error, text));
        }

        var rule = JsonMistake.RuleOf(error.Message);
        rule = UnknownProperty().Replace(rule, "the property '${name}' is unknown");
        rule = MissingProperties().Replace(rule, "missing: ${names}");
        rule = NullProperty().Replace(rule, "a value is expected, not null");
        rule = UnknownKind().Replace(rule, "no kind of transaction is called '${name}'");
        return rule + ".";
    }

    private static string WrongKindRule(JsonException error, string type, FoundToken found)
    {
        if (error.InnerException is InvalidOperationException half && half.Message.Contains("UTF-16", StringComparison.Ordinal))
        {
            return $"{found.Words} holds half of a surrogate pair.";
        }

        // For a scalar the serializer names the class around it; what it wanted is then known from the reader's own complaint.
        var expected = error.InnerException switch
        {
            FormatException => WholeNumber,
            InvalidOperationException complaint when complaint.Message.EndsWith("as a number.", StringComparison.Ordinal) => WholeNumber,
            InvalidOperationException => "text",
            _ when found.Type == JsonTokenType.PropertyName => WholeNumber,
            _ when type.StartsWith("System.Collections.Immutable.ImmutableArray", StringComparison.Ordinal) => "a list",
            _ => "an object",
        };

        // The format is looked at last, when the reader stands behind the whole batch.
        return found.Type is JsonTokenType.EndObject or JsonTokenType.None
            ? $"{expected} is expected."
            : $"{expected} is expected, not {found.Words}{(expected == WholeNumber ? found.Excess : "")}.";
    }

    [GeneratedRegex(@" Path: (?<path>\S+)")]
    private static partial Regex PathInMessage();

    [GeneratedRegex(@"^The JSON property '(?<name>.*)' could not be mapped to any \.NET member contained in type '.*'$")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex(@"^JSON deserialization for type '.*' was missing required properties including: (?<names>.*)$")]
    private static partial Regex MissingProperties();

    [GeneratedRegex(@"^The (constructor parameter|property or field) '.*' on type '.*' doesn't allow .*$")]
    private static partial Regex NullProperty();

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>\S+)\.( |$)")]
    private static partial Regex WrongKind();

    [GeneratedRegex(@"^Read unrecognized type discriminator id '(?<name>.*)'$")]
    private static partial Regex UnknownKind();
}
