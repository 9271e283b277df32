using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Lies that no executor tells: the circuit is given a state, a root or a digest that is not the one it stands for.</summary>
internal static class ForgedCases
{
    public static IEnumerable<RuleCase> All =>
    [
        InventedMoney("money invented before a deposit", Desk.Deposit(Desk.Alice, 5)),
        InventedMoney("money invented before a trade", Desk.Trade()),
        InventedMoney("money invented before a withdrawal", Desk.Withdrawal(Desk.Alice, 5)),
        Forged("money invented for the seller", "account 6 is not in the state", inputs => inputs.SetInteger("trades[0].seller.at.account.cash", Desk.Million + 1)),
        ForgottenFill(),
        Forged("another old root", "the state is not the one the batch starts from", inputs => inputs.Set("old_root", (Fr)1)),
        Forged("another new root", "another new root", inputs => inputs.Set("new_root", (Fr)1)),
        Forged("another digest", "another data digest", inputs => inputs.Set("digest", (Fr)1)),
        Forged("another evaluation", "another data evaluation", inputs => inputs.Set("evaluation", (Fr)1)),
    ];

    private static RuleCase Forged(string name, string message, Action<CircuitInputs> forge) =>
        new(name, message, Desk.Batch(Desk.Trade()), Desk.Batch(Desk.Trade())) { Rule = null, Forge = forge };

    // All that follows from the richer account is right: only the check that it is in the tree stands in the way.
    private static RuleCase InventedMoney(string name, Transaction transaction)
    {
        var honest = Desk.Batch(transaction);
        return new(name, "account 1 is not in the state", honest, honest.WithCash(Desk.Alice, Desk.Million + 1)) { Rule = null, Forge = StartFrom(honest) };
    }

    // The order is half filled. The circuit is told that it is not, with all that would follow.
    private static RuleCase ForgottenFill()
    {
        var whole = Desk.Batch(Desk.Trade());
        var half = Desk.Batch(Desk.Trade(size: 500, quote: 50_000)).With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(3, 500)) });
        return new("a fill forgotten", "order slot not in the account", half, whole)
        {
            Rule = null,
            Forge = inputs =>
            {
                StartFrom(half)(inputs);
                inputs.Set("trades[0].buyer.at.account.orders_root", half.OpenLedger().OrdersRoot(Desk.Alice));
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
