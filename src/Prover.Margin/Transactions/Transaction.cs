using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The lanes of a batch, in the order in which they run.</summary>
public enum Lane
{
    /// <summary>Updates of markets.</summary>
    Update,

    /// <summary>The oracle's tick.</summary>
    Tick,

    /// <summary>Deposits.</summary>
    Deposit,

    /// <summary>Changes of keys.</summary>
    Keys,

    /// <summary>Cancels of orders.</summary>
    Cancel,

    /// <summary>Transfers.</summary>
    Transfer,

    /// <summary>Locks of money under a hash.</summary>
    Lock,

    /// <summary>Claims and refunds of locked money.</summary>
    Unlock,

    /// <summary>Liquidations.</summary>
    Liquidation,

    /// <summary>Sweeps of what is left over into the insurance fund.</summary>
    Sweep,

    /// <summary>Take-overs by the insurance fund.</summary>
    TakeOver,

    /// <summary>Deleveragings.</summary>
    Deleverage,

    /// <summary>Forced closes.</summary>
    ForcedClose,

    /// <summary>Trades.</summary>
    Trade,

    /// <summary>Withdrawals.</summary>
    Withdrawal,

    /// <summary>Forced exits.</summary>
    ForcedExit,
}

/// <summary>A request to change the state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MarketUpdate), "market")]
[JsonDerivedType(typeof(OracleTick), "tick")]
[JsonDerivedType(typeof(Deposit), "deposit")]
[JsonDerivedType(typeof(KeyChange), "keys")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(HashLock), "lock")]
[JsonDerivedType(typeof(Unlock), "unlock")]
[JsonDerivedType(typeof(Liquidation), "liquidation")]
[JsonDerivedType(typeof(Sweep), "sweep")]
[JsonDerivedType(typeof(TakeOver), "takeOver")]
[JsonDerivedType(typeof(Deleverage), "deleverage")]
[JsonDerivedType(typeof(ForcedClose), "forcedClose")]
[JsonDerivedType(typeof(Trade), "trade")]
[JsonDerivedType(typeof(Withdrawal), "withdrawal")]
[JsonDerivedType(typeof(ForcedExit), "forcedExit")]
public abstract record Transaction
{
    /// <summary>The lane it runs in; lanes run in this order.</summary>
    [JsonIgnore]
    public abstract Lane Lane { get; }

    /// <summary>The accounts that it changes.</summary>
    [JsonIgnore]
    public abstract IEnumerable<long> Accounts { get; }

    /// <summary>One line for people.</summary>
    public abstract string Describe();
}

/// <summary>What an oracle says of a market.</summary>
/// <param name="Price">32.32; 0 for a market that is not listed.</param>
/// <param name="Rate">What whoever is long pays whoever is short in a funding interval, in parts per million of the price; held within the cap later.</param>
public sealed record Quoted(ulong Price, int Rate);

/// <summary>One signer's report.</summary>
/// <param name="Signer">Index of the registered key.</param>
/// <param name="Quoted">For each market.</param>
/// <param name="Signature">Over domain, time, what is quoted, and the scenarios of the tick.</param>
public sealed record PriceReport(int Signer, ImmutableArray<Quoted> Quoted, EddsaSignature Signature);

/// <summary>New prices, and rates of funding if that is due: the medians of a quorum's reports for one time.</summary>
public sealed record OracleTick(long Time, ImmutableArray<PriceReport> Reports) : Transaction
{
    /// <summary>For each market by how much its price would change in each scenario, 32.32; empty in shapes without scenarios. All reports are of the same ones.</summary>
    public ImmutableArray<ImmutableArray<long>> Shocks { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Tick;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [];

    /// <inheritdoc/>
    public override string Describe() => $"prices of {Time} signed by {string.Join(", ", Reports.Select(report => report.Signer))}";
}

/// <summary>Money that the contract has taken for an account.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Key">The owner that an empty account gets.</param>
/// <param name="Amount">In 10⁻⁶ USD.</param>
public sealed record Deposit(long Account, EdwardsPoint Key, long Amount) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Deposit;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"deposit {Numbers.Money(Amount)} to account {Account}";
}

/// <summary>One side of a trade: a signed order and the fee taken from it now.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Base">Size of the whole order.</param>
/// <param name="Quote">Limit: the most that the whole order may cost, or the least it must bring, in 10⁻⁶ USD.</param>
/// <param name="FeeCap">The most that the fees of the whole order may be.</param>
/// <param name="Id">The order's id; ids only grow within a slot.</param>
/// <param name="Expiry">The last second in which it may be filled.</param>
/// <param name="ReduceOnly">Whether it may only bring a position nearer to nothing.</param>
/// <param name="Fee">The fee of this trade.</param>
/// <param name="Signature">Over the order.</param>
/// <param name="Session">The session key that signed; null if the owner did.</param>
public sealed record OrderSide(
    long Account,
    long Base,
    long Quote,
    long FeeCap,
    uint Id,
    long Expiry,
    bool ReduceOnly,
    long Fee,
    EddsaSignature Signature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SessionKey? Session = null);

/// <summary>A match of two orders.</summary>
/// <param name="Market">The market's number, from 1.</param>
/// <param name="Base">The size that changes hands.</param>
/// <param name="Quote">What the buyer pays the seller for it, in 10⁻⁶ USD.</param>
/// <param name="Buyer">The side that buys.</param>
/// <param name="Seller">The side that sells.</param>
public sealed record Trade(int Market, long Base, long Quote, OrderSide Buyer, OrderSide Seller) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Trade;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Buyer.Account, Seller.Account];

    /// <inheritdoc/>
    public override string Describe() => $"account {Buyer.Account} buys {Numbers.Size(Base)} of market {Market} from {Seller.Account} for {Numbers.Money(Quote)}";
}

/// <summary>A payment out of the rollup.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Amount">In 10⁻⁶ USD.</param>
/// <param name="Recipient">The Ethereum address that may claim it.</param>
/// <param name="Signature">Over account, nonce, amount, recipient and chain.</param>
public sealed record Withdrawal(long Account, long Amount, BigInteger Recipient, EddsaSignature Signature) : Transaction
{
    /// <summary>The number of the chain on which it is paid; 0 is the one of the rollup's contract.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Chain { get; init; }

    /// <summary>Address and chain in one number: what is signed and published.</summary>
    [JsonIgnore]
    public BigInteger Destination => Recipient + ((BigInteger)Chain << 160);

    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Withdrawal;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"withdraw {Numbers.Money(Amount)} from account {Account} to 0x{Hexadecimal.Address(Recipient)}{(Chain == 0 ? "" : $" on chain {Chain}")}";
}
