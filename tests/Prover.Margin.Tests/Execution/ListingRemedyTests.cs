using System.Collections.Immutable;
using Prover.Primitives;

namespace Prover.Margin.Tests;

/// <summary>As <see cref="RemedyTests"/>, of updates of markets, of choices between tiers and portfolio margin, and of scenarios.</summary>
public class ListingRemedyTests
{
    private static readonly Margins Fair = new(60_000, 30_000, 15_000);

    private static readonly Dictionary<string, RemedyCase> Cases = new()
    {
        ["no such market"] = new("use a market up to 4, or a shape with more markets", "1", [Update(Fair, market: 5)], [Update(Fair, market: 4)]),
        ["bad signature"] = new(
            "the governance's key must sign exactly this, as the update of that number", null, [Update(Fair, number: 1)], [Update(Fair, number: 0)])
        {
            Detail = "update 0 of market 1, which the governance's key signs",
        },
        ["margins not in order"] = new(
            "ask for at most 30000 ppm there: close-out margin up to maintenance margin, and that up to initial margin", "1 ppm",
            [Update(Fair with { CloseOut = 30_001 })], [Update(Fair with { CloseOut = 30_000 })])
        {
            Detail = "base of market 1: close-out 30001 ppm, maintenance 30000 ppm, initial 60000 ppm; none may be above the next",
        },
        ["margins not in order, to keep and to open"] = new(
            "ask for at most 60000 ppm there: close-out margin up to maintenance margin, and that up to initial margin", "2 ppm",
            [Update(Fair with { Maintenance = 60_002 })], [Update(Fair with { Maintenance = 60_000 })])
        {
            Detail = "base of market 1: close-out 15000 ppm, maintenance 60002 ppm, initial 60000 ppm; none may be above the next",
        },
        ["margins not in order, of the second raise"] = new(
            "ask for at most 7 ppm there: close-out margin up to maintenance margin, and that up to initial margin", "1 ppm",
            [Update(Fair, raise: 2, by: new(9, 7, 8))], [Update(Fair, raise: 2, by: new(9, 7, 7))])
        {
            Detail = "raise 2 of market 1: close-out 8 ppm, maintenance 7 ppm, initial 9 ppm; none may be above the next",
        },
        ["margins not in order, of the last raise"] = new(
            "ask for at most 0 ppm there: close-out margin up to maintenance margin, and that up to initial margin", "1 ppm",
            [Update(Fair, raise: 3, by: new(0, 1, 0))], [Update(Fair, raise: 3, by: Margins.None)])
        {
            Detail = "raise 3 of market 1: close-out 0 ppm, maintenance 1 ppm, initial 0 ppm; none may be above the next",
        },
        ["margin above the notional"] = new(
            "ask for at most 1000000 ppm of initial margin, base and raises together", "1 ppm",
            [Update(Fair, raise: 1, by: new(940_001, 0, 0))], [Update(Fair, raise: 1, by: new(940_000, 0, 0))]),
        ["market without margin"] = new(
            "ask for at least 1 ppm of close-out margin, or for no margin to take the market off the list", "1 ppm",
            [Update(Fair with { CloseOut = 0 })], [Update(Fair with { CloseOut = 1 }), Update(Margins.None, number: 1)]),
        ["market without margin, while something is open"] = new(
            "let all positions in the market be closed before it is taken off the list", "7 units",
            [Update(Margins.None)], [Update(Margins.None, market: 2)], Open),
        ["no scenarios"] = new(
            "leave out portfolio margin, or use a shape with scenarios", "1", [Update(Fair, portfolioOnly: true)], [Update(Fair)])
        {
            Detail = "for market 1; the shape has none",
        },
        ["no scenarios, for an account"] = new(
            "leave out portfolio margin, or use a shape with scenarios", "1", [Choose(portfolio: true)], [Choose(portfolio: false)])
        {
            Detail = "for account 1; the shape has none",
        },
        ["leeway and portfolio margin go together"] = new(
            "give a market leeway if it is for portfolio margin only, and only then", null, [Update(Fair, leeway: 1UL << 32)], [Update(Fair)])
        {
            Detail = "market 1 has 1.00 micro-USD per unit and is not one",
        },
        ["leeway and portfolio margin go together, without any"] = new(
            "give a market leeway if it is for portfolio margin only, and only then", null, [Update(Fair, portfolioOnly: true, leeway: 0)], [Update(Fair, portfolioOnly: true)])
        {
            Scenarios = 2,
        },
        ["positions open"] = new(
            "let all positions in the market be closed first, or leave out the change between portfolio margin and tiers", "7 units",
            [Update(Fair, portfolioOnly: true)], [Update(Fair, market: 2, portfolioOnly: true), Update(Fair, number: 1)], Open)
        {
            Scenarios = 2,
        },
        ["positions open, in an account"] = new(
            "close the positions of account 1 first, or leave its margin as it is", "2", [Choose(portfolio: true)], [Choose(portfolio: false)], Holding)
        {
            Scenarios = 2,
        },
        ["portfolio margin only"] = new(
            "account 1 must choose portfolio margin in a change of keys first, while it has no positions", null,
            [Counter.Trade(1, 100)], [Choose(portfolio: true), Counter.Trade(1, 100)], Reserved)
        {
            Scenarios = 2,
        },
        ["no key"] = new(
            "name the public key of whoever shall own the account", null, [Choose(portfolio: false, isNobodys: true)], [Choose(portfolio: false)]),
        ["too many updates"] = new(null, "1", [Update(Fair, number: uint.MaxValue)], [Counter.Deposit(1, 1)], After(uint.MaxValue)),
    };

