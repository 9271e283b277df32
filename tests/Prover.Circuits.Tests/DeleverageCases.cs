using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>
/// The rules of circuits/margin/takeover.circuit about deleveraging. Alice is long 1,000 at 100 for a debt that leaves her 1,000 short of nothing; Bob is short
/// as much, worth 4,000, of which 2,500 are needed to keep it. There is nothing in the fund. All of it goes for 101,000, a half for 50,500.
/// </summary>
internal static class DeleverageCases
{
    private const uint Rank = 625_000;

    public static IEnumerable<RuleCase> All =>
    [
        new("a deleveraging that the fund can bear", "the insurance fund can take it", WithFundHolding(1, -1_000, 999), WithFundHolding(1, -1_000, 1_000)),
        new("a deleveraging of which the fund can bear a unit", "the insurance fund can take a part of it", Whole().WithCash(Desk.Fund, 6), Whole().WithCash(Desk.Fund, 7)),
        new("the fund bears a unit of a short position", "the insurance fund can take a part of it", Short().WithCash(Desk.Fund, 6), Short().WithCash(Desk.Fund, 7)),
        new("the fund bears a unit beside what it has", "the insurance fund can take a part of it", WithFundHolding(1, 100, 506), WithFundHolding(1, 100, 507)),
        new("the fund bears a unit in the next tier", "the insurance fund can take a part of it", WithFundHolding(1, 2_000, 10_011), WithFundHolding(1, 2_000, 10_012)),
        new("the fund bears a unit beside another market", "the insurance fund can take a part of it", WithFundHolding(2, 100, 106), WithFundHolding(2, 100, 107)),
        new("a deleveraging before a sweep", "fees not swept", Unswept((BigInteger.One << 52) - 1), Unswept(BigInteger.One << 52)),
        new("a fund with a slot left", "the insurance fund can take it", WithFundIn(2, 3), WithFundIn(1, 2)),
        new("an isolated fund that can hold it", "the insurance fund can take it", Isolated(2), Isolated(1)),
        new("a counterparty who is not the most leveraged", "rank below the committed one", Whole() with { LeastRank = Rank }, Whole() with { LeastRank = Rank + 1 }),
        new("a counterparty on the same side", "no reduction", Whole(), Whole(held: 1000)),
        new("a counterparty who holds less", "no reduction", Whole(held: -1000), Whole(held: -999)),
        new("a counterparty left worse off", "initial margin", Half(cash: 101_000), Half(cash: 100_999)),
        new("a deleveraging of an account with its close-out margin", "not below close-out margin", Of(1000, 98_751, alice: -98_751), Of(1000, 98_750, alice: -98_750)),
        new("a counterparty who pays too little", "below the zero quote", Whole(), Of(1000, 100_999)),
        new("a counterparty who pays too much", "above the zero quote", Whole(), Of(1000, 101_001)),
        new("a deleveraging at stale prices", "stale prices", Whole().WithPrices(Desk.Now - 60, Desk.Price), Whole().WithPrices(Desk.Now - 61, Desk.Price)),
        new("a deleveraging against oneself", "no reduction", Whole(), Against(Desk.Alice)),
    ];

    public static Batch Whole(long held = -1000) => Of(1000, 101_000, held: held);

    /// <summary>Alice is short instead, and Bob long.</summary>
    private static Batch Short() => Of(1000, -99_000, alice: 99_000, held: 1000)
        .With(Desk.Alice, account => account with { Positions = account.Positions.SetItem(1, new(-1000, 0)) })
        .WithCash(Desk.Bob, -96_000);

    /// <summary>The fund has positions, and is worth so much: with another unit of 100, which costs 101, it needs 5 more, or 10 above 200,000.</summary>
    private static Batch WithFundHolding(int market, long size, long worth) => Whole()
        .With(Desk.Fund, _ => Desk.Owned(2, worth - (size * (long)(Desk.Price[market - 1] >> 32))))
        .WithPosition(Desk.Fund, market, size);

    private static Batch Unswept(BigInteger house)
    {
        var batch = Whole();
        return batch with { State = batch.State with { House = house } };
    }

    private static Batch Half(long cash) => Of(500, 50_500).WithCash(Desk.Bob, cash);

    private static Batch Of(long size, long paid, long alice = -101_000, long held = -1000) => Desk.Deleveraging(new Deleverage(new(1, size, paid, Desk.Alice), Desk.Bob))
        .WithPosition(Desk.Alice, 1, 1000)
        .WithCash(Desk.Alice, alice)
        .With(Desk.Bob, account => account with { Cash = 104_000, Positions = account.Positions.SetItem(1, new(held, 0)) });

    private static Batch WithFundIn(params ImmutableArray<int> markets) => Whole().With(Desk.Fund, _ => Desk.Owned(2, Desk.Million) with
    {
        Positions = markets.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
    });

    private static Batch Isolated(int market) => WithFundIn(market).With(Desk.Fund, account => account with { Isolated = true });

    private static Batch Against(long account) => Whole() with { Transactions = [new Deleverage(new(1, 1000, 101_000, Desk.Alice), account)] };
}
