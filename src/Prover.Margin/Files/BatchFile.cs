using System.Text.Json;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>Reads and writes batches as JSON.</summary>
public static class BatchFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
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
    };

    /// <summary>Reads a batch and checks every value against its range.</summary>
    /// <exception cref="BatchFileException">The file is no batch.</exception>
    public static Batch Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Parses a batch.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What to call the text in messages.</param>
    /// <exception cref="BatchFileException">The text is no batch.</exception>
    public static Batch Parse(string json, string origin)
    {
        try
        {
            var batch = JsonSerializer.Deserialize<Batch>(json, Options) ?? throw new BatchFileException($"{origin}: $: an object is expected, not null.");
            new BatchValidation(origin).Check(batch);
            return batch;
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

    /// <summary>Writes a batch.</summary>
    public static void Write(string path, Batch batch) => File.WriteAllText(path, ToJson(batch));

    /// <summary>The batch as JSON, ending with a newline.</summary>
    public static string ToJson(Batch batch) => JsonSerializer.Serialize(batch, Options) + "\n";
}
