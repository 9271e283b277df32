using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>An account's margin, taken apart.</summary>
/// <param name="Cash">In 10⁻⁶ USD, before funding that is not paid yet.</param>
/// <param name="Settlement">The account with that funding paid.</param>
/// <param name="Positions">What each position is worth and needs.</param>
/// <param name="Standing">What the account is worth once funding is paid, and what it needs.</param>
public sealed record AccountStatement(long Cash, Settlement Settlement, ImmutableArray<PositionMargin> Positions, Standing Standing)
{
    /// <summary>What an account with portfolio margin loses in each scenario, in 10⁻⁶ USD with 32 fractional bits; of any other none.</summary>
    public ImmutableArray<BigInteger> Losses { get; init; } = [];

    /// <summary>What the account would pay if it settled now, in 10⁻⁶ USD, rounding included; negative if it would be paid.</summary>
    public BigInteger FundingOwed => Cash - Settlement.Cash;

    /// <summary>The statement of an account.</summary>
    public static AccountStatement Of(Account account, Markets markets)
    {
        var settlement = Settlement.Of(account, markets);
        var positions = PositionMargin.Of(account, markets);
        return new(account.Cash, settlement, positions, Standing.Of(settlement.Cash, positions, account.Portfolio)) { Losses = account.Portfolio ? ScenarioMargin.LossesOf(positions) : [] };
    }
}

/// <summary>What a transaction makes of an account.</summary>
/// <param name="Index">The account.</param>
/// <param name="Before">Before it.</param>
/// <param name="After">After it; null if it was not tried.</param>
public sealed record AccountChange(long Index, AccountStatement Before, AccountStatement? After)
{
    /// <summary>The funding that it settled, in 10⁻⁶ USD; negative if the account was paid.</summary>
    public BigInteger FundingPaid => After is null ? BigInteger.Zero : Before.FundingOwed - After.FundingOwed;

    /// <summary>What the rounding of that has left over for the house, in 10⁻⁶ USD with 32 fractional bits, below one.</summary>
    public BigInteger RestPaid => After is null ? BigInteger.Zero : Before.Settlement.Rest - After.Settlement.Rest;
}
