using System.Globalization;
using System.Text.Json;

namespace Prover.LanguageServer;

/// <summary>Sends messages; several threads may send at once.</summary>
/// <param name="output">Gets ASCII only: JSON can escape everything else, so that characters are bytes whatever the encoding is.</param>
internal sealed class MessageWriter(TextWriter output)
{
    private readonly Lock _gate = new();

    /// <summary>Answers a request.</summary>
    public void Reply(JsonElement id, object? result) => Send(new Dictionary<string, object?> { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result });

    /// <summary>Answers what cannot be granted.</summary>
    /// <param name="id">Null if the request could not be read so far.</param>
    public void Fail(JsonElement? id, ErrorCode code, string message) =>
        Send(new Dictionary<string, object?> { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = new { code = (int)code, message } });

    /// <summary>Tells the client something.</summary>
    public void Notify(string method, object parameters) =>
        Send(new Dictionary<string, object?> { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Asks the client for something whose answer does not matter.</summary>
    public void Ask(string id, string method, object parameters) =>
        Send(new Dictionary<string, object?> { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });

    /// <summary>Tells whoever looks into the client's log of something that went wrong.</summary>
    public void Log(string text) => Notify("window/logMessage", new { type = 1, message = text });

    private void Send(Dictionary<string, object?> message)
    {
        var content = JsonSerializer.Serialize(message, Json.Layout);
        lock (_gate)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n{content}"));
            output.Flush();
        }
    }
}
