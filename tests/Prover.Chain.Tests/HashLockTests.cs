using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Chain.Tests;

/// <summary>Locked money goes to its recipient for the secret until the deadline, back afterwards, and to nobody twice.</summary>
public sealed class HashLockTests : IDisposable
{
    private const long Start = 1_764_000_000;
    private const long Deadline = Start + 1_000;
    private const long Amount = 500;
    private const string LockSignature = "lock(address,uint256,address,bytes32,uint64)";

    private static readonly byte[] Secret = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    private readonly AnvilNode _node = new(Start);

    private string Payer => _node.Accounts[0];

    private string Recipient => _node.Accounts[1];

    private string Stranger => _node.Accounts[2];

    [Fact]
    public async Task The_recipient_is_paid_once_for_the_secret()
    {
        var (locks, token) = await LockAsync(SHA256.HashData(Secret));
        await _node.RefuseAsync(Recipient, locks, Claim(0, [.. Secret[..31], 0]), "WrongPreimage(uint256)");
        await _node.RefuseAsync(Recipient, locks, Claim(0, SHA256.HashData(Secret)), "WrongPreimage(uint256)");
        await _node.RefuseAsync(Recipient, locks, Claim(1, Secret), "NoLock(uint256)");

        // Whoever shows the secret, the recipient is paid.
        await _node.SendAsync(Stranger, locks, Claim(0, Secret));
        Assert.Equal((Amount, 0), (await BalanceAsync(token, Recipient), await BalanceAsync(token, locks)));
        await _node.AssertEventAsync(
            locks,
            "Locked(uint256 indexed,address,uint256,address indexed,address indexed,bytes32,uint64)",
            0, AnvilNode.Number(Payer), AnvilNode.Number(Recipient), AnvilNode.Number(token), Amount, Number(SHA256.HashData(Secret)), Deadline);
        await _node.AssertEventAsync(locks, "Claimed(uint256 indexed,bytes32)", 0, Number(Secret));
        await _node.RefuseAsync(Recipient, locks, Claim(0, Secret), "NoLock(uint256)");
        await _node.MineAtAsync(Deadline + 1);
        await _node.RefuseAsync(Payer, locks, Refund(0), "NoLock(uint256)");
    }

