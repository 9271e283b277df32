namespace Prover.LanguageServer;

/// <summary>The error codes of JSON-RPC 2.0 and of the language server protocol.</summary>
internal enum ErrorCode
{
    /// <summary>What came is no JSON.</summary>
    ParseError = -32700,

    /// <summary>It is JSON, but no message.</summary>
    InvalidRequest = -32600,

    /// <summary>A method that this server does not have.</summary>
    MethodNotFound = -32601,

    /// <summary>Parameters that the method does not take.</summary>
    InvalidParams = -32602,

    /// <summary>A fault of this server.</summary>
    InternalError = -32603,

    /// <summary>A request before 'initialize'.</summary>
    ServerNotInitialized = -32002,

    /// <summary>A proper request that cannot be granted; the message says why.</summary>
    RequestFailed = -32803,
}

/// <summary>Answers a request with an error; never leaves the server.</summary>
internal sealed class RpcException(ErrorCode code, string message) : Exception(message)
{
    /// <summary>What the client is told beside the message.</summary>
    public ErrorCode Code { get; } = code;
}
