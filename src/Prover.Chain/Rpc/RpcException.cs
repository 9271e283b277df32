namespace Prover.Chain;

/// <summary>A node refused a request, or could not be reached.</summary>
public sealed class RpcException : Exception
{
    public RpcException()
    {
    }

    public RpcException(string message)
        : base(message)
    {
    }

    public RpcException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failed request.</summary>
    /// <param name="message">What was asked and what came back.</param>
    /// <param name="data">The revert data that the node sent, as hexadecimal text, if any.</param>
    public RpcException(string message, string? data)
        : base(message)
    {
        RevertData = data;
    }

    /// <summary>The revert data, if the node sent any.</summary>
    public string? RevertData { get; }
}
