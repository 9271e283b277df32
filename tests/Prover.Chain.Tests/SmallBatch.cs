using System.Collections.Immutable;
using Prover.BatchGenerator;
using Prover.Margin;

[assembly: AssemblyFixture(typeof(Prover.Chain.Tests.SmallBatch))]

namespace Prover.Chain.Tests;

/// <summary>One small batch with every transition, proved once for all classes of tests.</summary>
public sealed class SmallBatch() : ProvedBatch(Compose())
{
    /// <summary>The batch's time; nodes start a little later.</summary>
    public const long Time = 1_764_000_000;

    private static readonly BatchShape Shape = new(Depth: 2, Slots: 2, Markets: 4, Orders: 1, Deposits: 1, Trades: 1, Withdrawals: 1);

    /// <summary>Whose keys sign.</summary>
    public static Exchange Exchange { get; } = new("rollup contract");

    public Deposit Deposit => Proof.Batch.Transactions.OfType<Deposit>().Single();

    public Withdrawal Withdrawal => Proof.Batch.Transactions.OfType<Withdrawal>().Single();

    /// <summary>Accounts 3 and 7 have money and trade; account 5 is opened by the deposit; account 3 withdraws to anvil's second account.</summary>
    private static Batch Compose()
    {
        var exchange = Exchange;
        ImmutableSortedDictionary<long, Account> accounts = ImmutableSortedDictionary<long, Account>.Empty
            .Add(3, Account.Empty with { Owner = exchange.OwnerOf(3).PublicKey, Cash = Exchange.Money(10_000) })
            .Add(7, Account.Empty with { Owner = exchange.OwnerOf(7).PublicKey, Cash = Exchange.Money(10_000) });
        var quote = Exchange.Money(30_000);
        var recipient = AnvilNode.Number("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        return new(
            Shape,
            1,
            Time,
            exchange.Configuration,
            Exchange.Genesis(Shape) with { Accounts = accounts },
            [
                exchange.Tick(Time - 5, [Exchange.Price(60_000), Exchange.Price(3_000), Exchange.Price(150), Exchange.Price(0.5m)], Shape.Markets, 0, 2, 3),
                exchange.Deposit(5, 1_234.5m),
                new Trade(
                    1,
                    Exchange.Size(0.5m),
                    quote,
                    exchange.Order(3, 1, sells: false, 0.5m, 60_000, 1, Time + 60, fee: quote / 5_000),
                    exchange.Order(7, 1, sells: true, 0.5m, 60_000, 1, Time + 60, fee: quote / 5_000)),
                exchange.Withdraw(3, 0, 2_500, recipient),
            ]);
    }
}