    public static TheoryData<string> Rules => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Helps(string name) => Cases[name].AssertHelps(name);

    /// <summary>
    /// The price of market 1, 100, and its shocks, −20 and 30, move by a tenth of that price in 61 seconds. Told which is refused, and how far it may move, one
    /// brings that.
    /// </summary>
    [Theory]
    [InlineData(61, 0, -31, "-20.00", "-31.00", "at least -30.00")]
    [InlineData(61, 0, -9, "-20.00", "-9.00", "at most -10.00")]
    [InlineData(61, 1, 41, "30.00", "41.00", "at most 40.00")]
    [InlineData(61, 1, 19, "30.00", "19.00", "at least 20.00")]
    [InlineData(1, 1, 31, "30.00", "31.00", "at most 30.163934")]
    public void A_shock_that_moves_too_far_is_told_how_far_it_may(long seconds, int scenario, long shock, string from, string to, string bound)
    {
        var verdict = Assert.Single(Shocked(seconds, scenario, shock << 32).Verdicts);
        Assert.Equal("shocks move too far", verdict.Rejection?.Rule);
        Assert.Equal(
            $"from {from} micro-USD per unit to {to} micro-USD per unit in scenario {scenario} of market 1, priced 100.00 micro-USD per unit, "
            + $"at most 100000 ppm in 61 s, and {seconds} s have passed",
            verdict.Rejection?.Detail);
        Assert.Equal($"the oracle's scenario must come nearer in steps, to {bound} micro-USD per unit in this one, or be signed later", Remedy.Of(verdict));

        var nearest = (long)verdict.Rejection!.Measure!.Need;
        Assert.True(Shocked(seconds, scenario, nearest).IsAccepted);
        Assert.False(Shocked(seconds, scenario, nearest + Math.Sign((shock << 32) - nearest)).IsAccepted);
    }

    private static MarketUpdate Update(Margins margins, uint number = 0, int market = 1, int raise = 1, Margins? by = null, bool portfolioOnly = false, ulong? leeway = null)
    {
        ImmutableArray<Raise> raises = [.. Enumerable.Range(1, Limits.Raises).Select(i => i == raise ? Raise.None with { By = by ?? Margins.None } : Raise.None)];
        return Counter.Exchange.Sign(number, new(market, margins, raises, default) { PortfolioOnly = portfolioOnly, Leeway = leeway ?? (portfolioOnly ? 1UL : 0) });
    }

    /// <summary>Alice keeps her keys, or gives the account to nobody, and chooses what says how much margin she needs.</summary>
    private static KeyChange Choose(bool portfolio, bool isNobodys = false)
    {
        var key = Counter.Exchange.OwnerOf(Counter.Alice);
        return key.SignKeys(
            Counter.Exchange.Configuration, 0, new(Counter.Alice, isNobodys ? new(Fr.Zero, Fr.Zero) : key.PublicKey, Account.Empty.Session, default) { Portfolio = portfolio });
    }

    private static BatchResult Shocked(long seconds, int scenario, long shock)
    {
        ImmutableArray<long> before = [-20L << 32, 30L << 32];
        ImmutableArray<ImmutableArray<long>> shocks = [before.SetItem(scenario, shock), [0, 0], [0, 0], [0, 0]];
        ImmutableArray<Quoted> quoted = [.. Counter.Price.Select(price => new Quoted(price, 0))];
        var tick = new OracleTick(Counter.Now, [.. Enumerable.Range(0, 3).Select(signer => Counter.Exchange.Report(signer, Counter.Now, quoted))]);
        var batch = Counter.Batch(Counter.Exchange.WithScenarios(tick, shocks));
        var markets = Counter.Markets.WithScenarios(2);
        return BatchExecutor.Execute(batch with
        {
            Shape = batch.Shape with { Scenarios = 2 },
            State = batch.State with { Markets = markets.With(1, markets[1] with { Shocks = before }) with { PriceTime = Counter.Now - seconds } },
        });
    }

    private static InitialState Open(InitialState state) => state with { Markets = state.Markets.With(1, state.Markets[1] with { OpenInterest = 7 }) };

    private static InitialState Holding(InitialState state) =>
        With(state, Counter.Alice, account => account with { Positions = account.Positions.Add(1, new(1, 0)).Add(2, new(-1, 0)) });

    /// <summary>Market 1 is for portfolio margin, which Bob has.</summary>
    private static InitialState Reserved(InitialState state) =>
        With(state, Counter.Bob, account => account with { Portfolio = true }) with { Markets = state.Markets.With(1, state.Markets[1] with { PortfolioOnly = true }) };

    private static Func<InitialState, InitialState> After(uint updates) => state => state with { Markets = state.Markets with { Updates = updates } };

    private static InitialState With(InitialState state, long index, Func<Account, Account> change) =>
        state with { Accounts = state.Accounts.SetItem(index, change(state.Accounts[index])) };
}
