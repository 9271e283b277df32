using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>Hands an account to another key, names a session key, or chooses what margin is asked for and for how many positions, or all at once.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Owner">Who owns it from now on.</param>
/// <param name="Session">The hash of the <see cref="SessionKey"/> that may sign its orders; 0 for none.</param>
/// <param name="Signature">Of the owner so far, over account, nonce, kinds of margin, owner and session.</param>
public sealed record KeyChange(long Account, EdwardsPoint Owner, Fr Session, EddsaSignature Signature) : Transaction
{
    /// <summary>Whether scenarios say from now on what it needs. Another choice than before takes an account without positions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Portfolio { get; init; }

    /// <summary>Whether it holds one position at most from now on, and none or one now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Isolated { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Keys;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"keys of account {Account}{(Session.IsZero ? "" : ", with a session key")}{(Portfolio ? ", with portfolio margin" : "")}{(Isolated ? ", isolated" : "")}";
}

/// <summary>Makes an order, and all older ones of its slot, impossible to fill.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Id">The order's id.</param>
/// <param name="Signature">Over account and id.</param>
/// <param name="Session">The session key that signed; null if the owner did.</param>
public sealed record Cancel(
    long Account,
    uint Id,
    EddsaSignature Signature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SessionKey? Session = null) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Cancel;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"cancel order {Id} of account {Account}";
}

/// <summary>Moves money between two accounts of one owner.</summary>
/// <param name="Sender">The account that it leaves.</param>
/// <param name="Receiver">The account that gets it.</param>
/// <param name="Amount">In 10⁻⁶ USD.</param>
/// <param name="Signature">Over both accounts, the sender's nonce and the amount.</param>
public sealed record Transfer(long Sender, long Receiver, long Amount, EddsaSignature Signature) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Transfer;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Sender, Receiver];

    /// <inheritdoc/>
    public override string Describe() => $"transfer {Numbers.Money(Amount)} from account {Sender} to {Receiver}";
}

/// <summary>An account below its maintenance margin loses a part of a position to whoever's order takes it.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Base">The size that changes hands.</param>
/// <param name="Quote">What is paid for it, in 10⁻⁶ USD.</param>
/// <param name="Sells">Whether a long position is sold; otherwise a short one is bought back.</param>
/// <param name="Account">The account, which signs nothing.</param>
/// <param name="Fee">What the account pays to the house.</param>
/// <param name="Taker">The order of the other side.</param>
public sealed record Liquidation(int Market, long Base, long Quote, bool Sells, long Account, long Fee, OrderSide Taker) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Liquidation;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account, Taker.Account];

    /// <inheritdoc/>
    public override string Describe() =>
        $"account {Account} is liquidated: it {(Sells ? "sells" : "buys back")} {Numbers.Size(Base)} of market {Market} {(Sells ? "to" : "from")} {Taker.Account} for {Numbers.Money(Quote)}";
}
