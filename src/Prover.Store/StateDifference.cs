using Prover.Margin;

namespace Prover.Store;

/// <summary>Compares two states without hashing them.</summary>
public static class StateDifference
{
    /// <summary>The first thing in which two states differ, in words, or null if they are the same.</summary>
    /// <param name="left">A state.</param>
    /// <param name="right">Another.</param>
    public static string? First(InitialState left, InitialState right)
    {
        if (MarginJson.ToText(left.Markets) != MarginJson.ToText(right.Markets))
        {
            return "the markets differ";
        }

        if (left.House != right.House)
        {
            return $"the house holds {Numbers.Money(left.House >> 32)} on one side and {Numbers.Money(right.House >> 32)} on the other";
        }

        foreach (var index in left.Accounts.Keys.Union(right.Accounts.Keys).Order())
        {
            if (!AreSame(left.Accounts.GetValueOrDefault(index, Account.Empty), right.Accounts.GetValueOrDefault(index, Account.Empty)))
            {
                return $"account {index} differs";
            }
        }

        return null;
    }

    /// <summary>Records compare dictionaries by reference, so these are compared by what they hold.</summary>
    private static bool AreSame(Account left, Account right) =>
        left == right
        || (left == right with { Positions = left.Positions, Orders = left.Orders } && left.Positions.SequenceEqual(right.Positions) && left.Orders.SequenceEqual(right.Orders));
}
