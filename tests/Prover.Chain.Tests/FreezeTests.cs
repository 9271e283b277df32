using System.Numerics;

namespace Prover.Chain.Tests;

/// <summary>A rollup that lets a deposit wait for a week can be ended by anybody, and gives back what it never served.</summary>
public sealed class FreezeTests(SmallBatch proved) : IDisposable
{
    private const long Week = 7 * 86_400;

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Payer => _node.Accounts[0];

    private string Stranger => _node.Accounts[1];

    [Fact]
    public async Task Freezes_after_a_week_and_not_a_second_before()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await _node.RefuseAsync(Stranger, rollup, Call("freeze()"), "TooEarlyToFreeze()");
        await DepositAtAsync(rollup, SmallBatch.Time + 100);
        await FreezeAtAsync(rollup, SmallBatch.Time + 100 + Week, succeeds: false);
        await FreezeAtAsync(rollup, SmallBatch.Time + 101 + Week, succeeds: true);
        Assert.Equal(SmallBatch.Time + 101 + Week, await _node.ReadAsync(rollup, "frozenAt()"));
        await _node.AssertEventAsync(rollup, "Frozen()");
        await _node.RefuseAsync(Stranger, rollup, Call("freeze()"), "IsFrozen()");
    }

    [Fact]
    public async Task No_deposit_that_was_served_freezes_it()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.SendAsync(Payer, rollup, proved.Proof.Submission.ToCalldata());
        await _node.MineAtAsync(SmallBatch.Time + (2 * Week));
        await _node.RefuseAsync(Stranger, rollup, Call("freeze()"), "TooEarlyToFreeze()");
    }

    [Fact]
    public async Task Time_that_batches_are_paused_counts()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await _node.SendAsync(_node.Guardian, rollup, Call("pause()"));
        await DepositAtAsync(rollup, SmallBatch.Time + 100);
        await FreezeAtAsync(rollup, SmallBatch.Time + 101 + Week, succeeds: true);
        await _node.SendAsync(Payer, rollup, Call("takeBack(uint256)", 0));
    }

    [Fact]
    public async Task Accepts_neither_batches_nor_deposits_afterwards()
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => deployment with { Window = 2 * Week });
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.MineAtAsync(SmallBatch.Time + 100 + Week);

        // Until somebody freezes it, the batch that serves the deposit is welcome.
        var before = await _node.SnapshotAsync();
        await _node.SendAsync(Stranger, rollup, proved.Proof.Submission.ToCalldata());
        await _node.RevertAsync(before);

        await _node.SendAsync(Stranger, rollup, Call("freeze()"));
        await _node.RefuseAsync(Stranger, rollup, proved.Proof.Submission.ToCalldata(), "IsFrozen()");
        await _node.RefuseAsync(Payer, rollup, ProvedBatch.CallDeposit(proved.Deposit), "IsFrozen()");
    }

    [Fact]
    public async Task Gives_back_what_it_never_served_once_and_to_who_paid()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.SendAsync(Payer, rollup, proved.Proof.Submission.ToCalldata());
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit with { Account = 9, Amount = 7 });
        await _node.SendAsync(Payer, token, Call("mint(address,uint256)", AnvilNode.Number(Stranger), 5));
        await _node.SendAsync(Stranger, token, Call("approve(address,uint256)", AnvilNode.Number(rollup), 5));
        await _node.SendAsync(Stranger, rollup, ProvedBatch.CallDeposit(proved.Deposit with { Account = 10, Amount = 5 }));
        await _node.RefuseAsync(Payer, rollup, Call("takeBack(uint256)", 1), "NotFrozen()");
        await _node.MineAtAsync(SmallBatch.Time + 100 + Week);
        await _node.SendAsync(Stranger, rollup, Call("freeze()"));

        var paid = await ClaimableAsync(Stranger);
        await _node.RefuseAsync(Payer, rollup, Call("takeBack(uint256)", 0), "NothingToTakeBack(uint256)");
        await _node.RefuseAsync(Payer, rollup, Call("takeBack(uint256)", 3), "NothingToTakeBack(uint256)");
        await _node.SendAsync(Payer, rollup, Call("takeBack(uint256)", 2));
        await _node.SendAsync(Payer, rollup, Call("takeBack(uint256)", 1));
        Assert.Equal((7, paid + 5), (await ClaimableAsync(Payer), await ClaimableAsync(Stranger)));
        Assert.Equal(
            [[2, AnvilNode.Number(Stranger), 5], [1, AnvilNode.Number(Payer), 7]],
            await _node.EventsAsync(rollup, "TakenBack(uint256 indexed,address indexed,uint256)"));
        await _node.RefuseAsync(Payer, rollup, Call("takeBack(uint256)", 1), "NothingToTakeBack(uint256)");
        await _node.RefuseAsync(Stranger, rollup, Call("takeBack(uint256)", 2), "NothingToTakeBack(uint256)");

        await _node.SendAsync(Stranger, rollup, Call("claim()"));
        Assert.Equal(paid + 5, await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Stranger)));

        Task<BigInteger> ClaimableAsync(string account) => _node.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(account));
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    private async Task DepositAtAsync(string rollup, long time)
    {
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
    }

    private async Task FreezeAtAsync(string rollup, long time, bool succeeds)
    {
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
        Assert.Equal(succeeds, (await _node.Client.SendAsync(Stranger, rollup, Call("freeze()"))).Succeeded);
    }
}
