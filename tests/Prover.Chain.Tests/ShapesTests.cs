using System.Numerics;
using Prover.Backends.Cpu;
using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>One history of batches of three shapes with scenarios, each with its own circuit and key, in one contract's registry.</summary>
public sealed class ShapesTests : IDisposable
{
    private static readonly BatchShape Trades = new(Depth: 2, Slots: 1, Markets: 1, Orders: 1, Deposits: 2, Trades: 1, Withdrawals: 0) { Scenarios = 2 };

    private static readonly BatchShape Housekeeping = Trades with { Deposits = 1, Trades = 0, Withdrawals = 1, Keys = 1, Locks = 1, Exits = 1 };

    private static readonly BatchShape Liquidations = Trades with { Deposits = 0, Trades = 0, Liquidations = 1, Sweeps = 1, TakeOvers = 1 };

    private readonly string _cache = Directory.CreateTempSubdirectory("prover-shapes-tests").FullName;
    private readonly AnvilNode _node = new(1_764_000_000);

    [Fact]
    public async Task Batches_of_three_shapes_follow_each_other()
    {
        BatchShape[] shapes = [Trades, Housekeeping, Liquidations];
        var (exchange, batches) = Enumerable.Range(1, 1000).Select(seed => Compose(seed, shapes)).First(history => IsBusy(history.Batches));
        using var devices = new DevicePool([new CpuBackend()], openCpu: null, warn: _ => { });
        var pipeline = new BatchPipeline(Repository.PathOf("circuits"), new CacheFolder(_cache));
        BatchProof[] proofs = [.. batches.Select(batch => pipeline.Prove(batch, devices))];
        var (rollup, _) = await DeployAsync(exchange, [proofs[0], proofs[1], proofs[2]]);
        await _node.MineAtAsync(batches[^1].Time + 100);
        foreach (var (i, proof) in proofs.Index())
        {
            var batch = proof.Batch;
            foreach (var deposit in batch.Transactions.OfType<Deposit>())
            {
                await ProvedBatch.DepositAsync(_node, rollup, deposit);
            }

            foreach (var exit in batch.Transactions.OfType<ForcedExit>())
            {
                var words = new AbiWriter().Add(exit.Account, exit.Recipient, exit.Amount, exit.Signature.R.X.ToInteger(), exit.Signature.R.Y.ToInteger(), exit.Signature.S);
                await _node.SendAsync(_node.Accounts[0], rollup, words.ToBytes("requestExit(uint256,address,uint256,uint256[3])"));
            }

            // Under the number of another shape it is not even of the right length, or its proof is not one of that circuit.
            var number = i % 3;
            await Assert.ThrowsAnyAsync<Exception>(() => _node.SendAsync(_node.Accounts[0], rollup, (proof.Submission with { Shape = (number + 1) % 3 }).ToCalldata()));
            await _node.SendAsync(_node.Accounts[0], rollup, (proof.Submission with { Shape = number }).ToCalldata());
            Assert.Equal(proof.Result.Public.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        }

        Assert.Equal(proofs.Length, await _node.ReadAsync(rollup, "batchNumber()"));
    }

    public void Dispose()
    {
        _node.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    private static (Exchange Exchange, Batch[] Batches) Compose(int seed, BatchShape[] shapes)
    {
        var exchange = new Exchange("three shapes");
        var history = new RandomBatches(exchange, shapes[0], seed);
        return (exchange, [.. shapes.Select(history.Next)]);
    }

    /// <summary>Whether each shape has something to do.</summary>
    private static bool IsBusy(Batch[] batches) =>
        batches[0].Transactions.OfType<Deposit>().Any() && batches[1].Transactions.OfType<ForcedExit>().Any() && batches[1].Transactions.OfType<HashLock>().Any()
        && batches[1].Transactions.OfType<KeyChange>().Any(change => change.Portfolio)
        && batches[2].Transactions.OfType<OracleTick>().Any();

    private async Task<(string Rollup, string Token)> DeployAsync(Exchange exchange, BatchProof[] shapes)
    {
        var code = SolidityCompiler.Rollup;
        var token = await _node.DeployAsync(code["TestToken"]);
        List<RegisteredShape> registered = [];
        foreach (var proof in shapes)
        {
            var verifier = SolidityCompiler.Compile(("Groth16Verifier.sol", SolidityVerifier.Generate(proof.VerifyingKey, proof.IsInsecureKey)))[SolidityVerifier.ContractName];
            var shape = proof.Batch.Shape;
            registered.Add(new(AnvilNode.Number(await _node.DeployAsync(verifier)), shape.Deposits, shape.Closes, shape.Exits, shape.Withdrawals, shape.Updates, shape.OtherWords));
        }

        var deployment = new RollupDeployment(
            shapes[0].Result.Public.OldRoot.ToInteger(),
            StateHash.Configuration(exchange.Configuration).ToInteger(),
            BigInteger.Pow(4, Trades.Depth),
            LeastDeposit: 1,
            RequestFee: 7,
            Window: 36_000,
            Bond: 1_000,
            AnvilNode.Number(token),
            Governor: AnvilNode.Number(_node.Governor),
            Guardian: AnvilNode.Number(_node.Guardian),
            registered[0].Verifier) { Shapes = registered };
        var rollup = await _node.DeployAsync([.. code["MarginRollup"], .. deployment.ToArguments()]);
        var money = BigInteger.One << 70;
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(_node.Accounts[0]), money).ToBytes("mint(address,uint256)"));
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(rollup), money).ToBytes("approve(address,uint256)"));
        return (rollup, token);
    }
}
