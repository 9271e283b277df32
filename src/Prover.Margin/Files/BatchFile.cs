using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Prover.Margin;

/// <summary>Reads and writes batches as JSON.</summary>
public static partial class BatchFile
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
            var batch = JsonSerializer.Deserialize<Batch>(json, Options) ?? throw new BatchFileException($"{origin}: null is no batch.");
            new BatchValidation(origin).Check(batch);
            return batch;
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new BatchFileException($"{origin}{line}: {error.Path ?? "$"}: {Rule(error.Message)}", error);
        }
        catch (NotSupportedException error)
        {
            // A transaction without a kind has no type that could be made.
            var path = PathInMessage().Match(error.Message).Groups["path"];
            throw new BatchFileException($"{origin}: {(path.Success ? path.Value : "$")}: a transaction needs a kind.", error);
        }
    }

    /// <summary>Writes a batch.</summary>
    public static void Write(string path, Batch batch) => File.WriteAllText(path, ToJson(batch));

    /// <summary>The batch as JSON, ending with a newline.</summary>
    public static string ToJson(Batch batch) => JsonSerializer.Serialize(batch, Options) + "\n";

    /// <summary>What the serializer says, in words about the file instead of its classes.</summary>
    private static string Rule(string message)
    {
        var text = PathInMessage().Replace(message, "");
        text = UnknownProperty().Replace(text, "the property '${name}' is unknown.");
        text = MissingProperties().Replace(text, "missing: ${names}");
        text = WrongKind().Replace(text, "a value of another kind is expected here.");
        return UnknownKind().Replace(text, "no kind of transaction is called '${name}'.");
    }

    [GeneratedRegex(@" Path: (?<path>\S+).*$| LineNumber: .*$")]
    private static partial Regex PathInMessage();

    [GeneratedRegex(@"The JSON property '(?<name>.*)' could not be mapped to any \.NET member contained in type '.*'\.")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex(@"JSON deserialization for type '.*' was missing required properties including: (?<names>.*)")]
    private static partial Regex MissingProperties();

    [GeneratedRegex(@"The JSON value could not be converted to \S+\.")]
    private static partial Regex WrongKind();

    [GeneratedRegex(@"Read unrecognized type discriminator id '(?<name>.*)'\.")]
    private static partial Regex UnknownKind();
}
