using System.Numerics;
using Prover.BatchGenerator;

namespace Prover.Chain.Tests;

/// <summary>A batch without a proof becomes final if nobody doubts it or its proof comes, and leaves no trace otherwise; bonds go to who was right.</summary>
public sealed class OptimisticTests(SmallBatch proved) : IDisposable
{
    private const long Day = 86_400;
    private const long Bond = 1_000;
    private const long Proposed = SmallBatch.Time + 100;

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Proposer => _node.Accounts[0];

    private string Challenger => _node.Accounts[1];

    private string Stranger => _node.Accounts[2];

    private BatchSubmission Batch => proved.Proof.Submission;

    /// <summary>The batch with a root that it does not lead to.</summary>
    private BatchSubmission Forged => Batch with { NewRoot = Batch.NewRoot + Fr.One };

    /// <summary>A batch that comes upon another, serves nothing and is not proved.</summary>
    private BatchSubmission Next => Batch with { Deposits = 0, NewRoot = 5, Words = [.. new Fr[Batch.Words.Count]] };

    private byte[] Answer => new BatchAnswer(1, [.. proved.Proof.Result.Public.ToArray()], Batch.Proof).ToCalldata();

    [Fact]
    public async Task A_batch_that_nobody_doubts_is_final_after_a_day()
    {
        var rollup = await ProposeAsync(Batch);
        Assert.Equal((0, 0), (await _node.ReadAsync(rollup, "batchNumber()"), await _node.ReadAsync(rollup, "depositsServed()")));
        await RefuseAtAsync(rollup, Proposed + Day, Finalize(), "NotFinal(uint256)");
        await _node.MineAtAsync(Proposed + Day + 1);
        await _node.RefuseAsync(Stranger, rollup, Finalize(Batch.Words[0] + Fr.One), "OtherPayments(uint256)");
        await _node.RefuseAsync(Stranger, rollup, Finalize(Batch.Words[0], Fr.Zero), "OtherPayments(uint256)");
        await _node.RefuseAsync(Stranger, rollup, Call("challenge(uint256)", 1), "ChallengeTooLate(uint256,uint256)", Bond);
        await _node.RefuseAsync(Stranger, rollup, Call("drop(uint256)", 1), "NotUnanswered(uint256)");

        await _node.SendAsync(Stranger, rollup, Finalize());
        Assert.Equal(Batch.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        Assert.Equal((1, 1, SmallBatch.Time), (await _node.ReadAsync(rollup, "batchNumber()"), await _node.ReadAsync(rollup, "depositsServed()"), await _node.ReadAsync(rollup, "batchTime()")));
        Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(rollup, "claimable(address)", proved.Withdrawal.Recipient));
        BigInteger[] inputs = [.. proved.Proof.Result.Public.ToArray().Select(input => input.ToInteger())];
        await _node.AssertEventAsync(
            rollup, "BatchProposed(uint256 indexed,address indexed,uint256,uint256[5])", [1, AnvilNode.Number(Proposer), Batch.NewRoot.ToInteger(), .. inputs]);
        await _node.AssertEventAsync(rollup, "BatchAccepted(uint256 indexed,uint256,uint256,uint256,uint256)", 1, inputs[0], inputs[1], SmallBatch.Time, 1);
        await _node.RefuseAsync(Stranger, rollup, Finalize(), "NotPending(uint256)");
        await AssertPaidAsync(rollup, Proposer, Bond);
        Assert.Equal(0, await BalanceAsync(rollup));
    }

