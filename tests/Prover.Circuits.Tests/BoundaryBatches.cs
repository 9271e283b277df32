using System.Collections.Immutable;
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

    private static Gen<ImmutableArray<ulong>> Prices =>
        Gen.Int[-101_000, 101_000].Array[Limits.Markets].Select(moves =>
            Desk.Price.Select((price, m) => price / Limits.Million * (ulong)(Limits.Million + moves[m])).ToImmutableArray());

    private static Gen<Account> Accounts(long index) =>
        from cash in Gen.Long[0, 30_000]
        from sizes in Gen.Long[-150, 150].Array[Limits.Markets]
        from slotId in Gen.UInt[0, 9]
        from filled in Gen.Long[0, 1200]
        select new Account(Desk.OwnerOf(index), 0, cash, [.. sizes], Slots(slotId, filled));

    private static Gen<InitialState> States =>
        from alice in Accounts(Desk.Alice)
        from bob in Accounts(Desk.Bob)
        from age in Gen.Frequency((9, Gen.Long[0, 60]), (1, Gen.Long[61, 70]))
        from price in Prices
        select new InitialState(new(Desk.Now - age, price), 3, ImmutableSortedDictionary<long, Account>.Empty.Add(Desk.Alice, alice).Add(Desk.Bob, bob));

    private static Gen<OracleTick> Ticks =>
        from age in Gen.Frequency((9, Gen.Long[0, 9]), (1, Gen.Long[-2, 70]))
        from prices in Prices.Array[Limits.Quorum]
        from signers in Gen.Frequency((6, Gen.Const(new[] { 0, 2, 3 })), (1, Gen.Int[0, 3].Array[Limits.Quorum]))
        from forged in Gen.Int[0, 15]
        let time = Desk.Now - age
        select new OracleTick(time, [.. signers.Select((signer, i) => Desk.Report(signer, time, prices[i], signedBy: forged == i ? 3 - signer : -1))]);

    private static Gen<Trade> Trades =>
        from market in Gen.Int[0, Limits.Markets - 1]
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
        let whole = Math.Max(0, size + extra)
        select new OrderSide(
            sells ? Desk.Bob : Desk.Alice,
            whole,
            Math.Max(0, ((quote * whole) / size) + (sells ? -slack : slack)),
            Math.Max(0, ((fee * whole) / size) + feeSlack),
            id,
            Desk.Now + expiry,
            fee,
            default);

    private static Gen<Withdrawal> Withdrawals =>
        from account in Gen.Frequency((1, Gen.Const(Desk.Carol)), (8, Gen.Const(Desk.Bob)))
        from amount in Gen.Long[1, 20_000]
        from nonce in Gen.Frequency((8, Gen.Const(0u)), (1, Gen.Const(1u)))
        select Desk.Withdrawal(account, amount, nonce);

    private static ImmutableSortedDictionary<int, OrderSlot> Slots(uint id, long filled) =>
        ImmutableSortedDictionary<int, OrderSlot>.Empty.Add((int)(id % 4), new(id, filled));
}
