using Prover.BatchGenerator;

namespace Prover.Margin.Tests;

/// <summary>A ledger hashes late and at once what was written one by one.</summary>
public class LedgerTests
{
    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 2, Deposits: 3, Trades: 4, Withdrawals: 2);

    [Fact]
    public void It_does_not_matter_when_accounts_are_hashed()
    {
        var history = new RandomBatches(new Exchange("ledgers"), Shape, seed: 4);
        var orders = 0;
        for (var i = 0; i < 8; i++)
        {
            var batch = history.Next();
            var (late, early) = (batch.OpenLedger(), new Ledger(Shape, batch.State.Markets, batch.State.House));
            foreach (var (index, account) in batch.State.Accounts)
            {
                early[index] = account with { Cash = account.Cash + 1 };
                Assert.NotEqual(late.Root, early.Root);
                early[index] = account;
                Assert.Equal(early.PathOf(index).RootOf(index, Leaf(early, index)), early.AccountsRoot);
            }

            Assert.Equal(early.Root, late.Root);
            foreach (var (index, account) in batch.State.Accounts)
            {
                Assert.Equal(early.OrdersRoot(index), late.OrdersRoot(index));
                Assert.Equal(late.PathOf(index).RootOf(index, Leaf(late, index)), late.AccountsRoot);
                foreach (var (slot, order) in account.Orders)
                {
                    orders++;
                    Assert.Equal(late.OrderPathOf(index, slot).RootOf(slot, StateHash.Order(order)), late.OrdersRoot(index));
                }
            }
        }

        Assert.InRange(orders, 5, int.MaxValue);
    }

    [Fact]
    public void A_history_on_one_ledger_reaches_the_roots_of_its_batches()
    {
        var history = new RandomBatches(new Exchange("ledgers"), Shape, seed: 6);
        Ledger? ledger = null;
        for (var i = 0; i < 8; i++)
        {
            var batch = history.Next();
            ledger ??= batch.OpenLedger();
            Assert.Equal(BatchExecutor.Execute(batch).Public, BatchExecutor.Execute(batch, ledger).Public);
        }
    }

    [Fact]
    public void An_account_outside_the_tree_cannot_be_written()
    {
        var ledger = new Ledger(Shape, Exchange.Genesis(Shape).Markets, 0);
        ledger[63] = Account.Empty;
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger[64] = Account.Empty);
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger[-1] = Account.Empty);
    }

    private static Fr Leaf(Ledger ledger, long index) => StateHash.Account(ledger[index], ledger.OrdersRoot(index), Shape.Slots);
}