    [Fact]
    public async Task Until_the_deadline_it_is_claimed_and_afterwards_refunded()
    {
        var (locks, token) = await LockAsync(SHA256.HashData(Secret));
        await _node.RefuseAsync(Payer, locks, Refund(0), "TooEarly(uint256,uint256)");
        foreach (var (time, call, succeeds) in new[] { (Deadline, Refund(0), false), (Deadline, Claim(0, Secret), true), (Deadline + 1, Claim(0, Secret), false), (Deadline + 1, Refund(0), true) })
        {
            var before = await _node.SnapshotAsync();
            await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
            Assert.Equal(succeeds, (await _node.Client.SendAsync(Stranger, locks, call)).Succeeded);
            Assert.Equal(succeeds && time == Deadline ? Amount : 0, await BalanceAsync(token, Recipient));
            await _node.RevertAsync(before);
        }

        await _node.MineAtAsync(Deadline + 1);
        await _node.RefuseAsync(Recipient, locks, Claim(0, Secret), "TooLate(uint256,uint256)");
        await _node.SendAsync(Stranger, locks, Refund(0));
        Assert.Equal((1_000, 0), (await BalanceAsync(token, Payer), await BalanceAsync(token, locks)));
        await _node.AssertEventAsync(locks, "Refunded(uint256 indexed)", 0);
        Assert.Empty(await _node.EventsAsync(locks, "Claimed(uint256 indexed,bytes32)"));
        await _node.RefuseAsync(Payer, locks, Refund(0), "NoLock(uint256)");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public async Task A_secret_of_another_length_opens_nothing(int length)
    {
        // The other side of a swap must not be payable for a secret that this side cannot be shown.
        byte[] secret = [.. Secret, 7];
        var (locks, token) = await LockAsync(SHA256.HashData(secret[..length]));
        byte[] padded = [.. secret[..length], .. new byte[64 - length]];
        await _node.RefuseAsync(Recipient, locks, Claim(0, padded[..32]), "WrongPreimage(uint256)");
        await _node.RefuseAsync(Recipient, locks, Claim(0, padded), "WrongPreimage(uint256)");
        Assert.False((await _node.Client.SendAsync(Recipient, locks, Claim(0, secret[..Math.Min(length, 31)]))).Succeeded);
        await _node.MineAtAsync(Deadline + 1);
        await _node.SendAsync(Payer, locks, Refund(0));
        Assert.Equal(1_000, await BalanceAsync(token, Payer));
    }

    [Fact]
    public async Task A_lock_needs_money_a_recipient_and_time()
    {
        var (locks, token) = await DeployAsync();
        var hash = Number(SHA256.HashData(Secret));
        var (money, to) = (AnvilNode.Number(token), AnvilNode.Number(Recipient));
        await _node.MineAtAsync(Start + 100);
        await RefuseAsync("BadLock()", money, 0, to, hash, Deadline);
        await RefuseAsync("BadLock()", money, Amount, 0, hash, Deadline);
        await RefuseAsync("BadLock()", money, Amount, to, hash, Start + 100);
        await RefuseAsync("TokenTransferFailed()", money, 1_001, to, hash, Deadline);
        await _node.SendAsync(Payer, locks, Call(LockSignature, money, Amount, to, hash, Deadline));

        // A token that keeps a part, and what is no token.
        await _node.SendAsync(Payer, token, Call("setFee(uint256)", 1));
        await RefuseAsync("TokenTransferFailed()", money, Amount, to, hash, Deadline);
        Assert.False((await _node.Client.SendAsync(Payer, locks, Call(LockSignature, to, Amount, to, hash, Deadline))).Succeeded);
        Assert.Equal((1, Amount), (await _node.ReadAsync(locks, "lockCount()"), await BalanceAsync(token, locks)));

        Task RefuseAsync(string error, params BigInteger[] arguments) => _node.RefuseAsync(Payer, locks, Call(LockSignature, arguments), error);
    }

    [Fact]
    public async Task A_token_that_calls_back_is_not_let_in()
    {
        // A second lock of the same token: what a reentrant claim would be after.
        var (locks, token) = await LockAsync(SHA256.HashData(Secret));
        await _node.SendAsync(Payer, locks, Call(LockSignature, AnvilNode.Number(token), Amount, AnvilNode.Number(Stranger), Number(SHA256.HashData(Secret)), Deadline));
        foreach (var call in new[] { Claim(0, Secret), Claim(1, Secret), Refund(1), Call(LockSignature, AnvilNode.Number(token), 1, AnvilNode.Number(Stranger), 1, Deadline) })
        {
            var before = await _node.SnapshotAsync();
            await _node.SendAsync(Payer, token, TestCalls.SetCall(locks, call));
            await _node.SendAsync(Recipient, locks, Claim(0, Secret));
            Assert.Equal(0, await _node.ReadAsync(token, "wasLetIn()"));
            Assert.Equal(Keccak.Selector("Reentered()"), (await _node.Client.CallAsync(token, Call("answer()")))[..4]);
            Assert.Equal((Amount, Amount), (await BalanceAsync(token, Recipient), await BalanceAsync(token, locks)));
            await _node.RevertAsync(before);
        }

        await _node.SendAsync(Recipient, locks, Claim(1, Secret));
        Assert.Equal(Amount, await BalanceAsync(token, Stranger));
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    private static byte[] Claim(int id, byte[] preimage) => [.. Call("claim(uint256,bytes32)", id), .. preimage];

    private static byte[] Refund(int id) => Call("refund(uint256)", id);

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private Task<BigInteger> BalanceAsync(string token, string owner) => _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(owner));

    private async Task<(string Locks, string Token)> LockAsync(byte[] hash)
    {
        var (locks, token) = await DeployAsync();
        await _node.SendAsync(Payer, locks, Call(LockSignature, AnvilNode.Number(token), Amount, AnvilNode.Number(Recipient), Number(hash), Deadline));
        return (locks, token);
    }

    /// <summary>The payer has 1,000 and lets the contract take them.</summary>
    private async Task<(string Locks, string Token)> DeployAsync()
    {
        var (locks, token) = (await _node.DeployAsync(SolidityCompiler.Rollup["HashLock"]), await _node.DeployAsync(SolidityCompiler.Rollup["TestToken"]));
        await _node.SendAsync(Payer, token, Call("mint(address,uint256)", AnvilNode.Number(Payer), 1_000));
        await _node.SendAsync(Payer, token, Call("approve(address,uint256)", AnvilNode.Number(locks), 10_000));
        return (locks, token);
    }
}