    [Fact]
    public async Task Only_the_proposer_proposes()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var proposal = new BatchProposal(Batch).ToCalldata();
        await _node.RefuseAsync(Proposer, rollup, proposal, "NotHolder(uint8,address)", Bond);
        await _node.AppointProposerAsync(rollup, Proposer);
        await _node.RefuseAsync(Stranger, rollup, proposal, "NotHolder(uint8,address)", Bond);
        await _node.RefuseAsync(_node.Governor, rollup, proposal, "NotHolder(uint8,address)", Bond);
        await _node.SendAsync(Proposer, rollup, proposal, Bond);
    }

    [Fact]
    public async Task A_challenge_that_is_answered_costs_the_challenger_his_bond()
    {
        var rollup = await ProposeAsync(Batch);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", Proposed + Day);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);
        await _node.RefuseAsync(Stranger, rollup, Call("challenge(uint256)", 1), "AlreadyChallenged(uint256)", Bond);
        await RefuseAtAsync(rollup, Proposed + (2 * Day), Finalize(), "NotFinal(uint256)");

        var inputs = proved.Proof.Result.Public.ToArray();
        foreach (var i in Enumerable.Range(0, inputs.Length))
        {
            var answer = new BatchAnswer(1, [.. inputs.Select((input, at) => at == i ? input + Fr.One : input)], Batch.Proof);
            await _node.RefuseAsync(Stranger, rollup, answer.ToCalldata(), "OtherInputs(uint256)");
        }

        var bad = new BatchAnswer(1, inputs, Batch.Proof with { C = -Batch.Proof.C });
        await _node.RefuseAsync(Stranger, rollup, bad.ToCalldata(), "InvalidProof()");
        await _node.RefuseAsync(Stranger, rollup, new BatchAnswer(2, inputs, Batch.Proof).ToCalldata(), "NotPending(uint256)");
        await _node.SendAsync(Stranger, rollup, Answer);
        await _node.AssertEventAsync(rollup, "BatchChallenged(uint256 indexed,address indexed)", 1, AnvilNode.Number(Challenger));
        await _node.AssertEventAsync(rollup, "BatchProved(uint256 indexed)", 1);
        await _node.RefuseAsync(Stranger, rollup, Answer, "AlreadyProved(uint256)");
        await _node.MineAtAsync(Proposed + (5 * Day));
        await _node.RefuseAsync(Stranger, rollup, Call("drop(uint256)", 1), "NotUnanswered(uint256)");
        await _node.SendAsync(Stranger, rollup, Finalize());
        Assert.Equal(Batch.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        await AssertPaidAsync(rollup, Proposer, 2 * Bond);
        await _node.RefuseAsync(Challenger, rollup, Call("withdrawBonds()"), "NoFreeBond()");
    }

    [Fact]
    public async Task A_batch_without_an_answer_is_dropped_with_all_upon_it()
    {
        var rollup = await ProposeAsync(Forged);
        await _node.SendAsync(Proposer, rollup, new BatchProposal(Next).ToCalldata(), Bond);
        await _node.SendAsync(Proposer, rollup, Call("challenge(uint256)", 2), Bond);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", Proposed + 100);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);

        // The true proof is of another root: it answers nothing.
        await _node.RefuseAsync(Proposer, rollup, Answer, "OtherInputs(uint256)");
        await RefuseAtAsync(rollup, Proposed + 100 + Day, Call("drop(uint256)", 1), "NotUnanswered(uint256)");
        await _node.MineAtAsync(Proposed + 101 + Day);
        await _node.RefuseAsync(Proposer, rollup, Answer, "AnswerTooLate(uint256,uint256)");
        await _node.SendAsync(Stranger, rollup, Call("drop(uint256)", 1));
        await _node.RefuseAsync(Stranger, rollup, Call("drop(uint256)", 1), "NotPending(uint256)");
        await _node.RefuseAsync(Stranger, rollup, Finalize(), "NotPending(uint256)");
        Assert.Equal(0, await _node.ReadAsync(rollup, "pendingBatches()"));
        await _node.AssertEventAsync(rollup, "BatchesDropped(uint256 indexed,uint256)", 1, 2);

        // Half of the bond goes to nobody. The second batch was challenged no later, so it has not been answered either.
        await AssertPaidAsync(rollup, Challenger, Bond + (Bond / 2));
        await AssertPaidAsync(rollup, Proposer, Bond + (Bond / 2));
        await _node.RefuseAsync(Stranger, rollup, Call("withdrawBonds()"), "NoFreeBond()");
        Assert.Equal(Bond, await BalanceAsync(rollup));

        // The deposit waits as before, and is served by the proved batch.
        Assert.Equal((0, 0), (await _node.ReadAsync(rollup, "batchNumber()"), await _node.ReadAsync(rollup, "depositsServed()")));
        await _node.SendAsync(Stranger, rollup, Batch.ToCalldata());
        Assert.Equal(Batch.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
    }

    [Fact]
    public async Task Who_proposed_upon_a_dropped_batch_has_his_bond_back()
    {
        var rollup = await ProposeAsync(Forged);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);
        await _node.MineAtAsync(Proposed + Day - 100);
        await _node.AppointProposerAsync(rollup, Stranger);
        await _node.SendAsync(Stranger, rollup, new BatchProposal(Next with { Time = SmallBatch.Time + Day }).ToCalldata(), Bond);
        await _node.SendAsync(Proposer, rollup, Call("challenge(uint256)", 2), Bond);
        await _node.MineAtAsync(Proposed + (2 * Day) - 200);
        await _node.SendAsync(Stranger, rollup, Call("drop(uint256)", 1));
        await AssertPaidAsync(rollup, Stranger, Bond);
        await AssertPaidAsync(rollup, Proposer, Bond);
        await AssertPaidAsync(rollup, Challenger, Bond + (Bond / 2));
    }

    [Fact]
    public async Task Proofs_of_what_waits_come_before_other_batches()
    {
        var rollup = await ProposeAsync(Batch);
        await _node.RefuseAsync(Stranger, rollup, Batch.ToCalldata(), "BatchesPending()");
        await _node.RefuseAsync(Stranger, rollup, Finalize(), "NotFinal(uint256)");
        await _node.SendAsync(Stranger, rollup, Answer);
        await _node.RefuseAsync(Challenger, rollup, Call("challenge(uint256)", 1), "AlreadyProved(uint256)", Bond);
        await _node.SendAsync(Stranger, rollup, Finalize());
        await _node.RefuseAsync(Stranger, rollup, (Batch with { Deposits = 0 }).ToCalldata(), "InvalidProof()");
    }

    [Fact]
    public async Task Proposals_follow_each_other_and_obey_the_clocks()
    {
        var rollup = await ProposeAsync(Batch);
        await RefuseAsync(Next with { Deposits = 1 }, "TooManyDeposits(uint256,uint256,uint256)");
        await RefuseAsync(Next with { Time = SmallBatch.Time - 1 }, "TimeOutsideWindow(uint256)");
        await RefuseAsync(Next with { Words = [Fr.Zero] }, "WrongWordCount(uint256,uint256)");
        await RefuseAsync(Next with { Shape = 1 }, "UnknownShape(uint256)");
        await RefuseAsync(Next with { Words = [Batch.Words[0] + Fr.FromInteger(BigInteger.One << 160), .. Next.Words.Skip(1)] }, "UnknownChain(uint256)");
        await _node.SendAsync(Proposer, rollup, new BatchProposal(Next).ToCalldata(), Bond);

        // A deposit that has waited for a day comes first, also behind what waits.
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.MineAtAsync(Proposed + Day + 1_000);
        await RefuseAsync(Next with { Time = Proposed + Day }, "DepositOverdue(uint256)");
        await _node.SendAsync(Proposer, rollup, new BatchProposal(Next with { Time = Proposed + Day, Deposits = 1 }).ToCalldata(), Bond);
        await _node.SendAsync(Stranger, rollup, Finalize());
        await _node.SendAsync(Stranger, rollup, Finalize(Fr.Zero));
        Assert.Equal((2, 5), (await _node.ReadAsync(rollup, "batchNumber()"), await _node.ReadAsync(rollup, "stateRoot()")));
        await _node.RefuseAsync(Stranger, rollup, Finalize(Fr.Zero), "NotFinal(uint256)");

        Task RefuseAsync(BatchSubmission batch, string error) => _node.RefuseAsync(Proposer, rollup, new BatchProposal(batch).ToCalldata(), error, Bond);
    }

    [Fact]
    public async Task What_may_be_refused_later_needs_its_proof()
    {
        var shape = proved.Proof.Batch.Shape;
        var rollup = await DeployAsync(deployment => deployment with
        {
            Shapes =
            [
                deployment.Shapes[0] with { Updates = 1, OtherWords = shape.OtherWords - 5 },
                deployment.Shapes[0] with { Exits = 1, OtherWords = shape.OtherWords - 5 },
            ],
        });
        Fr[] words = [.. Next.Words];
        await _node.RefuseAsync(Proposer, rollup, Propose(Next with { Words = [Fr.Zero, Fr.One, .. words[2..]] }), "NeedsProof()", Bond);
        await _node.RefuseAsync(Proposer, rollup, Propose(Next with { Shape = 1, Words = [Fr.One, .. words[1..]] }), "UnusedLaneHasWords(uint8,uint256)", Bond);
        await _node.SendAsync(Proposer, rollup, Propose(Next), Bond);
        await _node.SendAsync(Proposer, rollup, Propose(Next with { Shape = 1 }), Bond);

        static byte[] Propose(BatchSubmission batch) => new BatchProposal(batch).ToCalldata();
    }

    [Fact]
    public async Task Bonds_are_exact_and_a_rollup_may_do_without_proposals()
    {
        var rollup = await DeployAsync();
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var proposal = new BatchProposal(Batch).ToCalldata();
        await _node.RefuseAsync(Proposer, rollup, proposal, "WrongBond(uint256,uint256)");
        await _node.RefuseAsync(Proposer, rollup, proposal, "WrongBond(uint256,uint256)", Bond - 1);
        await _node.RefuseAsync(Proposer, rollup, proposal, "WrongBond(uint256,uint256)", Bond + 1);
        await _node.RefuseAsync(Challenger, rollup, Call("challenge(uint256)", 1), "NotPending(uint256)", Bond);
        await _node.SendAsync(Proposer, rollup, proposal, Bond);
        await _node.RefuseAsync(Challenger, rollup, Call("challenge(uint256)", 1), "WrongBond(uint256,uint256)", Bond - 1);
        await _node.RefuseAsync(Challenger, rollup, Call("challenge(uint256)", 0), "NotPending(uint256)", Bond);
        for (var i = 1; i < 16; i++)
        {
            await _node.SendAsync(Proposer, rollup, new BatchProposal(Next).ToCalldata(), Bond);
        }

        await _node.RefuseAsync(Proposer, rollup, new BatchProposal(Next).ToCalldata(), "TooManyPending()", Bond);
        var without = await DeployAsync(deployment => deployment with { Bond = 0 });
        await _node.RefuseAsync(Proposer, without, proposal, "NoProposals()");
    }

    [Fact]
    public async Task A_freeze_drops_what_waits()
    {
        var rollup = await ProposeAsync(Batch);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);
        await _node.SendAsync(Stranger, rollup, Answer);
        await _node.AppointProposerAsync(rollup, Stranger);
        await _node.SendAsync(Stranger, rollup, new BatchProposal(Next).ToCalldata(), Bond);
        await _node.RefuseAsync(Stranger, rollup, Call("releaseBonds()"), "NotFrozen()");
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", Proposed + (8 * Day));
        await _node.SendAsync(Stranger, rollup, Call("freeze()"));
        await _node.RefuseAsync(Stranger, rollup, Finalize(), "IsFrozen()");
        await _node.RefuseAsync(Stranger, rollup, new BatchProposal(Next).ToCalldata(), "IsFrozen()", Bond);
        await _node.RefuseAsync(Stranger, rollup, Call("challenge(uint256)", 2), "IsFrozen()", Bond);
        Assert.Equal(proved.Proof.Result.Public.OldRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));

        // The deposit that only a dropped batch would have served goes back.
        await _node.SendAsync(Stranger, rollup, Call("takeBack(uint256)", 0));
        Assert.Equal(proved.Deposit.Amount, await _node.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(Proposer)));
        await RefuseAtAsync(rollup, Proposed + (9 * Day), Call("releaseBonds()"), "TooEarlyToRelease(uint256)");
        await _node.MineAtAsync(Proposed + (9 * Day) + 1);
        await _node.SendAsync(Stranger, rollup, Call("releaseBonds()"));
        await AssertPaidAsync(rollup, Proposer, 2 * Bond);
        await AssertPaidAsync(rollup, Stranger, Bond);
        await _node.SendAsync(Stranger, rollup, Call("releaseBonds()"));
        Assert.Equal(0, await BalanceAsync(rollup));
    }

    [Fact]
    public async Task A_freeze_saves_no_bond_of_a_batch_without_an_answer()
    {
        var rollup = await ProposeAsync(Forged);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);
        await _node.MineAtAsync(Proposed + (8 * Day));
        await _node.SendAsync(Proposer, rollup, Call("freeze()"));
        await _node.MineAtAsync(Proposed + (10 * Day));
        await _node.SendAsync(Proposer, rollup, Call("releaseBonds()"));
        await _node.RefuseAsync(Proposer, rollup, Call("withdrawBonds()"), "NoFreeBond()");
        await AssertPaidAsync(rollup, Challenger, Bond + (Bond / 2));
    }

    [Fact]
    public async Task The_guardian_stops_finality_but_not_challenges()
    {
        var rollup = await ProposeAsync(Batch);
        await _node.SendAsync(_node.Guardian, rollup, Call("pause()"));
        await _node.RefuseAsync(Proposer, rollup, new BatchProposal(Next).ToCalldata(), "BatchesPaused()", Bond);
        await _node.SendAsync(Challenger, rollup, Call("challenge(uint256)", 1), Bond);
        await _node.SendAsync(Proposer, rollup, Answer);
        await _node.RefuseAsync(Stranger, rollup, Finalize(), "BatchesPaused()");
        await _node.SendAsync(_node.Guardian, rollup, Call("unpause()"));
        await _node.SendAsync(Stranger, rollup, Finalize());
    }

    [Fact]
    public async Task The_contract_has_room_on_a_chain()
    {
        // EIP-170.
        const int Limit = 24_576;
        var code = (await _node.Client.RequestAsync("eth_getCode", await DeployAsync(), "latest")).GetString()!;
        TestContext.Current.TestOutputHelper!.WriteLine($"MarginRollup: {(code.Length / 2) - 1} bytes");
        Assert.InRange((code.Length / 2) - 1, 1, Limit);
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    private byte[] Finalize(params Fr[] payments) =>
        new AbiWriter().AddArray((payments.Length == 0 ? [Batch.Words[0]] : payments).Select(word => word.ToInteger())).ToBytes("finalize(uint256[])");

    private async Task RefuseAtAsync(string rollup, long time, byte[] call, string error)
    {
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
        Assert.False((await _node.Client.SendAsync(Stranger, rollup, call)).Succeeded);
        await _node.RefuseAsync(Stranger, rollup, call, error);
    }

    /// <summary>Withdraws what has come free of an account's bonds, which must be so much.</summary>
    private async Task AssertPaidAsync(string rollup, string account, long amount)
    {
        Assert.Equal(amount, await _node.ReadAsync(rollup, "freeBonds(address)", AnvilNode.Number(account)));
        var before = await BalanceAsync(rollup);
        await _node.SendAsync(account, rollup, Call("withdrawBonds()"));
        Assert.Equal(amount, before - await BalanceAsync(rollup));
        await _node.RefuseAsync(account, rollup, Call("withdrawBonds()"), "NoFreeBond()");
    }

    private async Task<BigInteger> BalanceAsync(string account) =>
        AnvilNode.Number((await _node.Client.RequestAsync("eth_getBalance", account, "latest")).GetString()!);

    /// <summary>A rollup with a waiting deposit and a proposal of a batch that serves it.</summary>
    private async Task<string> ProposeAsync(BatchSubmission batch)
    {
        var rollup = await DeployAsync();
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", Proposed);
        await _node.SendAsync(Proposer, rollup, new BatchProposal(batch).ToCalldata(), Bond);
        return rollup;
    }

    private async Task<string> DeployAsync(Func<RollupDeployment, RollupDeployment>? change = null)
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => (change ?? (same => same))(deployment with { Window = 30 * Day }));
        await _node.AppointProposerAsync(rollup, Proposer);
        return rollup;
    }
}
