using System.Numerics;

namespace Prover.Margin.Tests;

public class BatchExecutorTests
{
    private static Ledger Run(params Transaction[] transactions)
    {
        var result = BatchExecutor.Execute(Counter.Batch([.. transactions]));
        Assert.Equal([], result.Verdicts.Select(verdict => verdict.Rejection?.ToString()).OfType<string>());
        return result.Ledger;
    }

    private static string?[] Rules(params Transaction[] transactions) =>
        [.. BatchExecutor.Execute(Counter.Batch([.. transactions])).Verdicts.Select(verdict => verdict.Rejection?.Rule)];

    [Fact]
    public void A_trade_moves_size_cash_and_fees()
    {
        var ledger = Run(Counter.Trade(300, 30_100, buyerFee: 20, sellerFee: 12));
        var (alice, bob) = (ledger[Counter.Alice], ledger[Counter.Bob]);
        Assert.Equal([KeyValuePair.Create(1, new Position(300, 0))], alice.Positions);
        Assert.Equal([KeyValuePair.Create(1, new Position(-300, 0))], bob.Positions);
        Assert.Equal(300, ledger.Markets[1].OpenInterest);
        Assert.Equal(969_880, alice.Cash);      // 1,000,000 − 30,100 − 20
        Assert.Equal(1_030_088, bob.Cash);      // 1,000,000 + 30,100 − 12
        Assert.Equal((BigInteger)37 << 32, ledger.House);       // 5 + 20 + 12
    }

    [Fact]
    public void Partial_fills_add_up_in_the_order_slot()
    {
        var ledger = Run(Counter.Trade(300, 30_000), Counter.Trade(200, 20_000), Counter.Trade(50, 5_000, id: 7));
        Assert.Equal(550, ledger[Counter.Alice].SizeIn(1));
        Assert.Equal(new OrderSlot(7, 50), ledger[Counter.Alice].Orders[3]);
        ledger = Run(Counter.Trade(300, 30_000), Counter.Trade(200, 20_000));
        Assert.Equal(new OrderSlot(3, 500), ledger[Counter.Bob].Orders[3]);
    }

    [Fact]
    public void The_order_may_be_filled_to_its_end_but_not_beyond()
    {
        Assert.Equal([null, null], Rules(Counter.Trade(300, 30_000, whole: 500), Counter.Trade(200, 20_000, whole: 500)));
        Assert.Equal([null, "order overfilled"], Rules(Counter.Trade(300, 30_000, whole: 500), Counter.Trade(201, 20_100, whole: 500)));
    }

    [Fact]
    public void A_withdrawal_takes_cash_and_counts_the_nonce()
    {
        var ledger = Run(Counter.Withdraw(Counter.Alice, 400), Counter.Withdraw(Counter.Alice, 70, nonce: 1));
        Assert.Equal((999_530L, 2u), (ledger[Counter.Alice].Cash, ledger[Counter.Alice].Nonce));
        Assert.Equal(Counter.House, ledger.House);
    }

    [Fact]
    public void A_tick_takes_the_median_of_each_market()
    {
        var ledger = Run(Counter.Exchange.Tick(Counter.Now - 1, Counter.Price, Counter.Shape.Markets, 0, 1, 3));

        // The reports are below by 1/10,000, exact, and above by 1/10,000, in the order of the signers.
        Assert.Equal(Counter.Price.Select(price => price + (2 * (price / 10_000)) - (price / 5_000)), ledger.Markets.List.Select(market => market.Price));
        Assert.Equal(Counter.Now - 1, ledger.Markets.PriceTime);
    }

    [Fact]
    public void Lanes_run_in_order_whatever_the_file_says() =>
        Assert.Equal([null, null], Rules(Counter.Withdraw(Counter.Carol, 5), Counter.Deposit(Counter.Carol, 5)));

    [Fact]
    public void A_refused_transaction_leaves_the_state_and_its_lane()
    {
        var refused = Counter.Trade(300, 30_000, buyerFee: 301, whole: 300);
        var with = BatchExecutor.Execute(Counter.Batch(refused, Counter.Trade(1, 100), Counter.Trade(1, 100), Counter.Trade(1, 100)));
        var without = BatchExecutor.Execute(Counter.Batch(Counter.Trade(1, 100), Counter.Trade(1, 100), Counter.Trade(1, 100)));
        Assert.Equal(["fee above its cap", null, null, null], with.Verdicts.Select(verdict => verdict.Rejection?.Rule));
        Assert.Equal(without.Public, with.Public);
        Assert.False(with.IsAccepted);
        Assert.True(without.IsAccepted);
    }

    [Fact]
    public void A_transaction_without_a_lane_is_refused()
    {
        var verdict = BatchExecutor.Execute(Counter.Batch(Counter.Deposit(1, 1), Counter.Deposit(1, 2), Counter.Deposit(1, 3))).Verdicts[2];
        Assert.Equal("no lane left: this shape has 2 deposit lanes", verdict.Rejection?.ToString());
        Assert.Equal([null, null], Rules(Counter.Deposit(1, 1), Counter.Deposit(1, 2)));
    }

    [Fact]
    public void An_account_outside_the_tree_is_refused()
    {
        Assert.Equal([null], Rules(Counter.Deposit(15, 1)));
        Assert.Equal(["no such account"], Rules(Counter.Deposit(16, 1)));
        Assert.Equal(["no such account"], Rules(Counter.Withdraw(16, 1)));
        Assert.Equal(["no such account"], Rules(Counter.Trade(1, 100) with { Seller = Counter.Trade(1, 100).Seller with { Account = 16 } }));
    }

    [Fact]
    public void A_refusal_says_the_numbers()
    {
        var verdict = Assert.Single(BatchExecutor.Execute(Counter.Batch(Counter.Withdraw(Counter.Alice, 1_000_001))).Verdicts);
        Assert.Equal("initial margin: have -0.000001 USD, need 0.00 USD in account 1", verdict.Rejection?.ToString());
    }
}
