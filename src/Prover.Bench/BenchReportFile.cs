using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Prover.Formats;

namespace Prover.Bench;

/// <summary>A <see cref="BenchReport"/> as a file: JSON, names in camel case, indented.</summary>
public static partial class BenchReportFile
{
    private const double LongestSeconds = 1e9; // Thirty years; axes of plots are found by sums and powers, which must stay finite.
    private const int LargestLogSize = 28; // The two-adicity of Fr's order less one: no domain is larger.

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

    /// <summary>Writes <paramref name="report"/>, in place of what the file held.</summary>
    /// <exception cref="ArgumentException">A number is not finite; the file is left as it was.</exception>
    public static void Write(string path, BenchReport report) =>
        OutputFile.Write(path, JsonSerializer.Serialize(report, Options) + "\n");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedFileException">
    /// This is no report: other JSON or none, a property too few or too many, a number out of its range.
    /// </exception>
    public static BenchReport Read(string path)
    {
        using var file = File.OpenRead(path);
        BenchReport? report;
        try
        {
            report = JsonSerializer.Deserialize<BenchReport>(file, Options);
        }
        catch (JsonException error)
        {
            throw new MalformedFileException(path, Place(error), null, Rule(error.Message));
        }

        if (report is null)
            throw new MalformedFileException(path, "whole file", null, "a report is expected, not null.");
        new Rules(path).Check(report);
        return report;
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

    /// <summary>What the types of a report leave open.</summary>
    private readonly struct Rules(string path)
    {
        public void Check(BenchReport report)
        {
            Positive("machine.cores", report.Machine.Cores);
            NotNegative("machine.memoryBytes", report.Machine.MemoryBytes);
            if (!DateTimeOffset.TryParse(report.Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                Refuse("date", $"\"{report.Date}\" is no date in ISO 8601.");

            for (var i = 0; i < report.Kernels.Count; i++)
                Check($"kernels[{i}]", report.Kernels[i]);
            for (var i = 0; i < report.Proofs.Count; i++)
                Check($"proofs[{i}]", report.Proofs[i]);
        }

        private void Check(string place, KernelTimes? kernels)
        {
            var present = Present(place, kernels);
            NotNegative($"{place}.product", present.Product);
            NotNegative($"{place}.g1Addition", present.G1Addition);
            NotNegative($"{place}.g2Addition", present.G2Addition);
            NotNegative($"{place}.butterfly", present.Butterfly);
        }

        private void Check(string place, ProofTimes? proof)
        {
            var present = Present(place, proof);
            NotNegative($"{place}.logSize", present.LogSize);
            if (present.LogSize > LargestLogSize)
                Refuse($"{place}.logSize", $"a domain has at most 2^{LargestLogSize} elements, this one has 2^{present.LogSize}.");
            NotNegative($"{place}.constraints", present.Constraints);
            NotNegative($"{place}.wires", present.Wires);
            NotNegative($"{place}.terms", present.Terms);
            if (present.Seconds.Count == 0)
                Refuse($"{place}.seconds", "at least one round is expected, there is none.");
            Rounds($"{place}.seconds", present.Seconds);
            Rounds($"{place}.processSeconds", present.ProcessSeconds);
            Seconds($"{place}.cpuSeconds", present.CpuSeconds);
            for (var i = 0; i < present.Stages.Count; i++)
                Seconds($"{place}.stages[{i}].seconds", Present($"{place}.stages[{i}]", present.Stages[i]).Seconds);
            NotNegative($"{place}.peakPrivateBytes", present.PeakPrivateBytes);
            NotNegative($"{place}.bytesMoved", present.BytesMoved);
        }

        private void Rounds(string place, IReadOnlyList<double> seconds)
        {
            for (var i = 0; i < seconds.Count; i++)
                Seconds($"{place}[{i}]", seconds[i]);
        }

        private void Seconds(string place, double value)
        {
            NotNegative(place, value);
            if (value > LongestSeconds)
                Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be at most {LongestSeconds:N0} seconds, is {value:R}."));
        }

        private void Positive(string place, int value)
        {
            if (value <= 0)
                Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be positive, is {value:N0}."));
        }

        private void NotNegative(string place, double value)
        {
            if (!double.IsFinite(value) || value < 0)
                Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be finite and not negative, is {value:R}."));
        }

        /// <summary>A list's elements may be null in JSON whatever their type says.</summary>
        private T Present<T>(string place, T? value)
            where T : class =>
            value ?? throw new MalformedFileException(path, place, null, "is null.");

        private void Refuse(string place, string rule) => throw new MalformedFileException(path, place, null, rule);
    }
}
