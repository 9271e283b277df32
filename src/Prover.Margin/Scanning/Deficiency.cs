using System.Numerics;

namespace Prover.Margin;

/// <summary>An account that has less than its maintenance margin once it has settled its funding.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Standing">What it is worth and what it needs.</param>
public sealed record Deficiency(long Account, Standing Standing)
{
    /// <summary>What it lacks, in the unit of <see cref="Standing.Maintenance"/>; more than 0.</summary>
    public BigInteger Shortfall => -Standing.AboveMaintenance;

    /// <summary>Whether it has not even its close-out margin, so that the insurance fund takes over.</summary>
    public bool IsBelowCloseOut => Standing.AboveCloseOut.Sign < 0;

    /// <summary>The exact check, which decides: null for an account that has its maintenance margin.</summary>
    /// <remarks>Funding may bring the cash out of its range, so that no transaction can touch the account; it is counted all the same.</remarks>
    public static Deficiency? Of(long index, Account account, Markets markets)
    {
        var standing = Standing.Settled(account, markets);
        return standing.HasMaintenanceMargin ? null : new(index, standing);
    }
}
