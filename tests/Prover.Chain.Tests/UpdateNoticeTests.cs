using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>No batch changes a market's margins unless its words were published a week before, and not long ago.</summary>
public sealed class UpdateNoticeTests(UpdateNoticeTests.UpdateBatch proved) : IClassFixture<UpdateNoticeTests.UpdateBatch>, IDisposable
{
    private const string Announce = "announceUpdate(uint256[5])";
    private const long Day = 86_400;
    private const long Announced = SmallBatch.Time + 100;

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Stranger => _node.Accounts[0];

    private byte[] Batch => proved.Proof.Submission.ToCalldata();

    [Fact]
    public async Task A_batch_has_the_updates_that_were_announced_a_week_before()
    {
        var rollup = await DeployAsync();
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateNotAnnounced(bytes32)");
        await AnnounceAsync(rollup, lane: 0, Announced);
        await _node.MineAtAsync(Announced + (8 * Day));
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateNotAnnounced(bytes32)");

        await AnnounceAsync(rollup, lane: 1, Announced + (8 * Day) + 10);
        await SubmitAtAsync(rollup, Announced + (8 * Day) + 10 + (7 * Day) - 1, succeeds: false);
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateLapsed(bytes32,uint256)");

        await AnnounceAsync(rollup, lane: 0, Announced + (16 * Day));
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateTooEarly(bytes32,uint256)");
        await SubmitAtAsync(rollup, Announced + (16 * Day) + (7 * Day) - 1, succeeds: false);
        await SubmitAtAsync(rollup, Announced + (16 * Day) + (7 * Day), succeeds: false);
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateLapsed(bytes32,uint256)");
    }

    [Fact]
    public async Task An_announcement_counts_from_a_week_on_for_a_week_and_once()
    {
        var rollup = await DeployAsync();
        await AnnounceAsync(rollup, lane: 0, Announced);
        await AnnounceAsync(rollup, lane: 1, Announced + 100);
        await SubmitAtAsync(rollup, Announced + 100 + (7 * Day) - 1, succeeds: false);
        await _node.RefuseAsync(Stranger, rollup, (proved.Proof.Submission with { Digest = proved.Proof.Submission.Digest + Fr.One }).ToCalldata(), "InvalidProof()");
        foreach (var (second, succeeds) in new[] { (Announced + 100 + (7 * Day), true), (Announced + (14 * Day), true), (Announced + (14 * Day) + 1, false) })
        {
            var before = await _node.SnapshotAsync();
            await SubmitAtAsync(rollup, second, succeeds);
            Assert.Equal(succeeds, await _node.ReadAsync(rollup, "updateFrom(bytes32)", Hash(lane: 0)) == 0);
            Assert.Equal(succeeds, await _node.ReadAsync(rollup, "updateFrom(bytes32)", Hash(lane: 1)) == 0);
            Assert.Equal(succeeds ? [[Hash(lane: 0)], [Hash(lane: 1)]] : [], await _node.EventsAsync(rollup, "UpdateApplied(bytes32 indexed)"));
            await _node.RevertAsync(before);
        }
    }

    [Fact]
    public async Task Only_the_governor_announces_and_takes_back()
    {
        var rollup = await DeployAsync();
        var (announce, withdraw) = (Call(Announce, Words(lane: 0)), Call("withdrawUpdate(bytes32)", Hash(lane: 0)));
        await _node.RefuseAsync(Stranger, rollup, announce, "NotHolder(uint8,address)");
        await _node.RefuseAsync(_node.Guardian, rollup, announce, "NotHolder(uint8,address)");
        await _node.RefuseAsync(_node.Governor, rollup, withdraw, "UpdateNotAnnounced(bytes32)");
        await AnnounceAsync(rollup, lane: 0, Announced);
        await AnnounceAsync(rollup, lane: 1, Announced + 1);
        await _node.MineAtAsync(Announced + (8 * Day));
        var before = await _node.SnapshotAsync();
        await _node.SendAsync(Stranger, rollup, Batch);
        await _node.RevertAsync(before);

        await _node.RefuseAsync(Stranger, rollup, withdraw, "NotHolder(uint8,address)");
        await _node.SendAsync(_node.Governor, rollup, withdraw);
        await _node.AssertEventAsync(rollup, "UpdateWithdrawn(bytes32 indexed)", Hash(lane: 0));
        Assert.Equal(
            [[Hash(lane: 0), .. Words(lane: 0), Announced + (7 * Day)], [Hash(lane: 1), .. Words(lane: 1), Announced + 1 + (7 * Day)]],
            await _node.EventsAsync(rollup, "UpdateAnnounced(bytes32 indexed,uint256[5],uint256)"));
        await _node.RefuseAsync(Stranger, rollup, Batch, "UpdateNotAnnounced(bytes32)");
        await _node.RefuseAsync(_node.Governor, rollup, withdraw, "UpdateNotAnnounced(bytes32)");
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    /// <summary>The words of a lane's update; the batch's one lane of withdrawals comes before.</summary>
    private BigInteger[] Words(int lane) =>
        [.. proved.Proof.Submission.Words.Skip(1 + (BatchShape.UpdateWords * lane)).Take(BatchShape.UpdateWords).Select(word => word.ToInteger())];

    private BigInteger Hash(int lane) => new(Keccak.Hash(new AbiWriter().Add(Words(lane)).ToBytes()), isUnsigned: true, isBigEndian: true);

    private async Task AnnounceAsync(string rollup, int lane, long time)
    {
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
        await _node.SendAsync(_node.Governor, rollup, Call(Announce, Words(lane)));
    }

    private async Task SubmitAtAsync(string rollup, long time, bool succeeds)
    {
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", time);
        Assert.Equal(succeeds, (await _node.Client.SendAsync(Stranger, rollup, Batch)).Succeeded);
    }

    private async Task<string> DeployAsync() => (await proved.DeployAsync(_node, deployment => deployment with { Window = 60 * Day })).Rollup;

    /// <summary>A batch that changes the margins of two markets, with a lane of updates to spare.</summary>
    public sealed class UpdateBatch() : ProvedBatch(Compose())
    {
        private static Batch Compose()
        {
            var shape = new BatchShape(Depth: 1, Slots: 1, Markets: 2, Orders: 1, Deposits: 0, Trades: 0, Withdrawals: 1) { Updates = 3 };
            var exchange = SmallBatch.Exchange;
            var raises = Market.None.Raises;
            return new(
                shape,
                1,
                SmallBatch.Time,
                exchange.Configuration,
                Exchange.Genesis(shape),
                [exchange.Update(0, 1, new(60_000, 30_000, 15_000), raises), exchange.Update(1, 2, new(80_000, 40_000, 20_000), raises)]);
        }
    }
}
