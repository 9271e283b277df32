namespace Prover.Margin;

/// <summary>Why a transaction is refused.</summary>
/// <param name="Rule">The rule's name; the circuit's requirement begins with the same words.</param>
/// <param name="Detail">The numbers.</param>
public sealed record Rejection(string Rule, string Detail)
{
    /// <summary>The account that the rule looked at, if it looked at one.</summary>
    public long? Account { get; init; }

    /// <summary>The numbers that were compared, if the rule compares any.</summary>
    public Measure? Measure { get; init; }

    public override string ToString() => $"{Rule}: {Detail}";
}

/// <summary>What became of a transaction.</summary>
/// <param name="Index">Its place in the batch file, from 0.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Rejection">Why it was refused, or null if it was accepted.</param>
public sealed record Verdict(int Index, Transaction Transaction, Rejection? Rejection)
{
    /// <summary>Why a <see cref="ForcedRequest"/> was carried out in part or not at all, or null. It is accepted all the same.</summary>
    public Rejection? Shortfall { get; init; }
}
