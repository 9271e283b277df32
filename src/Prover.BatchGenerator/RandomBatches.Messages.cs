using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.BatchGenerator;

/// <summary>What accounts say beside orders and withdrawals, and who is liquidated. Chance is asked for lanes that the shape has only, so that histories without them stay the same.</summary>
public sealed partial class RandomBatches
{
    private readonly Dictionary<long, (SessionKey Session, EddsaPrivateKey Key)> _sessions = [];

    private IEnumerable<Transaction> Messages(ImmutableArray<ulong> prices)
    {
        foreach (var _ in Some(_shape.Keys))
        {
            yield return NextKeys(Pick(_accounts));
        }

        foreach (var _ in Some(_orders.Count > 0 ? _shape.Cancels : 0))
        {
            var order = _orders[_random.Next(_orders.Count)].Order;
            var session = SessionOf(order.Account);
            yield return (session?.Key ?? KeyOf(order.Account)).SignCancel(_exchange.Configuration, new(order.Account, order.Id, default, session?.Session));
        }

        foreach (var _ in Some(_shape.Transfers))
        {
            var sender = Pick(_accounts);
            yield return KeyOf(sender).SignTransfer(_exchange.Configuration, Before(sender).Nonce, new(sender, Pick(_accounts), Part(sender), default));
        }

        foreach (var _ in Some(_shape.Liquidations))
        {
            if (NextLiquidation(prices) is { } liquidation)
            {
                yield return liquidation;
            }
        }
    }

    /// <summary>Up to twice as many as there are lanes.</summary>
    private IEnumerable<int> Some(int lanes) => lanes == 0 ? [] : Enumerable.Range(0, _random.Next((2 * lanes) + 1));

    /// <summary>A session key of half an hour or less, now and then the first account's owner, every fourth time isolated margin, and where there are scenarios every other time portfolio margin.</summary>
    private KeyChange NextKeys(long account)
    {
        var (key, holder) = (KeyOf(account), _exchange.OwnerOf(Pick(_accounts)));
        var session = new SessionKey(holder.PublicKey, _time + _random.Next(2000));
        var owner = _random.Next(3) == 0 ? _exchange.OwnerOf(_accounts[0]).PublicKey : key.PublicKey;
        _sessions[account] = (session, holder);
        var portfolio = _shape.Scenarios > 0 && _random.Next(2) == 0;
        return key.SignKeys(_exchange.Configuration, Before(account).Nonce, new(account, owner, session.Hash, default) { Portfolio = portfolio, Isolated = _random.Next(4) == 0 });
    }

    /// <summary>A part of a position of somebody who is below the maintenance margin at some prices, or of anybody if nobody is; null if nobody has a position.</summary>
    private Liquidation? NextLiquidation(ImmutableArray<ulong> prices)
    {
        var holders = _accounts.Where(account => Before(account).Positions.Count > 0).ToArray();
        if (holders.Length == 0 || _accounts.Length < 2)
        {
            return null;
        }

        var deficient = BelowMaintenance(prices).Select(deficiency => deficiency.Account).ToArray();
        var account = Pick(deficient.Length > 0 ? deficient : holders);
        var (market, position) = Before(account).Positions.ElementAt(_random.Next(Before(account).Positions.Count));
        var (size, isLong) = (_random.NextInt64(1, Math.Abs(position.Size) + 1), position.Size > 0);
        var worth = (long)BigInteger.Min(((BigInteger)size * prices[market - 1]) >> 32, Limits.Money);
        var discount = worth / 1_000 * _random.Next(15);
        var quote = isLong ? worth - discount : worth + discount;
        var taker = Pick([.. _accounts.Where(other => other != account)]);
        var limit = quote + (isLong ? quote / 50 : -quote / 50);
        var order = Signed(market, !isLong, new(taker, size, limit, 0, ++_lastOrder, _time + 60, ReduceOnly: false, 0, default));
        return new(market, size, quote, isLong, account, _random.NextInt64(1 + (worth / 400)), order);
    }

    private IEnumerable<Deficiency> BelowMaintenance(ImmutableArray<ulong> prices)
    {
        var markets = _state.Markets with { List = [.. _state.Markets.List.Select((market, i) => i < prices.Length ? market with { Price = prices[i] } : market)] };
        return _accounts.Select(account => Deficiency.Of(account, Before(account), markets)).OfType<Deficiency>();
    }

    /// <summary>The order, signed by the owner or by the holder of the session key.</summary>
    private OrderSide Signed(int market, bool sells, OrderSide order) => SessionOf(order.Account) is var (session, holder)
        ? holder.SignOrder(_exchange.Configuration, market, sells, order with { Session = session })
        : KeyOf(order.Account).SignOrder(_exchange.Configuration, market, sells, order);

    /// <summary>The session key that an account names, every other time; null if it names none.</summary>
    private (SessionKey Session, EddsaPrivateKey Key)? SessionOf(long account) =>
        _sessions.TryGetValue(account, out var session) && Before(account).Session == session.Session.Hash && _random.Next(2) == 0 ? session : null;

    /// <summary>Who owns an account now: he who was to own it or another account.</summary>
    private EddsaPrivateKey KeyOf(long account) =>
        _accounts.Prepend(account).Select(_exchange.OwnerOf).FirstOrDefault(key => key.PublicKey == Before(account).Owner) ?? _exchange.OwnerOf(account);
}
