using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Batches whose every number lies near a bound, so that each rule accepts some and refuses some.</summary>
internal static class BoundaryBatches
{
    public static Gen<Batch> Any { get; } =
        from state in States
        from tick in Gen.Frequency((2, Gen.Const((OracleTick?)null)), (3, Ticks.Select(tick => (OracleTick?)tick)))
        from deposit in Gen.Select(Gen.Long[0, 15], Gen.Long[1, 20_000], Desk.Deposit).Null(0.4)
        from trade in Trades.Null(0.2)
        from withdrawal in Withdrawals.Null(0.3)
        select Desk.Batch([.. new Transaction?[] { tick, deposit, trade, withdrawal }.OfType<Transaction>()]) with { State = state };

    /// <summary>Each kind of message of an account, for Bob's account often owned by Alice.</summary>
    public static Gen<Batch> Housekeeping { get; } =
        from state in States
        from shared in Gen.Int[0, 3]
        from named in Gen.Frequency((3, Gen.Long[Desk.Now, Desk.Now + 1]), (1, Gen.Long[Desk.Now - 2, Desk.Now + 2]))
        from keys in Keys.Null(0.4)
        from cancel in Cancels.Null(0.4)
        from transfer in Transfers.Null(0.3)
        let batch = Desk.Batch([.. new Transaction?[] { keys, cancel, transfer }.OfType<Transaction>()]) with { Shape = TinyBatch.Housekeeping, State = state }
        select batch
            .With(Desk.Alice, account => account with { Session = Desk.Session(Desk.Carol, named).Hash })
            .With(Desk.Bob, account => shared > 0 ? account with { Owner = Desk.OwnerOf(Desk.Alice) } : account);

    /// <summary>Alice holds a position, long or short, and is worth about its margin.</summary>
    public static Gen<Batch> Liquidations { get; } =
        from state in States
        from market in Gen.Int[1, TinyBatch.Shape.Markets]
        from held in Gen.Long[100, 1000]
        from isLong in Gen.Bool
        from size in Gen.Frequency((8, Gen.Long[1, held]), (1, Gen.Long[1, 1010]))
        from worth in Gen.Long[-10, 60]
        from discount in Gen.Frequency((6, Gen.Long[0, 30]), (1, Gen.Long[-2, 60]))
        from fee in Gen.Long[0, 30]
        from order in Orders(size, 100 * size, sells: !isLong)
        from forged in Gen.Int[0, 15]
        let price = (long)(state.Markets[market].Price >> 32)
        let quote = Math.Max(0, (size * price) + (isLong ? -discount : discount))
        let taker = order with { Account = Desk.Bob, Quote = Math.Max(0, (quote * order.Base / size) + (isLong ? 50 : -50)) }
        let owed = (held * price) - (held * price * worth / 1000)
        let batch = Desk.Liquidating(new Liquidation(
            market, size, quote, forged == 1 ? !isLong : isLong, Desk.Alice, fee, Desk.Signed(taker, market, !isLong, signedBy: forged == 0 ? 2 : -1)))
        select (batch with { State = state }).With(Desk.Alice, account => account with
        {
            Cash = isLong ? -owed : (2 * held * price) - owed,
            Positions = account.Positions.Clear().Add(market, new(isLong ? held : -held, state.Markets[market].Funding)),
        }).With(Desk.Bob, account => account with { Cash = 100_000 }).WithMarket(market, before => before with { OpenInterest = held });

    private static Gen<KeyChange> Keys =>
        from owner in Gen.Long[0, 15]
        from nonce in Gen.Frequency((6, Gen.Const(0u)), (1, Gen.Const(1u)))
        from session in Gen.Int[0, 5]
        from portfolio in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from isolated in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        select Desk.KeyChange(Desk.Alice, Desk.OwnerOf(owner), session, nonce, portfolio: portfolio, isolated: isolated);

    private static Gen<Cancel> Cancels =>
        from id in Gen.UInt[0, 12]
        from until in Gen.Frequency((2, Gen.Const((long?)null)), (3, Gen.Long[Desk.Now - 1, Desk.Now + 1].Select(time => (long?)time)))
        from forged in Gen.Int[0, 9]
        select Desk.Cancel(
            Desk.Alice, id, until is { } time ? Desk.Session(Desk.Carol, time) : null, forged == 0 ? 2 : until is null ? -1 : (int)Desk.Carol);

    private static Gen<Transfer> Transfers =>
        from sender in Gen.Frequency((1, Gen.Const(Desk.Carol)), (8, Gen.Const(Desk.Alice)))
        from receiver in Gen.Frequency((1, Gen.Const(Desk.Alice)), (12, Gen.Const(Desk.Bob)))
        from amount in Gen.Long[1, 20_000]
        from nonce in Gen.Frequency((1, Gen.Const(0u)), (2, Gen.Const(1u)))
        select Desk.Transfer(sender, receiver, amount, nonce);

    private static Gen<ImmutableArray<ulong>> Prices =>
        Gen.Int[-101_000, 101_000].Array[TinyBatch.Shape.Markets].Select(moves =>
            Desk.Price.Select((price, m) => price / Limits.Million * (ulong)(Limits.Million + moves[m])).ToImmutableArray());

