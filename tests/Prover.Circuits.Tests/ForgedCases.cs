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
        ReceiverOfMore(),
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
    private static RuleCase InventedMoney(string name, Batch honest)
    {
        var richer = honest.State.Accounts[Desk.Alice].Cash + 1;
        return new(name, "account 1 is not in the state", honest, honest.WithCash(Desk.Alice, richer)) { Rule = null, Forge = StartFrom(honest) };
    }

    // Whoever receives a transfer had one more before, and has one more afterwards.
    private static RuleCase ReceiverOfMore()
    {
        var batch = Owned(Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Bob, 5)));
        return new("money invented for the receiver", "account 6 is not in the state", batch, batch)
        {
            Rule = null,
            Forge = inputs =>
            {
                inputs.SetInteger("transfers[0].receiver.account.cash", Desk.Million + 1);
                var result = BatchExecutor.Execute(batch);
                result.Ledger[Desk.Bob] = result.Ledger[Desk.Bob] with { Cash = Desk.Million + 6 };
                var claimed = PublicInputs.Derive(result.Words, result.Public.OldRoot, result.Ledger.Root);
                inputs.Set("new_root", claimed.NewRoot);
                inputs.Set("challenge", claimed.Challenge);
                inputs.Set("evaluation", claimed.Evaluation);
            },
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
