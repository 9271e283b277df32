using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace Prover.LanguageServer.Tests;

/// <summary>A server on a thread of this process, a folder of files, and a client that speaks to it as plainly as possible.</summary>
internal sealed class Session : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover lsp ");
    private readonly AnonymousPipeServerStream _toServer = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _toClient = new(PipeDirection.Out);
    private readonly MessageReader _replies;
    private readonly List<JsonElement> _notifications = [];
    private readonly Task<bool> _run;
    private int _id;
    private int _version;

    /// <summary>Starts a session, and introduces the client unless it is to do that itself.</summary>
    public Session(bool initialize = true)
    {
        _replies = new(new AnonymousPipeClientStream(PipeDirection.In, _toClient.ClientSafePipeHandle));
        var input = new AnonymousPipeClientStream(PipeDirection.In, _toServer.ClientSafePipeHandle);
        _run = Task.Factory.StartNew(
            () =>
            {
                using var output = new StreamWriter(_toClient, Encoding.ASCII);
                using var server = new Server(input, output, PathOf("library"));
                return server.Run();
            },
            TaskCreationOptions.LongRunning);
        if (initialize)
        {
            Request("initialize", new { processId = (int?)null, rootUri = DocumentUri.FromPath(_folder.FullName), capabilities = new { } });
            Notify("initialized", new { });
        }
    }

    /// <summary>Whether the server has ended as it should; waits until it has.</summary>
    public bool Ended => _run.Wait(Patience) ? _run.Result : throw new TimeoutException();

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string UriOf(string name) => DocumentUri.FromPath(PathOf(name));

    /// <summary>Writes a file that is not open.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Opens a document, which need not be a file, and waits for what is wrong with it.</summary>
    public JsonElement[] Open(string name, string text) => OpenUri(UriOf(name), text);

    /// <inheritdoc cref="Open"/>
    public JsonElement[] OpenUri(string uri, string text)
    {
        Notify("textDocument/didOpen", new { textDocument = new { uri, languageId = "circuit", version = ++_version, text } });
        return Diagnostics(uri, _version);
    }

    /// <summary>Gives an open document another text, and waits for what is wrong with it.</summary>
    public JsonElement[] Change(string name, string text)
    {
        Notify("textDocument/didChange", new { textDocument = new { uri = UriOf(name), version = ++_version }, contentChanges = new[] { new { text } } });
        return Diagnostics(UriOf(name), _version);
    }

    /// <summary>The diagnostics of a document at a version, or of a file that is not open; waits for them.</summary>
    public JsonElement[] Diagnostics(string uri, int? version = null)
    {
        while (true)
        {
            var found = _notifications.FindLast(message => message.GetProperty("method").GetString() == "textDocument/publishDiagnostics"
                && message.GetProperty("params") is var about && about.GetProperty("uri").GetString() == uri
                && (version is null || (about.TryGetProperty("version", out var of) && of.GetInt32() == version)));
            if (found.ValueKind == JsonValueKind.Object)
            {
                return [.. found.GetProperty("params").GetProperty("diagnostics").EnumerateArray()];
            }

            Receive();
        }
    }

    /// <summary>Whether the server has sent a message of a method so far.</summary>
    public bool WasAsked(string method) => _notifications.Exists(message => message.GetProperty("method").GetString() == method);

    /// <summary>Forgets what the server has said so far.</summary>
    public void Forget() => _notifications.Clear();

    /// <summary>A request about a place; the cursor stands where the text has a '¦', which is taken out of it first.</summary>
    public JsonElement At(string method, string name, string marked, object? more = null)
    {
        var offset = marked.IndexOf('¦', StringComparison.Ordinal);
        var position = new LineIndex(marked).PositionOf(offset);
        var message = new Dictionary<string, object?> { ["textDocument"] = new { uri = UriOf(name) }, ["position"] = position };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            message[property.Name] = property.GetValue(more);
        }

        return Request(method, message);
    }

    /// <summary>The result of a request.</summary>
    public JsonElement Request(string method, object parameters) => Ask(method, parameters) is var answer && answer.TryGetProperty("result", out var result)
        ? result
        : throw new InvalidOperationException(answer.ToString());

    /// <summary>The code and message with which a request is refused.</summary>
    public (int Code, string Message) Refused(string method, object parameters) => Error(Ask(method, parameters));

    /// <summary>The whole answer to a request.</summary>
    public JsonElement Ask(string method, object parameters)
    {
        var id = ++_id;
        Send(JsonSerializer.Serialize(new { jsonrpc = "2.0", id, method, @params = parameters }, Json.Layout));
        return Answer(id);
    }

    public void Notify(string method, object parameters) => Send(JsonSerializer.Serialize(new { jsonrpc = "2.0", method, @params = parameters }, Json.Layout));

    /// <summary>Sends content with a proper header.</summary>
    public void Send(string content) => SendRaw(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n{content}"));

    /// <summary>Sends anything.</summary>
    public void SendRaw(string bytes) => _toServer.Write(Encoding.UTF8.GetBytes(bytes));

    /// <summary>Hangs up.</summary>
    public void HangUp() => _toServer.Dispose();

    /// <summary>The answer to the request of an id, or, without one, to what could not be read.</summary>
    public JsonElement Answer(int? id = null)
    {
        while (true)
        {
            var message = Receive();
            if (message.TryGetProperty("id", out var of) && (id is null ? of.ValueKind == JsonValueKind.Null : of.ValueKind == JsonValueKind.Number && of.GetInt32() == id))
            {
                return message;
            }
        }
    }

    public static (int Code, string Message) Error(JsonElement answer) =>
        answer.GetProperty("error") is var error ? (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!) : default;

    public void Dispose()
    {
        HangUp();
        _ = Ended;
        _replies.Dispose();
        _folder.Delete(recursive: true);
    }

    private JsonElement Receive()
    {
        var reading = Task.Run(_replies.Read);
        var content = reading.Wait(Patience) ? reading.Result ?? throw new EndOfStreamException() : throw new TimeoutException();
        var message = JsonDocument.Parse(content).RootElement;
        if (message.TryGetProperty("method", out _))
        {
            _notifications.Add(message);
        }

        return message;
    }
}