    private static Gen<Account> Accounts(long index) =>
        from cash in Gen.Long[0, 30_000]
        from sizes in Gen.Frequency((1, Gen.Const(0L)), (2, Gen.Long[-150, 150])).Array[TinyBatch.Shape.Markets]
        from funding in Gen.Long[-1L << 34, 1L << 34]
        from slotId in Gen.UInt[0, 9]
        from filled in Gen.Long[0, 1200]
        from isolated in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        let positions = Positions(sizes, funding)
        select new Account(Desk.OwnerOf(index), 0, cash, positions, Slots(slotId, filled)) { Isolated = isolated && positions.Count < 2 };

    /// <summary>Alice and Bob with some cash and positions, prices and rates as they may be.</summary>
    public static Gen<InitialState> States =>
        from alice in Accounts(Desk.Alice)
        from bob in Accounts(Desk.Bob)
        from age in Gen.Frequency((9, Gen.Long[0, 60]), (1, Gen.Long[61, 70]))
        from price in Prices
        from markets in Markets
        from fundingAge in Gen.Frequency((3, Gen.Const(age)), (1, Gen.Long[3590, 3610]))
        select new InitialState(
            new(Desk.Now - age, Desk.Now - fundingAge, [.. markets.Zip(price, (market, value) => market with { Price = value })]),
            3,
            ImmutableSortedDictionary<long, Account>.Empty.Add(Desk.Alice, alice).Add(Desk.Bob, bob));

    private static Gen<ImmutableArray<Market>> Markets =>
        from funding in Gen.Long[-1L << 34, 1L << 34].Array[TinyBatch.Shape.Markets]
        from bounds in Gen.Int[1_000, 30_000].Array[TinyBatch.Shape.Markets]
        from listed in Gen.Frequency((1, Gen.Const(1)), (12, Gen.Const(TinyBatch.Shape.Markets)))
        select Desk.Markets.List.Select((market, m) => m >= listed ? Market.None : market with
        {
            Funding = funding[m],
            OpenInterest = 300,
            Raises = market.Raises.SetItem(0, market.Raises[0] with { From = (BigInteger)bounds[m] << 32 }),
        }).ToImmutableArray();

    private static Gen<OracleTick> Ticks =>
        from age in Gen.Frequency((9, Gen.Long[0, 9]), (1, Gen.Long[-2, 70]))
        from prices in Prices.Array[Limits.Quorum]
        from signers in Gen.Frequency((6, Gen.Const(new[] { 0, 2, 3 })), (1, Gen.Int[0, 3].Array[Limits.Quorum]))
        from forged in Gen.Int[0, 15]
        from rate in Gen.Int[-1_100, 1_100]
        let time = Desk.Now - age
        select new OracleTick(time, [.. signers.Select((signer, i) => Desk.Report(signer, time, prices[i], signedBy: forged == i ? 3 - signer : -1, rate: rate + i))]);

    private static Gen<Trade> Trades =>
        from market in Gen.Int[1, TinyBatch.Shape.Markets]
        from size in Gen.Long[1, 1000]
        from quote in Gen.Long[0, 105 * size]
        from buyer in Orders(size, quote, sells: false)
        from seller in Orders(size, quote, sells: true)
        from forged in Gen.Int[0, 15]
        select new Trade(
            market,
            size,
            quote,
            Desk.Signed(buyer, market, sells: forged == 0, signedBy: forged == 1 ? 2 : -1),
            Desk.Signed(seller, market, sells: forged != 2, signedBy: forged == 3 ? 2 : -1));

    private static Gen<OrderSide> Orders(long size, long quote, bool sells) =>
        from extra in Gen.Frequency((1, Gen.Long[-2, 2]), (9, Gen.Long[1000, 2000]))
        from slack in Gen.Frequency((1, Gen.Long[-2, 2]), (9, Gen.Long[100, 1000]))
        from fee in Gen.Long[0, 40]
        from feeSlack in Gen.Frequency((1, Gen.Long[-2, 2]), (9, Gen.Long[5, 9]))
        from id in Gen.Frequency((1, Gen.UInt[0, 10]), (4, Gen.UInt[9, 12]))
        from expiry in Gen.Frequency((1, Gen.Long[-1, 0]), (5, Gen.Long[1, 5]))
        from reduceOnly in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        let whole = Math.Max(0, size + extra)
        select new OrderSide(
            sells ? Desk.Bob : Desk.Alice,
            whole,
            Math.Max(0, ((quote * whole) / size) + (sells ? -slack : slack)),
            Math.Max(0, ((fee * whole) / size) + feeSlack),
            id,
            Desk.Now + expiry,
            reduceOnly,
            fee,
            default);

    private static Gen<Withdrawal> Withdrawals =>
        from account in Gen.Frequency((1, Gen.Const(Desk.Carol)), (8, Gen.Const(Desk.Bob)))
        from amount in Gen.Long[1, 20_000]
        from nonce in Gen.Frequency((8, Gen.Const(0u)), (1, Gen.Const(1u)))
        select Desk.Withdrawal(account, amount, nonce);

    private static ImmutableSortedDictionary<int, Position> Positions(long[] sizes, long funding) =>
        sizes.Index().Where(item => item.Item != 0).ToImmutableSortedDictionary(item => item.Index + 1, item => new Position(item.Item, funding));

    private static ImmutableSortedDictionary<int, OrderSlot> Slots(uint id, long filled) =>
        ImmutableSortedDictionary<int, OrderSlot>.Empty.Add((int)(id % 4), new(id, filled));
}
