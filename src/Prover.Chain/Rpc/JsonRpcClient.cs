using System.Globalization;
using System.Net.Http.Json;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Prover.Chain;

/// <summary>A receipt of a mined transaction.</summary>
/// <param name="Succeeded">Whether it did not revert.</param>
/// <param name="GasUsed">What it cost.</param>
/// <param name="ContractAddress">The contract that it made, if it made one.</param>
public sealed record Receipt(bool Succeeded, long GasUsed, string? ContractAddress);

/// <summary>Speaks JSON-RPC to an Ethereum node.</summary>
/// <param name="endpoint">The node's HTTP address.</param>
public sealed class JsonRpcClient(Uri endpoint) : IDisposable
{
    /// <summary>More than any call here needs, in hexadecimal; what is not used is not paid.</summary>
    private const string GasLimit = "0x989680";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private int _lastId;

    /// <summary>Sends a request and returns its result.</summary>
    /// <exception cref="RpcException">The node answered with an error.</exception>
    /// <exception cref="HttpRequestException">The node could not be reached; trying again may help.</exception>
    public async Task<JsonElement> RequestAsync(string method, params object?[] parameters)
    {
        var request = new { jsonrpc = "2.0", id = Interlocked.Increment(ref _lastId), method, @params = parameters };
        using var response = await _http.PostAsJsonAsync(endpoint, request).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
        if (answer.TryGetProperty("error", out var error))
        {
            var data = error.TryGetProperty("data", out var detail) && detail.ValueKind == JsonValueKind.String ? detail.GetString() : null;
            throw new RpcException($"{method}: {error.GetProperty("message").GetString()}", data);
        }

        return answer.GetProperty("result");
    }

    /// <summary>Reads a contract's function; the raw bytes it returns.</summary>
    /// <exception cref="RpcException">The call reverted.</exception>
    public async Task<byte[]> CallAsync(string contract, byte[] calldata)
    {
        var result = await RequestAsync("eth_call", new { to = contract, data = Hex(calldata) }, "latest").ConfigureAwait(false);
        return Convert.FromHexString(result.GetString()![2..]);
    }

    /// <summary>Sends a transaction from an account whose key the node holds, and waits until it is mined.</summary>
    /// <param name="from">The account.</param>
    /// <param name="to">The contract, or null to make one.</param>
    /// <param name="data">Calldata, or creation code.</param>
    /// <param name="value">Wei that go with it.</param>
    /// <returns>The receipt, also of a transaction that reverted.</returns>
    /// <exception cref="RpcException">The node refused to take it.</exception>
    public async Task<Receipt> SendAsync(string from, string? to, byte[] data, BigInteger value = default)
    {
        var transaction = new JsonObject { ["from"] = from, ["data"] = Hex(data), ["gas"] = GasLimit };
        if (to is not null)
        {
            transaction["to"] = to;
        }

        if (!value.IsZero)
        {
            transaction["value"] = Quantity(value);
        }

        var hash = (await RequestAsync("eth_sendTransaction", transaction).ConfigureAwait(false)).GetString();
        while (true)
        {
            var receipt = await RequestAsync("eth_getTransactionReceipt", hash).ConfigureAwait(false);
            if (receipt.ValueKind == JsonValueKind.Object)
            {
                return new(
                    receipt.GetProperty("status").GetString() == "0x1",
                    (long)Number(receipt.GetProperty("gasUsed")),
                    receipt.TryGetProperty("contractAddress", out var address) ? address.GetString() : null);
            }

            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static string Quantity(BigInteger value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    private static BigInteger Number(JsonElement element) =>
        BigInteger.Parse("0" + element.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
