using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>A batch with a deposit and three withdrawals: one at home, one to chain 1, one to chain 2.</summary>
public sealed class ForeignBatch() : ProvedBatch(Compose())
{
    private static readonly BatchShape Shape = new(Depth: 2, Slots: 1, Markets: 1, Orders: 1, Deposits: 1, Trades: 0, Withdrawals: 3);

    public Deposit Deposit => Proof.Batch.Transactions.OfType<Deposit>().Single();

    /// <summary>All data words behind the header.</summary>
    public IReadOnlyList<Fr> Words => [.. Proof.Result.Words.Words.Skip(BatchShape.HeaderWords)];

    /// <summary>Those of the withdrawals, by lane.</summary>
    public IReadOnlyList<Fr> Withdrawals => [.. Words.Skip(BatchShape.DepositWords).Take(Shape.Withdrawals)];

    /// <summary>Their recipient, anvil's second account.</summary>
    public static BigInteger Recipient { get; } = AnvilNode.Number("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    private static Batch Compose()
    {
        var exchange = SmallBatch.Exchange;
        ImmutableSortedDictionary<long, Account> accounts = ImmutableSortedDictionary<long, Account>.Empty
            .Add(3, Account.Empty with { Owner = exchange.OwnerOf(3).PublicKey, Cash = Exchange.Money(10_000) })
            .Add(7, Account.Empty with { Owner = exchange.OwnerOf(7).PublicKey, Cash = Exchange.Money(10_000) });
        return new(
            Shape,
            1,
            SmallBatch.Time,
            exchange.Configuration,
            Exchange.Genesis(Shape) with { Accounts = accounts },
            [
                exchange.Tick(SmallBatch.Time - 5, [Exchange.Price(60_000)], Shape.Markets, 0, 2, 3),
                exchange.Deposit(5, 1_234.5m),
                exchange.Withdraw(3, 0, 2_500, Recipient),
                exchange.Withdraw(3, 1, 1_000, Recipient, chain: 1),
                exchange.Withdraw(7, 0, 700, Recipient, chain: 2),
            ]);
    }
}
