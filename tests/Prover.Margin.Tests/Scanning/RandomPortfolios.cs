using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin.Tests;

/// <summary>Markets and positions of all magnitudes, up to the limits of the state, and accounts whose cash puts them right at their margin.</summary>
internal sealed class RandomPortfolios
{
    private static readonly BigInteger Unit = BigInteger.One << 32;

    private readonly Random _random;

    public RandomPortfolios(int seed)
    {
        _random = new(seed);
        Markets = new(1, 1, [.. Enumerable.Range(0, _random.Next(1, 21)).Select(_ => Market())]);
    }

    public Markets Markets { get; }

    /// <summary>An account with random positions and cash.</summary>
    public Account Account(int mostPositions = Limits.Slots)
    {
        var positions = Enumerable.Range(1, Markets.Count).Where(_ => _random.Next(2) == 0).Take(mostPositions);
        return Margin.Account.Empty with
        {
            Cash = Signed(62),
            Portfolio = _random.Next(5) == 0,
            Positions = positions.ToImmutableSortedDictionary(number => number, number => Position(Markets[number])),
        };
    }

    /// <summary>The least cash with which an account has its maintenance margin; null if no account can have it.</summary>
    public static long? LeastCash(Account account, Markets markets)
    {
        var settlement = Settlement.Of(account with { Cash = 0 }, markets);
        var standing = Standing.Of(settlement.Account with { Cash = 0 }, markets);
        var lacking = standing.Maintenance - ((standing.Value + (settlement.Cash * Unit)) * Limits.Million);
        var cash = -FloorOf(-lacking, Unit * Limits.Million);
        return BigInteger.Abs(cash) < Limits.Cash ? (long)cash : null;
    }

    private static BigInteger FloorOf(BigInteger number, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(number, divisor, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private Market Market()
    {
        var price = (ulong)Magnitude(64);
        var unlisted = _random.Next(8) == 0;
        return new(
            _random.Next(16) == 0 ? 0 : price,
            _random.Next(3) == 0 ? Signed(63) : Signed(34),
            0,
            unlisted ? Margins.None : RandomMargins(Limits.Million),
            [.. Enumerable.Range(0, Limits.Raises).Select(_ => _random.Next(3) == 0 ? Raise.None : new Raise(Magnitude(96), RandomMargins(Limits.Million)))])
        {
            Shocks = [Signed(63), Signed(63), Signed(63)],
        };
    }

    private Margins RandomMargins(int most)
    {
        var initial = _random.Next(4) == 0 ? most : 1 + (int)Magnitude(19);
        var maintenance = _random.Next(1, initial + 1);
        return new(initial, maintenance, _random.Next(1, maintenance + 1));
    }

    /// <summary>Of a notional that cash can often outweigh, as large as its market's price allows.</summary>
    private Position Position(Market market)
    {
        var mostBits = Math.Clamp(94 - (int)BigInteger.Max(market.Price, 1).GetBitLength(), 1, 56);
        var size = Math.Max(1, (long)Magnitude(_random.Next(8) == 0 ? 56 : _random.Next(3) == 0 ? _random.Next(1, mostBits + 1) : mostBits));
        var snapshot = _random.Next(4) switch
        {
            0 => market.Funding,
            1 => Signed(63),
            _ => unchecked(market.Funding + Signed(20)),
        };
        return new(_random.Next(2) == 0 ? size : -size, snapshot);
    }

    /// <summary>A number below 2 to the bits, all magnitudes being as likely, and the greatest often.</summary>
    private BigInteger Magnitude(int bits)
    {
        if (_random.Next(10) == 0)
        {
            return (BigInteger.One << bits) - 1;
        }

        var bytes = new byte[13];
        _random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << _random.Next(bits + 1)) - 1);
    }

    private long Signed(int bits) => _random.Next(2) == 0 ? (long)Magnitude(bits) : -(long)Magnitude(bits);
}
