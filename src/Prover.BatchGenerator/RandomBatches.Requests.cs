using System.Numerics;
using System.Security.Cryptography;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>Money under hash locks, and what the contract is asked for.</summary>
public sealed partial class RandomBatches
{
    private readonly List<(long Account, uint Id, long Receiver, BigInteger Secret)> _locks = [];

    private IEnumerable<Transaction> Requests()
    {
        foreach (var _ in Some(_shape.Locks))
        {
            yield return NextLock(Pick(_accounts), Pick(_accounts));
        }

        foreach (var _ in Some(_locks.Count > 0 ? _shape.Unlocks : 0))
        {
            var (account, id, receiver, secret) = _locks[_random.Next(_locks.Count)];
            yield return new Unlock(account, id, receiver, _random.Next(5) switch { 0 => secret ^ 1, < 3 => null, _ => secret });
        }

        foreach (var _ in Some(_shape.Closes))
        {
            var account = Pick(_accounts);
            var (market, size) = Before(account).Positions.Select(item => (item.Key, Math.Abs(item.Value.Size))).DefaultIfEmpty((1, 1)).ElementAt(0);
            yield return KeyOf(account).SignClose(_exchange.Configuration, new(market, _random.NextInt64(1, Math.Min(Limits.Size, 2 * size) + 1), account, default));
        }

        foreach (var _ in Some(_shape.Exits))
        {
            var account = Pick(_accounts);
            yield return KeyOf(account).SignExit(_exchange.Configuration, new(account, Part(account), RandomAddress(), default));
        }
    }

    /// <summary>A lock of at most two minutes, in the slot of whatever order comes next.</summary>
    private HashLock NextLock(long account, long receiver)
    {
        var bytes = new byte[32];
        _random.NextBytes(bytes);
        var hash = new BigInteger(SHA256.HashData(bytes), isUnsigned: true, isBigEndian: true);
        _locks.Add((account, ++_lastOrder, receiver, new BigInteger(bytes, isUnsigned: true, isBigEndian: true)));
        return KeyOf(account).SignLock(_exchange.Configuration, new(account, _lastOrder, new(receiver, Part(account), _time + _random.Next(120), hash), default));
    }
}
