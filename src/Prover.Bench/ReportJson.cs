using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Prover.Formats;

namespace Prover.Bench;

/// <summary>Reports as files: JSON, names in camel case, indented, and read with nothing too few or too many.</summary>
internal static partial class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // The text is read by people and never put into HTML.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Writes a report, in place of what the file held.</summary>
    /// <exception cref="ArgumentException">A number is not finite; the file is left as it was.</exception>
    public static void Write<T>(string path, T report) => OutputFile.Write(path, JsonSerializer.Serialize(report, Options) + "\n");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedFileException">This is no report: other JSON or none, a property too few or too many.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        using var file = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize<T>(file, Options) ?? throw new MalformedFileException(path, "whole file", null, "a report is expected, not null.");
        }
        catch (JsonException error)
        {
            throw new MalformedFileException(path, Place(error), null, Rule(error.Message));
        }
    }

    /// <summary>Property and line, which the exception counts from 0.</summary>
    private static string Place(JsonException error)
    {
        var property = error.Path is { } path && path != "$" ? path : "whole file";
        return error.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"{property}, line {line + 1:N0}") : property;
    }

    /// <summary>The reader's message without names of .NET's types, and without the place.</summary>
    private static string Rule(string message)
    {
        var sentence = message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
        if (Missing().Match(sentence) is { Success: true } missing)
            return $"there must be {missing.Groups[1].Value}.";
        if (Unknown().Match(sentence) is { Success: true } unknown)
            return $"there is no property {unknown.Groups[1].Value} in a report.";
        return sentence.Contains("could not be converted", StringComparison.Ordinal) ? "the value is not of the kind that belongs here." : TypeName().Replace(sentence, "");
    }

    [GeneratedRegex("missing required properties including: (.*)\\.$")]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON property ('.*?') could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex(" (during deserialization )?(on|of|for|contained in) type '[^']*'")]
    private static partial Regex TypeName();
}
