using System.Text.Json.Nodes;

namespace Prover.Bench.Tests;

/// <summary>Changes values of a report's JSON at places like "$.proofs.0.seconds".</summary>
internal static class ReportPlaces
{
    /// <summary>The text with another value, itself given as text, since nodes cannot hold 1e999; null takes the property away.</summary>
    public static string Put(string text, string place, string? value)
    {
        const string mark = "\"the mark\"";
        var root = JsonNode.Parse(text)!;
        var dot = place.LastIndexOf('.');
        var name = place[(dot + 1)..];
        var parent = place[..dot].Split('.').Skip(1).Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part)]! : node[part]!);
        if (value is null)
            Assert.True(parent.AsObject().Remove(name));
        else if (parent is JsonArray array)
            array[int.Parse(name)] = "the mark";
        else
            parent[name] = "the mark";
        return value is null ? root.ToJsonString() : root.ToJsonString().Replace(mark, value, StringComparison.Ordinal);
    }
}
