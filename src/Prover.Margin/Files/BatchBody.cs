using System.Text.Json;
using System.Text.Json.Nodes;

namespace Prover.Margin;

/// <summary>What a batch asks for, apart from where it starts: all of its file but the shape, the configuration and the state.</summary>
public static class BatchBody
{
    private const string Shape = "shape";
    private const string Configuration = "configuration";
    private const string State = "state";

    /// <summary>The body as JSON on one line.</summary>
    public static string ToText(Batch batch)
    {
        var body = JsonNode.Parse(MarginJson.ToText(WithoutAccounts(batch)))!.AsObject();
        foreach (var name in new[] { Shape, Configuration, State })
        {
            body.Remove(name);
        }

        return body.ToJsonString();
    }

    /// <summary>
    /// The body without who signed it, in the one way to write it: object members sorted by the UTF-16 units of their names, no white space, integers in decimal
    /// without leading zeros.
    /// </summary>
    public static string ToCanonicalText(Batch batch) => Sorted(JsonNode.Parse(ToText(batch with { Quorum = null })))!.ToJsonString();

    /// <summary>The batch of a body that starts somewhere, its values checked against their ranges.</summary>
    /// <param name="text">The body.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="configuration">What the deployment fixes.</param>
    /// <param name="state">Where it starts.</param>
    /// <param name="origin">What to call the text in messages.</param>
    /// <exception cref="BatchFileException">The text is none.</exception>
    public static Batch Parse(string text, BatchShape shape, Configuration configuration, InitialState state, string origin)
    {
        try
        {
            var body = JsonNode.Parse(text)?.AsObject() ?? throw new BatchFileException($"{origin}: an object is expected, not null.");
            body[Shape] = JsonNode.Parse(MarginJson.ToText(shape));
            body[Configuration] = JsonNode.Parse(MarginJson.ToText(configuration));
            body[State] = JsonNode.Parse(MarginJson.ToText(InitialState.Of(state.Markets)));
            return BatchFile.Parse(body.ToJsonString(), origin) with { State = state };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new BatchFileException($"{origin}: {error.Message}", error);
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static Batch WithoutAccounts(Batch batch) => batch with { State = InitialState.Of(batch.State.Markets) };
}
