using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>What one batch leaves binds the next.</summary>
public class SequenceTests
{
    [Fact]
    public void A_batch_starts_from_the_root_that_the_last_one_reached()
    {
        var (first, second) = (Desk.Batch(Desk.Trade()), Desk.Batch(Desk.Withdrawal(Desk.Alice, 5)));
        Assert.Equal(BatchExecutor.Execute(first).Public.NewRoot, BatchExecutor.Execute(After(first, second)).Public.OldRoot);
    }

    [Fact]
    public void Two_batches_fill_an_order_and_not_one_more()
    {
        var first = Desk.Batch(Fill(600, sellerId: 1));
        AssertVerdict(null, first);
        AssertVerdict(null, After(first, Desk.Batch(Fill(400, sellerId: 2))));
        AssertVerdict("order overfilled", After(first, Desk.Batch(Fill(401, sellerId: 2))));
    }

    [Fact]
    public void A_filled_order_that_a_newer_one_displaced_stays_unusable()
    {
        var first = Desk.Batch(Desk.Trade());
        var second = After(first, Desk.Batch(Desk.Trade(buyer: order => order with { Id = 7 }, seller: order => order with { Id = 7 })));
        AssertVerdict(null, second);
        AssertVerdict("order superseded", After(second, Desk.Batch(Desk.Trade(seller: order => order with { Id = 11 }))));
        AssertVerdict(null, After(second, Desk.Batch(Desk.Trade(buyer: order => order with { Id = 11 }, seller: order => order with { Id = 11 }))));
    }

    [Fact]
    public void A_withdrawal_works_once()
    {
        var batch = Desk.Batch(Desk.Withdrawal(Desk.Alice, 5));
        AssertVerdict(null, batch);
        AssertVerdict("bad signature", After(batch, batch));
        AssertVerdict(null, After(batch, Desk.Batch(Desk.Withdrawal(Desk.Alice, 5, nonce: 1))));
    }

    [Fact]
    public void A_tick_works_once()
    {
        var batch = Desk.Batch(Desk.Tick(Desk.Now - 2));
        AssertVerdict(null, batch);
        AssertVerdict("prices not newer", After(batch, batch));
        AssertVerdict(null, After(batch, Desk.Batch(Desk.Tick(Desk.Now - 1))));
    }

    /// <summary>A market is quoted at next to nothing before it is listed and at ten afterwards, which none that was listed all along may do.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_quoted_before_a_market_is_listed_binds_nothing(bool isListed)
    {
        var first = Desk.TakingOver(Desk.Tick(Desk.Now - 2, [Desk.Price[0], 1])).WithPrices(0, [Desk.Price[0], 0]);
        first = isListed ? first : first.WithMarket(2, _ => Market.None);
        var ledger = BatchExecutor.Execute(first).Ledger;
        Assert.Equal(isListed ? 1UL : 0UL, ledger.Markets[2].Price);

        var update = Desk.Update(2, Desk.Markets[2].Base);
        var second = After(first, Desk.TakingOver(update) with { Transactions = [update, Desk.Tick(Desk.Now - 1)] });
        var rejection = BatchExecutor.Execute(second).Verdicts[1].Rejection;
        var refusal = TinyBatch.Refusal(TinyBatch.CircuitOf(second.Shape), TinyBatch.Inputs(second));
        if (isListed)
        {
            Assert.Equal("price moves too far", rejection?.Rule);
            Assert.StartsWith("price moves too far", refusal, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((null, null), (rejection, refusal));
        }
    }

    /// <summary>The last price of a market that was off the list for a while is nobody's to trade at, nor are the scenarios then those of now.</summary>
    [Fact]
    public void What_is_listed_again_waits_for_a_new_price()
    {
        var update = Desk.Update(2, Margins.None, Margins.None);
        var first = Desk.TakingOver(update).WithScenarios([[1, 2], [3, 4]]);
        var ledger = BatchExecutor.Execute(first).Ledger;
        Assert.Equal((0UL, "0, 0"), (ledger.Markets[2].Price, string.Join(", ", ledger.Markets[2].Shocks)));

        var again = Desk.Update(2, Desk.Markets[2].Base, updates: 1);
        var second = After(first, Desk.TakingOver(again) with { Shape = first.Shape });
        var trade = Desk.Batch(Desk.Trade(100, 1_000, market: 2, order => order with { Base = 100, Quote = 1_000 }, order => order with { Base = 100, Quote = 1_000 }));
        var third = trade with { Shape = TinyBatch.WithScenarios(trade.Shape) };
        var tick = Desk.Resigned(Desk.Tick(), [[1, 2], [3, 4]]);
        AssertVerdict(null, first);
        AssertVerdict(null, second);
        AssertVerdict("market not listed", After(second, third));
        AssertVerdict(null, After(After(second, trade with { Shape = third.Shape, Transactions = [tick] }), third));
    }

    [Fact]
    public void The_first_deposit_gives_an_account_its_owner_and_no_later_one_does()
    {
        var first = Desk.Batch(Desk.Deposit(Desk.Carol, 500));
        var second = After(first, Desk.Batch(new Deposit(Desk.Carol, Desk.OwnerOf(Desk.Bob), 70)));
        AssertVerdict(null, first);
        AssertVerdict(null, second);
        var carol = BatchExecutor.Execute(second).Ledger[Desk.Carol];
        Assert.Equal((Desk.OwnerOf(Desk.Carol), 570L), (carol.Owner, carol.Cash));
        AssertVerdict("bad signature", After(second, Desk.Batch(Desk.Withdrawal(Desk.Carol, 1, signedBy: (int)Desk.Bob))));
        AssertVerdict(null, After(second, Desk.Batch(Desk.Withdrawal(Desk.Carol, 570))));
    }

    private static Trade Fill(long size, uint sellerId) =>
        Desk.Trade(size, 100 * size, seller: order => order with { Base = size, Quote = 100 * size, Id = sellerId });

    private static Batch After(Batch first, Batch second)
    {
        var ledger = BatchExecutor.Execute(first).Ledger;
        return second with { State = InitialState.Of(ledger) };
    }

    private static void AssertVerdict(string? rule, Batch batch)
    {
        Assert.Equal(rule, Assert.Single(BatchExecutor.Execute(batch).Verdicts).Rejection?.Rule);
        var refusal = TinyBatch.Refusal(TinyBatch.CircuitOf(batch.Shape), TinyBatch.Inputs(batch));
        if (rule is null)
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.StartsWith(rule, refusal, StringComparison.Ordinal);
        }
    }
}
