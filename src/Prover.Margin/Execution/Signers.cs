using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/signers.circuit: who may sign orders of an account and their cancelling.</summary>
internal static class Signers
{
    /// <summary>Null if the owner, or a session key that the owner has named and that has not expired, signed a message.</summary>
    /// <param name="context">The state and the time.</param>
    /// <param name="index">The account.</param>
    /// <param name="session">The session key that is said to have signed; null for the owner.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="what">What it is, in words.</param>
    public static Rejection? Check(BatchContext context, long index, SessionKey? session, Fr message, EddsaSignature signature, string what)
    {
        var account = context.Ledger[index];
        if (session is not null && session != new SessionKey(account.Owner, 0) && (session.Hash != account.Session || context.Now > session.Until))
        {
            var why = session.Hash != account.Session ? "another session key is named" : $"it expired at {session.Until}, now {context.Now}";
            return new("not the account's key", $"{what}: {why}") { Account = index };
        }

        return Eddsa.Verify(session?.Key ?? account.Owner, message, signature) ? null : new("bad signature", what) { Account = index };
    }
}
