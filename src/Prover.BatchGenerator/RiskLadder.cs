using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>How many accounts stand where between debt and safety.</summary>
/// <param name="Counts">For each of <see cref="Steps"/>.</param>
public sealed record RiskLadder(ImmutableArray<int> Counts)
{
    /// <summary>The steps, the worst first. Multiples are of the maintenance margin.</summary>
    public static ImmutableArray<string> Steps { get; } = ["in debt", "below close-out", "below maintenance", "1 to 2 times", "2 to 5 times", "5 to 20 times", "above 20 times", "no position"];

    /// <summary>The ladder of a state.</summary>
    public static RiskLadder Of(IEnumerable<Account> accounts, Markets markets)
    {
        var counts = new int[Steps.Length];
        foreach (var step in accounts.AsParallel().Select(account => StepOf(account, markets)))
        {
            counts[step]++;
        }

        return new([.. counts]);
    }

    private static int StepOf(Account account, Markets markets)
    {
        var standing = Standing.Settled(account, markets);
        var worth = standing.Value * Limits.Million;
        return worth.Sign < 0 ? 0
            : account.Positions.IsEmpty ? 7
            : standing.AboveCloseOut.Sign < 0 ? 1
            : !standing.HasMaintenanceMargin ? 2
            : worth < 2 * standing.Maintenance ? 3
            : worth < 5 * standing.Maintenance ? 4
            : worth < 20 * standing.Maintenance ? 5
            : 6;
    }
}
