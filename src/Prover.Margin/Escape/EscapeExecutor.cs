using System.Globalization;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What executing an escape gave.</summary>
/// <param name="Rejection">Why it is refused, or null.</param>
/// <param name="Statement">What its proof says.</param>
/// <param name="Inputs">The circuit's inputs.</param>
public sealed record EscapeResult(Rejection? Rejection, EscapeStatement Statement, CircuitInputs Inputs);

/// <summary>circuits/rollup/escape.circuit on exact integers.</summary>
public static class EscapeExecutor
{
    /// <summary>The circuit's rule for the states of a shape: "escape&lt;10, 4, 4, 0&gt;".</summary>
    public static string RuleName(BatchShape shape) =>
        string.Create(CultureInfo.InvariantCulture, $"escape<{shape.Depth}, {shape.Slots}, {shape.Markets}, {shape.Scenarios}>");

    /// <summary>What an account is paid: its worth with all funding settled, rounded down, and nothing if that is negative. In 10⁻⁶ USD.</summary>
    public static BigInteger Payout(Account account, Markets markets) =>
        BigInteger.Max(BigInteger.Zero, AccountStatement.Of(account, markets).Standing.Value >> 32);

    /// <summary>Checks a request against a state and fills in the circuit's inputs, also of a request that is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such account.</exception>
    public static EscapeResult Execute(Ledger ledger, Configuration configuration, EscapeRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.Account);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(request.Account, ledger.Capacity);
        var account = ledger[request.Account];
        var statement = new EscapeStatement(
            ledger.Root, StateHash.Configuration(configuration), request.Account, request.Recipient, Payout(account, ledger.Markets));
        return new(Check(account, ledger.Markets, configuration, request), statement, InputsOf(ledger, configuration, request, statement));
    }

    private static Rejection? Check(Account account, Markets markets, Configuration configuration, EscapeRequest request)
    {
        var message = EscapeRequest.Message(configuration, request.Account, account.Nonce, request.Recipient);
        if (!Eddsa.Verify(account.Owner, message, request.Signature))
        {
            return new("bad signature", $"escape of account {request.Account} with nonce {account.Nonce}") { Account = request.Account };
        }

        var worth = AccountStatement.Of(account, markets);
        return Risk.CheckCash(request.Account, worth.Settlement.Cash, Limits.Cash) ?? Risk.CheckValue(request.Account, worth.Standing);
    }

    private static CircuitInputs InputsOf(Ledger ledger, Configuration configuration, EscapeRequest request, EscapeStatement statement)
    {
        var inputs = new CircuitInputs();
        inputs.Set("root", statement.Root);
        inputs.Set("configuration", statement.Configuration);
        inputs.SetInteger("account", statement.Account);
        inputs.SetInteger("recipient", statement.Recipient);
        inputs.SetInteger("amount", statement.Amount);
        inputs.Set("config", configuration);
        inputs.Set("state.accounts_root", ledger.AccountsRoot);
        inputs.Set("state.markets", ledger.Markets);
        inputs.SetInteger("state.house", ledger.House);
        inputs.Set("at", ledger, request.Account);
        inputs.Set("signature", request.Signature);
        return inputs;
    }
}
