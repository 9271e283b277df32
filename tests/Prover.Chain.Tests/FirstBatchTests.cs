using Prover.Margin;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>The batch of the README's first command, from its file to the moved state root.</summary>
public sealed class FirstBatchTests(FirstBatchTests.FirstBatch proved) : IClassFixture<FirstBatchTests.FirstBatch>, IDisposable
{
    private readonly AnvilNode _node = new(1_764_000_010);

    [Fact]
    public async Task Moves_the_state_root_of_the_contract()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        foreach (var deposit in proved.Proof.Batch.Transactions.OfType<Deposit>())
        {
            await ProvedBatch.DepositAsync(_node, rollup, deposit);
        }

        Assert.Equal(proved.Proof.Result.Public.OldRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        var receipt = await _node.SendAsync(_node.Accounts[0], rollup, proved.Proof.Submission.ToCalldata());
        TestContext.Current.TestOutputHelper!.WriteLine($"submitBatch: {receipt.GasUsed:N0} gas, estimated {proved.Proof.EstimatedGas:N0}");
        Assert.Equal(proved.Proof.Result.Public.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        Assert.InRange(receipt.GasUsed, 0.95 * proved.Proof.EstimatedGas, 1.05 * proved.Proof.EstimatedGas);

        var withdrawal = Assert.Single(proved.Proof.Batch.Transactions.OfType<Withdrawal>());
        Assert.Equal(withdrawal.Amount, await _node.ReadAsync(rollup, "claimable(address)", withdrawal.Recipient));
    }

    public void Dispose() => _node.Dispose();

    /// <summary>bench/batches/first.json, proved.</summary>
    public sealed class FirstBatch() : ProvedBatch(BatchFile.Read(Repository.PathOf("bench", "batches", "first.json")));
}
