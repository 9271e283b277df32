using System.Numerics;

namespace Prover.Chain.Tests;

/// <summary>What somebody would try who wants to move the root or the money without being entitled to.</summary>
public sealed class AdversaryTests(SmallBatch proved) : IDisposable
{
    private const long Day = 86_400;

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Sender => _node.Accounts[0];

    private string Recipient => _node.Accounts[1];

    [Fact]
    public async Task A_batch_is_accepted_once_however_its_proof_is_written()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);

        // (−A, −B, C) proves the same. It is another proof of one batch, not another batch.
        var written = proved.Proof.Submission;
        var rewritten = written with { Proof = written.Proof with { A = -written.Proof.A, B = -written.Proof.B } };
        await _node.SendAsync(Sender, rollup, rewritten.ToCalldata());

        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.RefuseAsync(Sender, rollup, rewritten.ToCalldata(), "InvalidProof()");
        await _node.RefuseAsync(Sender, rollup, written.ToCalldata(), "InvalidProof()");
        Assert.Equal(1, await _node.ReadAsync(rollup, "batchNumber()"));
    }

    [Fact]
    public async Task A_batch_of_another_circuit_or_size_is_none()
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => deployment with
        {
            Shapes = [deployment.Shapes[0], deployment.Shapes[0] with { Verifier = deployment.EscapeVerifier }, deployment.Shapes[0] with { OtherWords = 1 }],
        });
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var batch = proved.Proof.Submission;
        await RefuseAsync(batch with { Shape = 1 }, "InvalidProof()");
        await RefuseAsync(batch with { Shape = 2 }, "WrongWordCount(uint256,uint256)");
        await RefuseAsync(batch with { Words = [.. batch.Words.SkipLast(1)] }, "WrongWordCount(uint256,uint256)");
        await RefuseAsync(batch with { Words = [.. batch.Words, .. new Fr[2_000]] }, "WrongWordCount(uint256,uint256)");
        await RefuseAsync(batch with { Words = [.. batch.Words.Reverse()] }, "InvalidProof()");
        await _node.SendAsync(Sender, rollup, batch.ToCalldata());

        Task RefuseAsync(BatchSubmission forged, string error) => _node.RefuseAsync(Sender, rollup, forged.ToCalldata(), error);
    }

    [Fact]
    public async Task Numbers_have_one_form()
    {
        const int NewRoot = 2, Digest = 3, FirstCoordinate = 8, Coordinates = 8;
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var calldata = proved.Proof.Submission.ToCalldata();
        foreach (var argument in new[] { NewRoot, Digest })
        {
            await _node.RefuseAsync(Sender, rollup, WithAdded(argument, Fr.Modulus), "OutOfField(uint256)");
        }

        for (var i = FirstCoordinate; i < FirstCoordinate + Coordinates; i++)
        {
            await _node.RefuseAsync(Sender, rollup, WithAdded(i, Fq.Modulus), "InvalidProof()");
        }

        await _node.SendAsync(Sender, rollup, WithAdded(NewRoot, 0));

        byte[] WithAdded(int argument, BigInteger value)
        {
            var changed = calldata.ToArray();
            var word = changed.AsSpan(4 + (argument * AbiWriter.WordLength), AbiWriter.WordLength);
            AbiWriter.Word(new BigInteger(word, isUnsigned: true, isBigEndian: true) + value).CopyTo(word);
            return changed;
        }
    }

    [Fact]
    public async Task Time_does_not_run_backwards_or_ahead()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var batch = proved.Proof.Submission;
        await _node.MineAtAsync(SmallBatch.Time + 100);
        await RefuseAsync(SmallBatch.Time + 200, "TimeOutsideWindow(uint256)");
        await RefuseAsync(SmallBatch.Time + 99, "InvalidProof()");
        await _node.SendAsync(Sender, rollup, batch.ToCalldata());
        await RefuseAsync(SmallBatch.Time - 1, "TimeOutsideWindow(uint256)");
        await RefuseAsync(SmallBatch.Time, "InvalidProof()");
        await _node.MineAtAsync(SmallBatch.Time + 3_700);
        await RefuseAsync(SmallBatch.Time, "TimeOutsideWindow(uint256)");

        Task RefuseAsync(long time, string error) =>
            _node.RefuseAsync(Sender, rollup, (batch with { Time = time, Deposits = 0 }).ToCalldata(), error);
    }

    [Fact]
    public async Task A_token_that_calls_back_is_not_let_in_while_it_is_paid_with()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        await CallFromTokenAsync(token, rollup, ProvedBatch.CallDeposit(proved.Deposit));
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await AssertAnswerAsync(token, "Reentered()");
        Assert.Equal((1, proved.Deposit.Amount), (await _node.ReadAsync(rollup, "depositsQueued()"), await _node.ReadAsync(rollup, "totalWaiting()")));
        await _node.SendAsync(Sender, rollup, proved.Proof.Submission.ToCalldata());

        // The recipient's claim pays it once, whatever the token calls meanwhile.
        foreach (var call in new[] { Call("claim()"), ProvedBatch.CallDeposit(proved.Deposit), Call("payShare(uint256)", 3), Call(EscapeSubmission.Signature, new BigInteger[11]) })
        {
            var snapshot = await _node.SnapshotAsync();
            await CallFromTokenAsync(token, rollup, call);
            await FreezeAsync(rollup);
            await _node.SendAsync(Recipient, rollup, Call("claim()"));
            await AssertAnswerAsync(token, "Reentered()");
            Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Recipient)));
            Assert.Equal(0, await _node.ReadAsync(rollup, "totalClaimable()"));
            await _node.RevertAsync(snapshot);
        }

        // What moves no money may be called: a deposit that was never served is credited, once.
        await FreezeAsync(rollup);
        await CallFromTokenAsync(token, rollup, Call("takeBack(uint256)", 1));
        await _node.SendAsync(Recipient, rollup, Call("claim()"));
        Assert.Equal(1, await _node.ReadAsync(token, "wasLetIn()"));
        Assert.Equal(7, await _node.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(Sender)));
        await _node.SendAsync(Sender, rollup, Call("claim()"));
        await AssertAnswerAsync(token, "NothingToTakeBack(uint256)");
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    /// <summary>Lets the token make a call before it moves anything.</summary>
    private Task<Receipt> CallFromTokenAsync(string token, string target, byte[] call) => _node.SendAsync(Sender, token, TestCalls.SetCall(target, call));

    private async Task AssertAnswerAsync(string token, string error)
    {
        Assert.Equal(0, await _node.ReadAsync(token, "wasLetIn()"));
        Assert.Equal(Keccak.Selector(error), (await _node.Client.CallAsync(token, Call("answer()")))[..4]);
    }

    /// <summary>Freezes the rollup with a deposit of 7 that nobody serves.</summary>
    private async Task FreezeAsync(string rollup)
    {
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit with { Account = 9, Amount = 7 });
        await _node.MineAtAsync(SmallBatch.Time + (9 * Day));
        await _node.SendAsync(Sender, rollup, Call("freeze()"));
    }
}
