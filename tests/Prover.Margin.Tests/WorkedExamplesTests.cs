using System.Collections.Immutable;
using Prover.BatchGenerator;
using Prover.Testing;

namespace Prover.Margin.Tests;

/// <summary>The examples of docs/margin-examples.md, whose numbers are worked out there on paper.</summary>
public class WorkedExamplesTests
{
    private const long Dollar = 1_000_000;
    private const long Coin = 100_000_000;
    private const long Debt = -116_000 * Dollar;

    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "margin-examples.md"));

    [Fact]
    public void A_requirement_in_tiers()
    {
        var standing = Standing.Of(Holding(40, cash: 0), At(60_000));
        var unit = (System.Numerics.BigInteger)Dollar * Limits.Million << 32;
        Assert.Equal((190_000 * unit, 95_000 * unit, 47_500 * unit), (standing.Initial, standing.Maintenance, standing.CloseOut));
        Says("190,000 USD", "95,000 USD", "47,500 USD");

        var bought = -2_400_000 * Dollar;
        Assert.True(Standing.Of(Holding(40, bought + (190_000 * Dollar)), At(60_000)).HasInitialMargin);
        Assert.False(Standing.Of(Holding(40, bought + (190_000 * Dollar) - 1), At(60_000)).HasInitialMargin);
    }

    [Fact]
    public void Funding()
    {
        var funding = (long)TickTransition.FundingOf(new(Exchange.Price(60_000), 100), Counter.Exchange.Configuration);
        Assert.Equal(257_698_037, funding);
        var markets = At(60_000).With(1, At(60_000)[1] with { Funding = funding });
        var (pays, gets) = (Settlement.Of(Holding(1.5m, 100 * Dollar), markets), Settlement.Of(Holding(-1.5m, 100 * Dollar), markets));
        Assert.Equal((91_000_000, 108_999_999), (pays.Cash, gets.Cash));
        Assert.Equal((System.Numerics.BigInteger)1 << 32, pays.Rest + gets.Rest);
        Says("257,698,037,", "91.000000 USD", "108.999999 USD");
    }

    [Fact]
    public void A_liquidation()
    {
        Assert.Equal(58_000 * Dollar, ZeroQuote.Of(Holding(2, Debt), At(59_000), 1, Coin));
        Assert.Equal(58_262_500_000, LeastQuote.Of(At(59_000)[1], Coin));
        Assert.Null(Run(59_000, Liquidate(fee: 237_500_000)));
        Assert.Equal("discount too great", Run(59_000, Liquidate(237_500_001))?.Rule);
        Assert.Equal("below close-out margin", Run(58_500, Liquidate(0))?.Rule);
        Says("58,000 USD", "58,262.5 USD", "58,500 USD", "the fee may be 237.5 USD");
    }

    [Theory]
    [InlineData(58_500, 1_000)]
    [InlineData(57_000, -2_000)]
    public void A_take_over(int price, int gained)
    {
        Assert.Equal(116_000 * Dollar, ZeroQuote.Of(Holding(2, Debt), At(price), 1, 2 * Coin));
        Assert.Null(Run(price, new TakeOver(new(1, 2 * Coin, 116_000 * Dollar, Counter.Alice)), out var result));
        Assert.Equal((0L, 0), (result.Ledger[Counter.Alice].Cash, result.Ledger[Counter.Alice].Positions.Count));
        var fund = Standing.Of(result.Ledger[InsuranceFund.Account], At(price));
        Assert.Equal((System.Numerics.BigInteger)((10_000 + gained) * Dollar) << 32, fund.Value);
        Says("116,000 USD, for coins that are worth 117,000 USD", "worth 114,000 USD: the fund bears the debt of 2,000 USD");
    }

    [Theory]
    [InlineData(1, 0, 2_000, 1_500, 1_000, 1_000, "| one coin | 2,000 | 1,500 | 1,000 | 1,000 USD |")]
    [InlineData(1, 1, 800, 600, 400, 1_040, "| one coin and one put | 800 | 600 | 400 | 1,040 USD |")]
    [InlineData(-1, -1, 1_300, 975, 650, 1_040, "| both sold short | 1,300 | 975 | 650 | 1,040 USD |")]
    public void A_scenario_margin(int coins, int puts, int initial, int maintenance, int closeOut, int initialInTiers, string row)
    {
        var unit = (System.Numerics.BigInteger)Dollar * Limits.Million << 32;
        var tiered = Holding(coins, cash: 0);
        tiered = puts == 0 ? tiered : tiered with { Positions = tiered.Positions.Add(2, new(puts * Coin, 0)) };
        var standing = Standing.Of(tiered with { Portfolio = true }, Optioned);
        Assert.Equal((initial * unit, maintenance * unit, closeOut * unit), (standing.Initial, standing.Maintenance, standing.CloseOut));
        Assert.Equal(initialInTiers * unit, Standing.Of(tiered, Optioned).Initial);
        Says(row);
    }

    /// <summary>A coin and a put on it, in five scenarios.</summary>
    private static Markets Optioned { get; } = new(Counter.Now, Counter.Now, [Shocked(20_000, -2_000, -1_000, 0, 1_000, 2_000), Shocked(800, 1_200, 550, 0, -400, -700)]);

    private static Market Shocked(int price, params int[] dollars) => Counter.Markets[1] with
    {
        Price = Exchange.Price(price),
        Shocks = [.. dollars.Select(dollar => Math.Sign(dollar) * (long)Exchange.Price(Math.Abs(dollar)))],
    };

    private static void Says(params string[] numbers) => Assert.All(numbers, number => Assert.Contains(number, Page, StringComparison.Ordinal));

    private static Account Holding(decimal coins, long cash) => Account.Empty with
    {
        Owner = Counter.Exchange.OwnerOf(Counter.Alice).PublicKey,
        Cash = cash,
        Positions = ImmutableSortedDictionary<int, Position>.Empty.Add(1, new(Exchange.Size(coins), 0)),
    };

    private static Markets At(int price) => Counter.Markets.With(1, Counter.Markets[1] with { Price = Exchange.Price(price), OpenInterest = 2 * Coin });

    private static Liquidation Liquidate(long fee)
    {
        var order = new OrderSide(Counter.Bob, Coin, 58_500 * Dollar, 0, 3, Counter.Now, false, 0, default);
        return new(1, Coin, 58_500 * Dollar, Sells: true, Counter.Alice, fee, Counter.Exchange.Sign(1, sells: false, order));
    }

    private static Rejection? Run(int price, Transaction transaction) => Run(price, transaction, out _);

    /// <summary>Alice is long 2 coins for the debt; Bob and the insurance fund have 10,000 dollars.</summary>
    private static Rejection? Run(int price, Transaction transaction, out BatchResult result)
    {
        var batch = Counter.Batch(transaction);
        var rich = Account.Empty with { Owner = Counter.Exchange.OwnerOf(Counter.Bob).PublicKey, Cash = 10_000 * Dollar };
        result = BatchExecutor.Execute(batch with
        {
            Shape = batch.Shape with { Liquidations = 1, TakeOvers = 1 },
            State = new(At(price), 0, batch.State.Accounts.SetItem(Counter.Alice, Holding(2, Debt)).SetItem(Counter.Bob, rich).SetItem(InsuranceFund.Account, rich)),
        });
        return result.Verdicts.Single().Rejection;
    }
}
