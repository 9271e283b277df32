using System.Numerics;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.Circuits.Tests;

/// <summary>Lies with which everything else is made to fit, roots and published data included: one requirement alone stands in the way.</summary>
public class ForgedPathTests
{
    [Fact]
    public void The_sellers_path_is_taken_after_the_buyers_update()
    {
        var batch = Desk.Batch(Desk.Trade());
        var result = BatchExecutor.Execute(batch);
        Assert.Null(TinyBatch.Refusal(result.Inputs));

        // With the path from before the trade the root would forget what the buyer paid.
        var before = batch.OpenLedger();
        var path = before.PathOf(Desk.Bob);
        var sold = StateHash.Account(result.Ledger[Desk.Bob], result.Ledger.OrdersRoot(Desk.Bob), TinyBatch.Shape.Slots);
        result.Inputs.Set("trades[0].seller.at.path", path);
        Claim(result, StateHash.Root(path.RootOf(Desk.Bob, sold), result.Ledger.Markets, result.Ledger.House));
        Assert.Equal("account 6 is not in the state", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void An_order_cannot_use_another_orders_slot()
    {
        var batch = Desk.Batch(Desk.Trade()).With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(3, 1000)) });
        var result = BatchExecutor.Execute(batch, enforce: false);
        Assert.StartsWith("order overfilled", TinyBatch.Refusal(result.Inputs), StringComparison.Ordinal);

        // Slot 2 is empty: there the order would look new.
        result.Inputs.SetInteger("trades[0].buyer.slot.id", 0);
        result.Inputs.SetInteger("trades[0].buyer.slot.filled", 0);
        result.Inputs.Set("trades[0].buyer.slot.path", batch.OpenLedger().OrderPathOf(Desk.Alice, 2));
        Assert.Equal("order slot not in the account", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void A_deposit_cannot_change_an_owner()
    {
        var thief = Desk.OwnerOf(Desk.Carol);
        var result = BatchExecutor.Execute(Desk.Batch(new Deposit(Desk.Alice, thief, 10)));
        Assert.Null(TinyBatch.Refusal(result.Inputs));

        result.Ledger[Desk.Alice] = result.Ledger[Desk.Alice] with { Owner = thief };
        Claim(result, result.Ledger.Root);
        Assert.Equal("another new root", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void The_published_words_are_those_of_the_transition()
    {
        var withdrawal = Desk.Withdrawal(Desk.Alice, 10);
        var result = BatchExecutor.Execute(Desk.Batch(withdrawal));
        Assert.Null(TinyBatch.Refusal(result.Inputs));

        // The money leaves as it should, but the words pay another recipient.
        result.Words.SetWithdrawal(0, withdrawal with { Recipient = BigInteger.One });
        var claimed = PublicInputs.Derive(result.Words, result.Public.OldRoot, result.Public.NewRoot);
        Show(result.Inputs, claimed);
        Assert.Equal("another data digest", TinyBatch.Refusal(result.Inputs));
        Show(result.Inputs, claimed with { Digest = result.Public.Digest });
        Assert.Equal("another data evaluation", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void The_configuration_is_the_published_one()
    {
        // With older prices allowed Alice and Bob would trade.
        var batch = Desk.Batch(Desk.Trade()).WithPrices(Desk.Now - 61, Desk.Price);
        var result = BatchExecutor.Execute(batch, enforce: false);
        Assert.StartsWith("stale prices", TinyBatch.Refusal(result.Inputs), StringComparison.Ordinal);
        result.Inputs.SetInteger("config.max_price_age", 61);
        Assert.Equal("another data digest", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void Margins_are_those_of_the_state()
    {
        // 0.0001 % would let Alice buy with next to nothing.
        var batch = Desk.Batch(Desk.Trade()).WithCash(Desk.Alice, 4999);
        var result = BatchExecutor.Execute(batch, enforce: false);
        Assert.StartsWith("initial margin", TinyBatch.Refusal(result.Inputs), StringComparison.Ordinal);
        result.Inputs.SetInteger("state.markets.market[0].base.initial", 1);
        Assert.Equal("the state is not the one the batch starts from", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void Funding_that_is_due_cannot_be_left_out()
    {
        var batch = Desk.Batch(Desk.Tick(rate: 100)).WithMarkets(markets => markets with { FundingTime = Desk.Now - 3601 });
        var result = BatchExecutor.Execute(batch);
        Assert.Equal((100L << 32) / 10_000, result.Ledger.Markets[1].Funding);
        Assert.Null(TinyBatch.Refusal(result.Inputs));

        result.Ledger.Markets = result.Ledger.Markets with { List = [.. result.Ledger.Markets.List.Select(market => market with { Funding = 0 })] };
        Claim(result, result.Ledger.Root);
        Assert.Equal("another new root", TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void Funding_that_is_not_due_is_not_charged()
    {
        var batch = Desk.Batch(Desk.Tick(rate: 100)).WithMarkets(markets => markets with { FundingTime = Desk.Now - 3600 });
        var result = BatchExecutor.Execute(batch);
        Assert.Equal(0, result.Ledger.Markets[1].Funding);
        Assert.Null(TinyBatch.Refusal(result.Inputs));
    }

    private static void Claim(BatchResult result, Fr newRoot) =>
        Show(result.Inputs, PublicInputs.Derive(result.Words, result.Public.OldRoot, newRoot));

    private static void Show(CircuitInputs inputs, PublicInputs shown)
    {
        inputs.Set("old_root", shown.OldRoot);
        inputs.Set("new_root", shown.NewRoot);
        inputs.Set("digest", shown.Digest);
        inputs.Set("challenge", shown.Challenge);
        inputs.Set("evaluation", shown.Evaluation);
    }
}
