using System.Text.Json;

namespace Prover.LanguageServer;

/// <summary>A request or a notification.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Id">What the answer must carry; null for a notification.</param>
/// <param name="Params">Its parameters; an empty object if it has none.</param>
internal sealed record IncomingMessage(string Method, JsonElement? Id, JsonElement Params)
{
    private static readonly JsonElement None = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads a message; null for an answer: this server asks for nothing whose answer matters.</summary>
    /// <exception cref="RpcException">This is no message.</exception>
    public static IncomingMessage? Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException(ErrorCode.InvalidRequest, "a message is an object");
        }

        if (!message.TryGetProperty("method", out var method))
        {
            return message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _) ? null
                : throw new RpcException(ErrorCode.InvalidRequest, "a message without a method");
        }

        var hasId = message.TryGetProperty("id", out var id);
        return method.ValueKind == JsonValueKind.String && (!hasId || id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            ? new(method.GetString()!, hasId ? id : null, message.TryGetProperty("params", out var parameters) && parameters.ValueKind != JsonValueKind.Null ? parameters : None)
            : throw new RpcException(ErrorCode.InvalidRequest, "a method is a text, an id a text or a number");
    }
}
