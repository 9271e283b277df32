using System.Numerics;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>So much of what fees and rests of roundings have left over becomes the insurance fund's.</summary>
/// <param name="Amount">In 10⁻⁶ USD.</param>
public sealed record Sweep(long Amount) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Sweep;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [InsuranceFund.Account];

    /// <inheritdoc/>
    public override string Describe() => $"sweep {Numbers.Money(Amount)} to the insurance fund";
}

/// <summary>A part of a position that an account below its close-out margin loses, at the <see cref="ZeroQuote"/>.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Base">The size, whether the position is long or short.</param>
/// <param name="Paid">What the account is paid, in 10⁻⁶ USD; negative if it pays.</param>
/// <param name="Account">The account, which signs nothing.</param>
public sealed record Loss(int Market, long Base, long Paid, long Account)
{
    /// <summary>The word that is published of it.</summary>
    internal BigInteger Word(long against) =>
        Account + ((BigInteger)against << 24) + ((BigInteger)Market << 48) + ((BigInteger)Base << 56) + ((BigInteger)(Paid + Limits.Quote) << 112);
}

/// <summary>The insurance fund takes the part.</summary>
/// <param name="Loss">What is lost.</param>
public sealed record TakeOver(Loss Loss) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.TakeOver;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Loss.Account, InsuranceFund.Account];

    /// <inheritdoc/>
    public override string Describe() =>
        $"the insurance fund takes {Numbers.Size(Loss.Base)} of market {Loss.Market} over from account {Loss.Account}, which is paid {Numbers.Money(Loss.Paid)}";
}

/// <summary>An account that holds the opposite takes the part, and so loses as much of its own position. The insurance fund cannot take it.</summary>
/// <param name="Loss">What is lost.</param>
/// <param name="Against">The account that holds the opposite, which signs nothing; its rank is at least the one that the batch commits to.</param>
public sealed record Deleverage(Loss Loss, long Against) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Deleverage;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Loss.Account, Against];

    /// <inheritdoc/>
    public override string Describe() =>
        $"accounts {Loss.Account} and {Against} are deleveraged by {Numbers.Size(Loss.Base)} of market {Loss.Market}, {Loss.Account} is paid {Numbers.Money(Loss.Paid)}";
}
