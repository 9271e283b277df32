using System.Numerics;

namespace Prover.Margin;

/// <summary>An account after it has paid, or been paid, all funding that its positions owe.</summary>
/// <param name="Account">The account; its cash is meaningless if <paramref name="Cash"/> is out of range.</param>
/// <param name="Cash">Its cash, rounded down: funding never mints.</param>
/// <param name="Rest">What the rounding has left over for the house, with 32 fractional bits, below one.</param>
public sealed record Settlement(Account Account, BigInteger Cash, BigInteger Rest)
{
    /// <summary>Settles an account.</summary>
    public static Settlement Of(Account account, Markets markets)
    {
        var exact = ((BigInteger)account.Cash << 32) - account.Positions.Aggregate(
            BigInteger.Zero, (owed, item) => owed + (((BigInteger)markets[item.Key].Funding - item.Value.Funding) * item.Value.Size));
        var cash = exact >> 32;
        var paid = account.Positions.ToBuilder();
        foreach (var (number, position) in account.Positions)
        {
            paid[number] = position with { Funding = markets[number].Funding };
        }

        return new(account with { Cash = unchecked((long)(ulong)(cash & ulong.MaxValue)), Positions = paid.ToImmutable() }, cash, exact - (cash << 32));
    }

    /// <summary>The account with another amount of cash and another size in a market.</summary>
    /// <remarks>Where there is no slot left, which is refused, the last position falls out, as it does in the circuit.</remarks>
    public Account With(BigInteger cash, int market, BigInteger size, Markets markets, int slots)
    {
        var positions = size.IsZero
            ? Account.Positions.Remove(market)
            : Account.Positions.SetItem(market, new(Truncate(size), markets[market].Funding));
        return Account with { Cash = Truncate(cash), Positions = positions.Count > slots ? positions.Remove(positions.Keys.First()) : positions };
    }

    // What is out of range is refused by whoever computes it; only experiments with refused transactions go on from there.
    private static long Truncate(BigInteger value) => unchecked((long)(ulong)(value & ulong.MaxValue));
}
