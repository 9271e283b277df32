using System.Text.Json;

namespace Prover.LanguageServer;

/// <summary>The language server: reads messages until the client says 'exit' or hangs up, and answers them one after the other.</summary>
/// <remarks>Documents are checked beside that, on a thread of their own, so that no message waits for the compiler.</remarks>
public sealed class Server : IDisposable
{
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;
    private readonly Router _router = new();
    private readonly Workspace _workspace;

    private bool _isInitialized;
    private bool _canWatchFiles;
    private bool _isShutDown;

    /// <summary>A server that nobody has spoken to yet.</summary>
    /// <param name="input">Messages of the client.</param>
    /// <param name="output">Gets messages for the client, in ASCII.</param>
    /// <param name="libraryFolder">Where copies of the standard library may be written for editors to show.</param>
    public Server(Stream input, TextWriter output, string libraryFolder)
    {
        _reader = new(input);
        _writer = new(output);
        _workspace = new(new(libraryFolder), _writer);
        _router.OnRequest<InitializeParams>("initialize", Initialize);
        _router.OnNotification<InitializedParams>("initialized", _ => WatchFiles());
        _router.OnNotification<DidOpenParams>("textDocument/didOpen", _workspace.Open);
        _router.OnNotification<DidChangeParams>("textDocument/didChange", _workspace.Change);
        _router.OnNotification<DocumentParams>("textDocument/didClose", _workspace.Close);
        _router.OnNotification<WatchedFilesParams>("workspace/didChangeWatchedFiles", _workspace.Refresh);
        _router.OnRequest<DocumentParams>("textDocument/formatting", new Formatting(_workspace).Format);
        _router.OnRequest<PositionParams>("textDocument/hover", new Hover(_workspace).Show);
        _router.OnRequest<PositionParams>("textDocument/completion", new Completion(_workspace).Complete);
        _router.OnRequest<PositionParams>("textDocument/definition", new Navigation(_workspace).Definition);
        _router.OnRequest<ReferenceParams>("textDocument/references", new Navigation(_workspace).References);
        _router.OnRequest<PositionParams>("textDocument/prepareRename", new Rename(_workspace).Prepare);
        _router.OnRequest<RenameParams>("textDocument/rename", new Rename(_workspace).Apply);
        _router.OnRequest<DocumentParams>("textDocument/documentSymbol", new Outline(_workspace).Show);
    }

    /// <summary>Runs until the session ends.</summary>
    /// <returns>Whether it ended as it should, with 'shutdown' before 'exit'.</returns>
    public bool Run()
    {
        while (true)
        {
            byte[]? content;
            try
            {
                content = _reader.Read();
            }
            catch (RpcException error)
            {
                _writer.Fail(null, error.Code, error.Message);
                continue;
            }

            if (content is null)
            {
                return false;
            }

            if (Read(content) is not { } message)
            {
                continue;
            }

            if (message is { Method: "exit", Id: null })
            {
                return _isShutDown;
            }

            Dispatch(message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workspace.Dispose();
        _reader.Dispose();
    }

    /// <summary>A message, or null if there is nothing to do or what can be done has been: an answer to something that cannot be read.</summary>
    private IncomingMessage? Read(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return IncomingMessage.Read(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            _writer.Fail(null, ErrorCode.ParseError, error.Message);
        }
        catch (RpcException error)
        {
            _writer.Fail(null, error.Code, error.Message);
        }

        return null;
    }

    private void Dispatch(IncomingMessage message)
    {
        if (message.Id is not { } id)
        {
            Handle(message);
            return;
        }

        Action<MessageWriter> answer;
        try
        {
            var result = Answer(message);
            answer = writer => writer.Reply(id, result);
        }
        catch (RpcException error)
        {
            answer = writer => writer.Fail(id, error.Code, error.Message);
        }
        catch (Exception error)
        {
            // A fault of one answer is no reason to take all others from the user.
            _writer.Log(error.ToString());
            answer = writer => writer.Fail(id, ErrorCode.InternalError, $"{message.Method}: {error.Message}");
        }

        answer(_writer);
    }

    private object? Answer(IncomingMessage message)
    {
        if (!_isInitialized && message.Method != "initialize")
        {
            throw new RpcException(ErrorCode.ServerNotInitialized, $"'{message.Method}' before 'initialize'");
        }

        if (_isShutDown)
        {
            throw new RpcException(ErrorCode.InvalidRequest, $"'{message.Method}' after 'shutdown'");
        }

        if (message.Method == "shutdown")
        {
            _isShutDown = true;
            return null;
        }

        return _router.Answer(message.Method, message.Params);
    }

    /// <summary>There is no answer in which a mistake of the client could be told, so it is logged.</summary>
    private void Handle(IncomingMessage message)
    {
        if (!_isInitialized || _isShutDown)
        {
            return;
        }

        try
        {
            _router.Handle(message.Method, message.Params);
        }
        catch (Exception error)
        {
            _writer.Log(error is RpcException ? error.Message : error.ToString());
        }
    }

    private object Initialize(InitializeParams parameters)
    {
        if (_isInitialized)
        {
            throw new RpcException(ErrorCode.InvalidRequest, "'initialize' a second time");
        }

        _isInitialized = true;
        _canWatchFiles = parameters.CanWatchFiles;
        _workspace.Folders = parameters.Roots();
        return new { capabilities = Capabilities.Offered, serverInfo = new { name = "prover" } };
    }

    private void WatchFiles()
    {
        if (_canWatchFiles)
        {
            _writer.Ask("watch", "client/registerCapability", Capabilities.Watching);
        }
    }
}
