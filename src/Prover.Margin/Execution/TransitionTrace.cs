namespace Prover.Margin;

/// <summary>What the executor saw of a transaction.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Before">The state that it met.</param>
/// <param name="After">
/// The state that it left; if it was refused, the state that it would have left had nobody looked. Null if it was refused before anybody looked at the
/// state, or an account holds more cash than can be computed with.
/// </param>
public sealed record TransitionTrace(Verdict Verdict, Snapshot Before, Snapshot? After)
{
    /// <summary>What became of each account that it changes.</summary>
    public IEnumerable<AccountChange> Accounts => Verdict.Transaction.Accounts.Distinct().Where(Before.Accounts.ContainsKey).Select(index => new AccountChange(
        index,
        AccountStatement.Of(Before.Accounts[index], Before.Markets),
        After is null ? null : AccountStatement.Of(After.Accounts[index], After.Markets)));
}
