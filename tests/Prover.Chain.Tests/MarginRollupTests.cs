using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>A batch proved for real moves the root of a contract on a real node; nothing else does.</summary>
public sealed class MarginRollupTests(SmallBatch proved) : IDisposable
{
    private const long Time = SmallBatch.Time;

    private readonly AnvilNode _node = new(Time + 10);

    [Fact]
    public async Task Accepts_the_batch_once_and_pays_the_withdrawal()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var submission = proved.Proof.Submission;
        await RefuseTamperedAsync(rollup);

        var receipt = await _node.SendAsync(_node.Accounts[0], rollup, submission.ToCalldata());

        Assert.Equal(proved.Proof.Result.Public.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        Assert.Equal(1, await _node.ReadAsync(rollup, "batchNumber()"));
        Assert.Equal(1, await _node.ReadAsync(rollup, "depositsServed()"));
        TestContext.Current.TestOutputHelper!.WriteLine($"submitBatch: {receipt.GasUsed:N0} gas, estimated {proved.Proof.EstimatedGas:N0}");
        Assert.InRange(receipt.GasUsed, 0.95 * proved.Proof.EstimatedGas, 1.05 * proved.Proof.EstimatedGas);

        var (deposit, result) = (proved.Deposit, proved.Proof.Result.Public);
        await _node.AssertEventAsync(
            rollup, "Deposited(uint256 indexed,uint256 indexed,uint256,uint256,uint256)", 0, deposit.Account, deposit.Amount, deposit.Key.X.ToInteger(), deposit.Key.Y.ToInteger());
        await _node.AssertEventAsync(
            rollup, "BatchAccepted(uint256 indexed,uint256,uint256,uint256,uint256)", 1, result.OldRoot.ToInteger(), result.NewRoot.ToInteger(), Time, 1);
        await _node.AssertEventAsync(
            rollup, "WithdrawalCredited(address indexed,uint256 indexed,uint256)", proved.Withdrawal.Recipient, proved.Withdrawal.Account, proved.Withdrawal.Amount);

        // The same batch again extends a root that is no longer there.
        await _node.RefuseAsync(_node.Accounts[0], rollup, (submission with { Deposits = 0 }).ToCalldata(), "InvalidProof()");

        var recipient = _node.Accounts[1];
        Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(recipient)));
        await _node.SendAsync(recipient, rollup, Keccak.Selector("claim()"));
        Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(recipient)));
        await _node.AssertEventAsync(rollup, "Claimed(address indexed,uint256)", AnvilNode.Number(recipient), proved.Withdrawal.Amount);
        await _node.RefuseAsync(recipient, rollup, Keccak.Selector("claim()"), "NothingToClaim()");
    }

    [Fact]
    public async Task Refuses_to_skip_the_oldest_deposit()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit with { Account = 9 });
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);

        // The proof is for the second deposit; the contract puts the first into the data.
        await _node.RefuseAsync(_node.Accounts[0], rollup, proved.Proof.Submission.ToCalldata(), "InvalidProof()");

        // Leaving both waiting is allowed for a day, and no longer.
        await _node.RefuseAsync(_node.Accounts[0], rollup, (proved.Proof.Submission with { Deposits = 0 }).ToCalldata(), "InvalidProof()");
        await _node.MineAtAsync(Time + 100_000);
        await _node.RefuseAsync(
            _node.Accounts[0], rollup, (proved.Proof.Submission with { Deposits = 0, Time = Time + 100_000 }).ToCalldata(), "DepositOverdue(uint256)");
    }

    [Fact]
    public async Task Refuses_to_put_deposits_off_with_a_shape_that_takes_none()
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => deployment with { Shapes = [deployment.Shapes[0] with { Deposits = 0 }] });
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        var without = proved.Proof.Submission with { Deposits = 0 };
        await _node.RefuseAsync(_node.Accounts[0], rollup, without.ToCalldata(), "InvalidProof()");
        await _node.MineAtAsync(Time + 100_000);
        await _node.RefuseAsync(_node.Accounts[0], rollup, (without with { Time = Time + 100_000 }).ToCalldata(), "DepositOverdue(uint256)");
    }

    [Fact]
    public async Task Refuses_deposits_that_the_circuit_could_not_take()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var good = proved.Deposit;
        await RefuseDepositAsync(rollup, [16, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), good.Amount], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, 0, 0, good.Amount], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), 0], "DepositTooSmall(uint256,uint256)");
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), (BigInteger.One << 60) + 1], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, Fr.Modulus, good.Key.Y.ToInteger(), good.Amount], "OutOfField(uint256)");
        await ProvedBatch.DepositAsync(_node, rollup, good with { Account = 15, Amount = 1L << 60 });
        await ProvedBatch.DepositAsync(_node, rollup, good with { Account = 15, Amount = 1L << 60 });
        await RefuseDepositAsync(rollup, [15, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), 1], "TotalDepositsExceeded()");
    }

    [Fact]
    public async Task A_place_in_the_queue_has_its_price()
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => deployment with { LeastDeposit = Exchange.Money(10) });
        var good = proved.Deposit with { Amount = Exchange.Money(10) };
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), good.Amount - 1], "DepositTooSmall(uint256,uint256)");
        await ProvedBatch.DepositAsync(_node, rollup, good);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1L << 60, true)]
    [InlineData((1L << 60) + 1, false)]
    public async Task The_least_deposit_is_one_that_can_be_made(long least, bool isPossible)
    {
        var deployed = proved.DeployAsync(_node, deployment => deployment with { LeastDeposit = least });
        Assert.Equal(isPossible, await Record.ExceptionAsync(() => deployed) is null);
    }

    [Fact]
    public async Task Credits_no_deposit_that_arrives_short()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        var good = proved.Deposit;
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(1).ToBytes("setFee(uint256)"));
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), good.Amount], "TokenTransferFailed()");
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(0).ToBytes("setFee(uint256)"));
        await ProvedBatch.DepositAsync(_node, rollup, good);
    }

    [Fact]
    public async Task Money_for_an_account_does_not_go_to_whoever_opened_it_first()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var good = proved.Deposit;
        var thief = new Exchange("another exchange").OwnerOf(good.Account).PublicKey;
        await ProvedBatch.DepositAsync(_node, rollup, good with { Key = thief, Amount = 1 });
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), good.Amount], "AnotherKey(uint256)");
        await ProvedBatch.DepositAsync(_node, rollup, good with { Key = thief, Amount = 1 });
        await ProvedBatch.DepositAsync(_node, rollup, good with { Account = good.Account + 1 });
    }

    public void Dispose() => _node.Dispose();

    private async Task RefuseTamperedAsync(string rollup)
    {
        var submission = proved.Proof.Submission;
        var wrongRoot = proved.Proof.Result.Public.OldRoot;
        await RefuseAsync(submission with { NewRoot = wrongRoot }, "InvalidProof()");
        await RefuseAsync(submission with { Digest = submission.Digest + Fr.One }, "InvalidProof()");
        await RefuseAsync(submission with { Deposits = 0 }, "InvalidProof()");
        await RefuseAsync(submission with { Deposits = 2 }, "TooManyDeposits(uint256,uint256,uint256)");
        await RefuseAsync(submission with { Time = submission.Time + 1 }, "InvalidProof()");
        await RefuseAsync(submission with { Time = submission.Time + 1_000_000 }, "TimeOutsideWindow(uint256)");
        await RefuseAsync(submission with { Time = submission.Time - 1_000_000 }, "TimeOutsideWindow(uint256)");
        await RefuseAsync(submission with { Shape = 1 }, "UnknownShape(uint256)");
        await RefuseAsync(submission with { Words = [.. submission.Words, Fr.Zero] }, "WrongWordCount(uint256,uint256)");
        for (var i = 0; i < submission.Words.Count; i++)
        {
            Fr[] words = [.. submission.Words];
            words[i] += Fr.One;
            await RefuseAsync(submission with { Words = words }, "InvalidProof()");
        }

        // Each of the proof's eight words, with one bit flipped, in the calldata itself.
        var calldata = submission.ToCalldata();
        for (var word = 0; word < 8; word++)
        {
            var flipped = calldata.ToArray();
            flipped[4 + ((8 + word) * AbiWriter.WordLength) + 31] ^= 1;
            await _node.RefuseAsync(_node.Accounts[0], rollup, flipped, "InvalidProof()");
        }

        // A word that is equal modulo the field is another word.
        var alias = calldata.ToArray();
        AbiWriter.Word(submission.Words[0].ToInteger() + Fr.Modulus).CopyTo(alias, 4 + (17 * AbiWriter.WordLength));
        await _node.RefuseAsync(_node.Accounts[0], rollup, alias, "OutOfField(uint256)");

        Task RefuseAsync(BatchSubmission tampered, string error) => _node.RefuseAsync(_node.Accounts[0], rollup, tampered.ToCalldata(), error);
    }

    private Task RefuseDepositAsync(string rollup, BigInteger[] arguments, string error) =>
        _node.RefuseAsync(_node.Accounts[0], rollup, new AbiWriter().Add(arguments).ToBytes(ProvedBatch.DepositSignature), error);
}
