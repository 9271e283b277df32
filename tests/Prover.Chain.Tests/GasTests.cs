using System.Globalization;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>What each call costs on a real node, and that it stays what bench/results says.</summary>
public sealed class GasTests(SmallBatch small, FirstBatchTests.FirstBatch first, GasTests.FullBatch full, ForcedQueueTests.RequestBatch forced)
    : IClassFixture<FirstBatchTests.FirstBatch>, IClassFixture<GasTests.FullBatch>, IClassFixture<ForcedQueueTests.RequestBatch>, IDisposable
{
    private const double Tolerance = 0.02;
    private const long Day = 86_400;

    private static readonly Dictionary<string, long> Recorded = new()
    {
        ["deposit into a new account"] = 175_588,
        ["deposit into a known account"] = 155_720,
        ["batch of 4 deposits, 4 trades, 1 withdrawal"] = 392_999,
        ["batch of 2 deposits, 20 trades, 1 withdrawal"] = 414_702,
        ["batch of 1 deposit, 1 trade, 1 withdrawal"] = 381_550,
        ["ask for a forced close"] = 167_747,
        ["ask for a forced exit"] = 151_500,
        ["batch of 1 forced close, 1 forced exit"] = 402_885,
        ["propose the batch of 1 trade"] = 226_655,
        ["challenge it"] = 55_150,
        ["prove it"] = 287_459,
        ["make it final"] = 159_144,
        ["lock under a hash"] = 202_462,
        ["claim what is locked"] = 66_427,
        ["claim"] = 62_693,
        ["freeze"] = 51_364,
        ["take a deposit back"] = 60_012,
        ["escape"] = 318_361,
        ["pay the first share"] = 130_696,
        ["pay another share"] = 44_156,
    };

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    [Fact]
    public async Task Costs_what_is_recorded()
    {
        Dictionary<string, long> measured = [];
        var (large, _) = await first.DeployAsync(_node);
        var deposits = first.Proof.Batch.Transactions.OfType<Deposit>().ToArray();
        foreach (var deposit in deposits)
        {
            measured["deposit into a new account"] = (await ProvedBatch.DepositAsync(_node, large, deposit)).GasUsed;
        }

        measured["deposit into a known account"] = (await ProvedBatch.DepositAsync(_node, large, deposits[0])).GasUsed;
        await MeasureAsync("batch of 4 deposits, 4 trades, 1 withdrawal", large, first.Proof.Submission.ToCalldata());
        var (filled, _) = await full.DeployAsync(_node);
        foreach (var deposit in full.Proof.Batch.Transactions.OfType<Deposit>())
        {
            await ProvedBatch.DepositAsync(_node, filled, deposit);
        }

        await MeasureAsync("batch of 2 deposits, 20 trades, 1 withdrawal", filled, full.Proof.Submission.ToCalldata());
        Assert.InRange(measured["batch of 2 deposits, 20 trades, 1 withdrawal"], 0.95 * full.Proof.EstimatedGas, 1.05 * full.Proof.EstimatedGas);
        var (asked, _) = await forced.DeployAsync(_node);
        await MeasureAsync("ask for a forced close", asked, forced.CallClose);
        await MeasureAsync("ask for a forced exit", asked, forced.CallExit);
        await _node.MineAtAsync(ForcedQueueTests.RequestBatch.Time);
        await MeasureAsync("batch of 1 forced close, 1 forced exit", asked, forced.Proof.Submission.ToCalldata());
        await MeasureProposalAsync();
        await MeasureLocksAsync();
        await MeasureRestAsync();

        var output = TestContext.Current.TestOutputHelper!;
        var calldata = first.Proof.Submission.ToCalldata();
        var trades = first.Proof.Batch.Shape.Trades;
        var words = calldata.AsSpan()[^(BatchShape.TradeWords * trades * AbiWriter.WordLength)..];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"batch of 4 trades: {calldata.Length:N0} bytes cost {GasEstimate.Calldata(calldata):N0}, those of a trade {GasEstimate.Calldata(words) / trades:N0}"));
        foreach (var (call, gas) in measured)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {call} | {gas:N0} |"));
        }

        Assert.Equal(Recorded.Keys.Order(), measured.Keys.Order());
        Assert.All(measured, item => Assert.InRange(item.Value, (1 - Tolerance) * Recorded[item.Key], (1 + Tolerance) * Recorded[item.Key]));

        async Task MeasureAsync(string name, string to, byte[] calldata, string? from = null, long value = 0) =>
            measured[name] = (await _node.SendAsync(from ?? _node.Accounts[0], to, calldata, value)).GasUsed;

        async Task MeasureProposalAsync()
        {
            const long Bond = 1_000;
            var (rollup, _) = await small.DeployAsync(_node);
            await ProvedBatch.DepositAsync(_node, rollup, small.Deposit);
            await _node.AppointProposerAsync(rollup, _node.Accounts[0]);
            await MeasureAsync("propose the batch of 1 trade", rollup, new BatchProposal(small.Proof.Submission).ToCalldata(), value: Bond);
            await MeasureAsync("challenge it", rollup, Call("challenge(uint256)", 1), value: Bond);
            await MeasureAsync("prove it", rollup, new BatchAnswer(1, small.Proof.Result.Public.ToArray(), small.Proof.Submission.Proof).ToCalldata());
            byte[] payments = new AbiWriter().AddArray([small.Proof.Submission.Words[0].ToInteger()]).ToBytes("finalize(uint256[])");
            await MeasureAsync("make it final", rollup, payments);
        }

        async Task MeasureLocksAsync()
        {
            const string Lock = "lock(address,uint256,address,bytes32,uint64)";
            var (locks, token) = (await _node.DeployAsync(small.Code["HashLock"]), await _node.DeployAsync(small.Code["TestToken"]));
            await _node.SendAsync(_node.Accounts[0], token, Call("mint(address,uint256)", AnvilNode.Number(_node.Accounts[0]), 100));
            await _node.SendAsync(_node.Accounts[0], token, Call("approve(address,uint256)", AnvilNode.Number(locks), 100));
            var hash = new BigInteger(System.Security.Cryptography.SHA256.HashData(new byte[32]), isUnsigned: true, isBigEndian: true);
            await MeasureAsync("lock under a hash", locks, Call(Lock, AnvilNode.Number(token), 7, AnvilNode.Number(_node.Accounts[2]), hash, SmallBatch.Time + Day));
            await MeasureAsync("claim what is locked", locks, Call("claim(uint256,bytes32)", 0, 0));
        }

        async Task MeasureRestAsync()
        {
            var (rollup, _) = await small.DeployAsync(_node);
            await ProvedBatch.DepositAsync(_node, rollup, small.Deposit);
            await MeasureAsync("batch of 1 deposit, 1 trade, 1 withdrawal", rollup, small.Proof.Submission.ToCalldata());
            await MeasureAsync("claim", rollup, Call("claim()"), _node.Accounts[1]);
            await ProvedBatch.DepositAsync(_node, rollup, small.Deposit);
            await _node.MineAtAsync(SmallBatch.Time + (8 * Day));
            await MeasureAsync("freeze", rollup, Call("freeze()"));
            await MeasureAsync("take a deposit back", rollup, Call("takeBack(uint256)", 1));
            await MeasureAsync("escape", rollup, Escape(3));
            await _node.SendAsync(_node.Accounts[0], rollup, Escape(7));
            await _node.MineAtAsync(SmallBatch.Time + (39 * Day));
            await MeasureAsync("pay the first share", rollup, Call("payShare(uint256)", 3));
            await MeasureAsync("pay another share", rollup, Call("payShare(uint256)", 7));
        }
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    private byte[] Escape(long account)
    {
        var ledger = small.Proof.Result.Ledger;
        var (key, recipient) = (SmallBatch.Exchange.OwnerOf(account), AnvilNode.Number(_node.Accounts[1]));
        return small.Escape(ledger, EscapeRequest.Sign(key, SmallBatch.Exchange.Configuration, account, ledger[account].Nonce, recipient)).Submission.ToCalldata();
    }

    /// <summary>A batch of as many trades, of as many markets, as the shape for trades has, over few accounts: data words, and so gas, are the same.</summary>
    public sealed class FullBatch() : ProvedBatch(TradingBatch.Compose(new Exchange("gas"), BatchShapes.Trades with { Depth = 3, Slots = 2, Orders = 1 }, SmallBatch.Time) with { Number = 1 });
}
