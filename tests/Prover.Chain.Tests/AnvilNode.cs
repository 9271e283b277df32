using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>
/// A real EVM node of our own, on a port that was free, gone when disposed. Its clock stands still between the times
/// that a test sets, so that a deadline is met or missed by as much as the test says and not by how fast the machine is.
/// </summary>
public sealed partial class AnvilNode : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the node with its clock at a time.</summary>
    public AnvilNode(long time, int chain = 31_337)
    {
        var start = new ProcessStartInfo(NodeTools.PathOf("anvil"))
        {
            ArgumentList = { "--port", "0", "--timestamp", time.ToString(CultureInfo.InvariantCulture), "--accounts", "5", "--chain-id", chain.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("anvil did not start.");
        Client = new(new Uri($"http://{WaitForAddress(_process)}"));
        Client.RequestAsync("anvil_setBlockTimestampInterval", 0).GetAwaiter().GetResult();
        Accounts = [.. Client.RequestAsync("eth_accounts").GetAwaiter().GetResult().EnumerateArray().Select(account => account.GetString()!)];
    }

    public JsonRpcClient Client { get; }

    /// <summary>Addresses whose keys the node holds.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>Who holds the governor's role in the contracts of these tests.</summary>
    public string Governor => Accounts[3];

    /// <summary>Who holds the guardian's.</summary>
    public string Guardian => Accounts[4];

    /// <summary>Has the governor name who may propose batches, who accepts.</summary>
    public async Task AppointProposerAsync(string rollup, string proposer)
    {
        await SendAsync(Governor, rollup, new AbiWriter().Add(2, Number(proposer)).ToBytes("nominate(uint8,address)"));
        await SendAsync(proposer, rollup, new AbiWriter().Add(2).ToBytes("acceptRole(uint8)"));
    }

    /// <summary>Deploys a contract, its arguments behind its code, and returns its address.</summary>
    public async Task<string> DeployAsync(byte[] code)
    {
        var receipt = await Client.SendAsync(Accounts[0], null, code);
        Assert.True(receipt.Succeeded);
        return receipt.ContractAddress!;
    }

    /// <summary>Sends a transaction that must succeed.</summary>
    public async Task<Receipt> SendAsync(string from, string to, byte[] calldata, BigInteger value = default)
    {
        var receipt = await Client.SendAsync(from, to, calldata, value);
        Assert.True(receipt.Succeeded);
        return receipt;
    }

    /// <summary>Sends a transaction that must revert with a given error.</summary>
    public async Task RefuseAsync(string from, string contract, byte[] calldata, string error, long wei = 0)
    {
        var (data, value) = ("0x" + Convert.ToHexStringLower(calldata), string.Create(CultureInfo.InvariantCulture, $"0x{wei:x}"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Client.RequestAsync("eth_call", new { from, to = contract, data, value }, "latest"));
        Assert.StartsWith("0x" + Convert.ToHexStringLower(Keccak.Selector(error)), refusal.RevertData ?? refusal.Message);
        Assert.False((await Client.SendAsync(from, contract, calldata, wei)).Succeeded);
    }

    /// <summary>Reads one word.</summary>
    public async Task<BigInteger> ReadAsync(string contract, string signature, params BigInteger[] arguments) =>
        new((await Client.CallAsync(contract, new AbiWriter().Add(arguments).ToBytes(signature))).AsSpan(0, 32), isUnsigned: true, isBigEndian: true);

    /// <summary>The events of a kind that a contract has emitted, in order: the words of the indexed arguments, then those of the others.</summary>
    /// <param name="contract">Its address.</param>
    /// <param name="declaration">The event as it is declared, but without the names of its arguments: "Paid(address indexed,uint256)".</param>
    public async Task<BigInteger[][]> EventsAsync(string contract, string declaration)
    {
        var signature = declaration.Replace(" indexed", "", StringComparison.Ordinal);
        var topics = new[] { "0x" + Convert.ToHexStringLower(Keccak.Hash(Encoding.ASCII.GetBytes(signature))) };
        var logs = await Client.RequestAsync("eth_getLogs", new { address = contract, fromBlock = "0x0", topics });
        return [.. logs.EnumerateArray().Select(Words)];

        BigInteger[] Words(JsonElement log)
        {
            var indexed = log.GetProperty("topics").EnumerateArray().Skip(1).Select(topic => Number(topic.GetString()!)).ToArray();
            Assert.Equal(declaration.Split(" indexed").Length - 1, indexed.Length);
            var data = Convert.FromHexString(log.GetProperty("data").GetString()![2..]);
            return [.. indexed, .. data.Chunk(AbiWriter.WordLength).Select(word => new BigInteger(word, isUnsigned: true, isBigEndian: true))];
        }
    }

    /// <summary>A contract has emitted one event of a kind, with these words.</summary>
    public async Task AssertEventAsync(string contract, string declaration, params BigInteger[] words) => Assert.Equal([words], await EventsAsync(contract, declaration));

    /// <summary>Mines a block at a time.</summary>
    public async Task MineAtAsync(long time)
    {
        await Client.RequestAsync("evm_setNextBlockTimestamp", time);
        await Client.RequestAsync("evm_mine");
    }

    /// <summary>Remembers the chain as it is.</summary>
    public Task<JsonElement> SnapshotAsync() => Client.RequestAsync("evm_snapshot");

    /// <summary>Goes back to the chain that was remembered; the snapshot is used up.</summary>
    public async Task RevertAsync(JsonElement snapshot)
    {
        await Client.RequestAsync("evm_revert", snapshot);

        // The node answers with a transaction's receipt before it takes the transaction out of its pool, so that one
        // whose block is reverted at once would be mined again, in front of the next.
        await Client.RequestAsync("anvil_dropAllTransactions");
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>An address as a number.</summary>
    public static BigInteger Number(string address) => BigInteger.Parse("0" + address[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Reads all that the node prints, since a full pipe would stop it, and waits for the line with its address.</summary>
    private static string WaitForAddress(Process process)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null && Listening().Match(line.Data) is { Success: true } match)
            {
                address.TrySetResult(match.Groups[1].Value);
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return address.Task.Wait(TimeSpan.FromMinutes(1)) ? address.Task.Result : throw new TimeoutException("anvil did not listen within a minute.");
    }

    [GeneratedRegex(@"Listening on ([0-9.:]+)")]
    private static partial Regex Listening();
}
