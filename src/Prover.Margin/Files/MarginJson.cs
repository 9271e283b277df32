using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Prover.Margin;

/// <summary>Batches and their parts as JSON: states, accounts, markets, transactions, each as a batch file writes it.</summary>
public static class MarginJson
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        MaxDepth = 32,
        WriteIndented = true,
        IndentSize = 1,
        Converters = { new FieldConverter(), new IntegerConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyShocks } },
    };

    /// <summary>Shapes without scenarios have no shocks to write.</summary>
    private static void LeaveOutEmptyShocks(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Name == "shocks"))
        {
            property.ShouldSerialize = (_, shocks) => shocks is not (ImmutableArray<long> { Length: 0 } or ImmutableArray<ImmutableArray<long>> { Length: 0 });
        }
    }

    private static readonly JsonSerializerOptions OneLine = new(Indented) { WriteIndented = false };

    /// <summary>A part on one line.</summary>
    public static string ToText<T>(T part) => JsonSerializer.Serialize(part, OneLine);

    /// <summary>A part on many lines.</summary>
    public static string ToIndented<T>(T part) => JsonSerializer.Serialize(part, Indented);

    /// <summary>Parses a file that names its format. Ranges are not checked: <see cref="BatchFile.Check"/> does that.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What to call the text in messages.</param>
    /// <param name="format">What its format must be. If parsing fails and it is another one, that is said instead of what else is wrong.</param>
    /// <exception cref="BatchFileException">The text is none.</exception>
    public static T ParseFile<T>(string json, string origin, string format)
    {
        try
        {
            return Parse<T>(json, origin);
        }
        catch (BatchFileException error) when (BatchMistake.OfFormat(json, format) is { } mistake)
        {
            throw new BatchFileException($"{origin}: $.format: {mistake}", error);
        }
    }

    /// <summary>Parses a part. Ranges are not checked: <see cref="BatchFile.Check"/> does that.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What to call the text in messages.</param>
    /// <exception cref="BatchFileException">The text is none.</exception>
    public static T Parse<T>(string json, string origin)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Indented) ?? throw new BatchFileException($"{origin}: $: an object is expected, not null.");
        }
        catch (JsonException error)
        {
            throw new BatchFileException($"{origin}{BatchMistake.Describe(error, json)}", error);
        }
        catch (NotSupportedException error)
        {
            throw new BatchFileException($"{origin}{BatchMistake.Describe(error)}", error);
        }
    }
}
