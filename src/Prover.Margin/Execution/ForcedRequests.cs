using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What requests that the contract puts into a batch have in common, as in circuits/margin/forced.circuit.</summary>
internal static class ForcedRequests
{
    /// <summary>Null if the account's owner has signed the request.</summary>
    public static Rejection? CheckSigned(long index, Account account, Fr message, EddsaSignature signature) =>
        Eddsa.Verify(account.Owner, message, signature) ? null : new("bad signature", $"forced request of account {index}") { Account = index };

    /// <summary>Null if an account whose funding is settled has, with so much more, what a trade may leave. To the fraction that is rounded away.</summary>
    public static Rejection? CheckCash(long index, Settlement settled, BigInteger more)
    {
        var cash = settled.Cash + more;
        return BigInteger.Abs((cash << 32) + settled.Rest) <= (BigInteger)Limits.TradedCash << 32
            ? null
            : Risk.CheckCash(index, cash, Limits.TradedCash - 1) ?? throw new InvalidOperationException("Both look at one number.");
    }
}
