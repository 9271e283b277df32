using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>What of the state a transaction works on.</summary>
/// <param name="Markets">The markets.</param>
/// <param name="House">What the house holds, in 10⁻⁶ USD with 32 fractional bits.</param>
/// <param name="Accounts">The accounts that the transaction changes, as far as the tree has them.</param>
public sealed record Snapshot(Markets Markets, BigInteger House, ImmutableSortedDictionary<long, Account> Accounts)
{
    /// <summary>What a ledger holds for a transaction now.</summary>
    public static Snapshot Of(Ledger ledger, Transaction transaction) => new(
        ledger.Markets,
        ledger.House,
        transaction.Accounts.Distinct().Where(index => index < ledger.Capacity).ToImmutableSortedDictionary(index => index, index => ledger[index]));

    /// <summary>A ledger of these accounts only.</summary>
    internal Ledger OpenLedger(BatchShape shape) => new InitialState(Markets, House, Accounts).OpenLedger(shape);
}
