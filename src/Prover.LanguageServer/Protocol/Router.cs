using System.Text.Json;

namespace Prover.LanguageServer;

/// <summary>The methods that the server has.</summary>
internal sealed class Router
{
    private readonly Dictionary<string, Func<JsonElement, object?>> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<JsonElement>> _notifications = new(StringComparer.Ordinal);

    /// <summary>Adds a method that is answered.</summary>
    public void OnRequest<T>(string method, Func<T, object?> answer) => _requests.Add(method, parameters => answer(Read<T>(method, parameters)));

    /// <summary>Adds a method that is not.</summary>
    public void OnNotification<T>(string method, Action<T> handle) => _notifications.Add(method, parameters => handle(Read<T>(method, parameters)));

    /// <summary>The result of a request.</summary>
    /// <exception cref="RpcException">There is no such method, or its parameters are others.</exception>
    public object? Answer(string method, JsonElement parameters) => _requests.TryGetValue(method, out var answer)
        ? answer(parameters)
        : throw new RpcException(ErrorCode.MethodNotFound, $"there is no method '{method}'");

    /// <summary>Handles a notification; one that is not known needs no handling.</summary>
    public void Handle(string method, JsonElement parameters) => _notifications.GetValueOrDefault(method)?.Invoke(parameters);

    private static T Read<T>(string method, JsonElement parameters)
    {
        try
        {
            return parameters.Deserialize<T>(Json.Layout) ?? throw new RpcException(ErrorCode.InvalidParams, $"'{method}' needs parameters");
        }
        catch (JsonException error)
        {
            throw new RpcException(ErrorCode.InvalidParams, $"'{method}': {error.Message}");
        }
    }
}
