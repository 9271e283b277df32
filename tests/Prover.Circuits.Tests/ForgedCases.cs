using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Lies that no executor tells: the circuit is given a state, a root or a digest that is not the one it stands for.</summary>
internal static class ForgedCases
{
    public static IEnumerable<RuleCase> All =>
    [
        InventedMoney("money invented before a deposit", Desk.Batch(Desk.Deposit(Desk.Alice, 5))),
        InventedMoney("money invented before a trade", Desk.Batch(Desk.Trade())),
        InventedMoney("money invented before a withdrawal", Desk.Batch(Desk.Withdrawal(Desk.Alice, 5))),
        InventedMoney("money invented before a change of keys", Desk.Housekeeping(Desk.KeyChange(Desk.Alice, Desk.OwnerOf(Desk.Carol)))),
        InventedMoney("money invented before a cancel", Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3))),
        InventedMoney("money invented before a transfer", Owned(Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Bob, 5)))),
        InventedMoney("money invented before a liquidation", LiquidationCases.Long(50_000)),
        InventedMoney("money invented before a take-over", TakeOverCases.Long(101_000, 1000, cash: -101_000), paid: 100_999),
        WithHonestFund(InventedMoney("money invented before a deleveraging", DeleverageCases.Whole(), paid: 100_999)),
        InventedMoney("money invented before a forced exit", Desk.Forced(Desk.Exit(Desk.Alice, 5))),
        InventedMoney("money invented before a forced close", ForcedCases.ByName["a long position closed"].Batch),
        LaterOfMore("money invented for the fund before a forced close", ForcedCases.ByName["a long position closed"].Batch, Desk.Fund, "closes[0].fund"),
        InventedMoney("money invented before a lock", Desk.Locking(Desk.Lock())),
        InventedMoney("money invented before a claim", LockCases.Claim()),
        LaterOfMore("money invented for the receiver of a claim", LockCases.Claim(), Desk.Bob, "unlocks[0].receiver"),
        LockInvented(),
        LaterOfMore("money invented for the receiver", Owned(Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Bob, 5))), Desk.Bob, "transfers[0].receiver"),
        LaterOfMore("money invented for the fund before a sweep", TakeOverCases.Swept(5), Desk.Fund, "sweeps[0].fund"),
        LaterOfMore("money invented for the fund before a take-over", TakeOverCases.Long(49_500), Desk.Fund, "take_overs[0].fund"),
        LaterOfMore("money invented for a counterparty", DeleverageCases.Whole(), Desk.Bob, "deleverages[0].against"),
        PoorerFund(),
        Forged("money invented for the seller", "account 6 is not in the state", inputs => inputs.SetInteger("trades[0].seller.at.account.cash", Desk.Million + 1)),
        Forgotten("a fill forgotten", "trades[0].buyer", Desk.Batch(Desk.Trade()), Desk.Batch(Desk.Trade(size: 500, quote: 50_000)), new(3, 500)),
        Forgotten("a newer order forgotten", "cancels[0]", Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3)), Desk.Housekeeping(Desk.Cancel(Desk.Alice, 7)), new(7, 5)),
        Forged("another old root", "the state is not the one the batch starts from", inputs => inputs.Set("old_root", (Fr)1)),
        Forged("another new root", "another new root", inputs => inputs.Set("new_root", (Fr)1)),
        Forged("another digest", "another data digest", inputs => inputs.Set("digest", (Fr)1)),
        Forged("another evaluation", "another data evaluation", inputs => inputs.Set("evaluation", (Fr)1)),
    ];

    private static RuleCase Forged(string name, string message, Action<CircuitInputs> forge) =>
        new(name, message, Desk.Batch(Desk.Trade()), Desk.Batch(Desk.Trade())) { Rule = null, Forge = forge };

    // All that follows from the richer account is right: only the check that it is in the tree stands in the way.
    private static RuleCase InventedMoney(string name, Batch honest, long? paid = null)
    {
        var richer = honest.WithCash(Desk.Alice, honest.State.Accounts[Desk.Alice].Cash + 1);
        return new(name, "account 1 is not in the state", honest, paid is { } less ? PaidLess(richer, less) : richer) { Rule = null, Forge = StartFrom(honest) };
    }

    // The fund's path is the one in the tree that there is, not in one where another has more.
    private static RuleCase WithHonestFund(RuleCase item) => item with
    {
        Forge = inputs =>
        {
            item.Forge(inputs);
            inputs.SetFund("deleverages[0].fund", item.Accepted.OpenLedger());
        },
    };

    // Whoever has more is paid less for what is lost.
    private static Batch PaidLess(Batch batch, long paid) => batch with
    {
        Transactions = [.. batch.Transactions.Select(transaction => transaction switch
        {
            TakeOver takeOver => takeOver with { Loss = takeOver.Loss with { Paid = paid } },
            Deleverage deleverage => deleverage with { Loss = deleverage.Loss with { Paid = paid } },
            _ => transaction,
        })],
    };

    // An account that another comes before had one more, and has one more afterwards.
    private static RuleCase LaterOfMore(string name, Batch batch, long account, string lane)
    {
        var before = batch.State.Accounts[account].Cash;
        return new(name, $"account {account} is not in the state", batch, batch)
        {
            Rule = null,
            Forge = inputs =>
            {
                inputs.SetInteger($"{lane}.account.cash", before + 1);
                var result = BatchExecutor.Execute(batch);
                result.Ledger[account] = result.Ledger[account] with { Cash = result.Ledger[account].Cash + 1 };
                var claimed = PublicInputs.Derive(result.Words, result.Public.OldRoot, result.Ledger.Root);
                inputs.Set("new_root", claimed.NewRoot);
                inputs.Set("challenge", claimed.Challenge);
                inputs.Set("evaluation", claimed.Evaluation);
            },
        };
    }

    // Nothing lies in Alice's slot. The circuit is told that a lock does, with all that would follow.
    private static RuleCase LockInvented()
    {
        var (locked, empty) = (LockCases.Claim(), LockCases.Claim().With(Desk.Alice, account => account with { Orders = account.Orders.Clear() }));
        return new("a lock invented", "no such lock", locked, locked)
        {
            Rule = null,
            Forge = inputs =>
            {
                StartFrom(empty)(inputs);
                inputs.Set("unlocks[0].at.account.orders_root", empty.OpenLedger().OrdersRoot(Desk.Alice));
            },
        };
    }

    // A fund that is poorer than it is.
    private static RuleCase PoorerFund()
    {
        var batch = DeleverageCases.Whole().WithCash(Desk.Fund, 6);
        return new("a fund made poorer before a deleveraging", "account 0 is not in the state", batch, batch)
        {
            Rule = null,
            Forge = inputs => inputs.SetInteger("deleverages[0].fund.account.cash", 5),
        };
    }

    private static Batch Owned(Batch batch) => batch.With(Desk.Bob, account => account with { Owner = Desk.OwnerOf(Desk.Alice) });

    // Alice's slot 3 is in use. The circuit is told that it is not, with all that would follow.
    private static RuleCase Forgotten(string name, string lane, Batch unused, Batch accepted, OrderSlot slot)
    {
        accepted = accepted.With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, slot) });
        return new(name, "order slot not in the account", accepted, unused)
        {
            Rule = null,
            Forge = inputs =>
            {
                StartFrom(accepted)(inputs);
                inputs.Set($"{lane}.at.account.orders_root", accepted.OpenLedger().OrdersRoot(Desk.Alice));
            },
        };
    }

    private static Action<CircuitInputs> StartFrom(Batch batch) => inputs =>
    {
        var ledger = batch.OpenLedger();
        inputs.Set("old_root", ledger.Root);
        inputs.Set("state.accounts_root", ledger.AccountsRoot);
    };
}
