using System.Collections.Concurrent;

namespace Prover.Margin;

/// <summary>
/// Accounts in columns, so that at every tick those below their maintenance margin are found among a million. Floating point, with a bound
/// on its error, screens out whoever is certainly above; exact integers decide on the rest, so that none is missed.
/// </summary>
/// <remarks>Memory beyond the accounts: 18 to 36 bytes a position, some 60 an account. Not to be changed while it is scanned.</remarks>
public sealed class MarginBook
{
    private readonly Dictionary<long, int> _rows = [];
    private readonly List<AccountRange> _ranges = [];

    /// <summary>An empty book.</summary>
    public MarginBook()
    {
    }

    /// <summary>A book of accounts by their indices, as <see cref="Ledger.Accounts"/> has them.</summary>
    /// <exception cref="ArgumentException">As for <see cref="this[long]"/>.</exception>
    public MarginBook(IEnumerable<KeyValuePair<long, Account>> accounts)
    {
        foreach (var (index, account) in accounts)
        {
            this[index] = account;
        }
    }

    /// <summary>How many accounts it has.</summary>
    public int Count => _rows.Count;

    /// <summary>The account of an index; empty if none was put there.</summary>
    /// <exception cref="ArgumentException">It has more positions than an account may, or one in a market of no possible number.</exception>
    public Account this[long index]
    {
        get => _rows.TryGetValue(index, out var row) ? _ranges[row / AccountRange.Size][row % AccountRange.Size] : Account.Empty;
        set
        {
            Require(index, value);
            if (_rows.TryGetValue(index, out var row))
            {
                _ranges[row / AccountRange.Size].Set(row % AccountRange.Size, value);
                return;
            }

            if (Count % AccountRange.Size == 0)
            {
                _ranges.Add(new());
            }

            _rows[index] = (AccountRange.Size * (_ranges.Count - 1)) + _ranges[^1].Add(index, value);
        }
    }

    /// <summary>Finds all accounts that are below their maintenance margin once they have settled, on all processors.</summary>
    public MarginScan Scan(Markets markets)
    {
        var screens = new MarketScreen[Limits.Markets + 1];
        for (var market = 0; market < screens.Length; market++)
        {
            screens[market] = new(markets[market]);
        }

        var doubtful = 0;
        var found = new ConcurrentBag<Deficiency>();
        Parallel.ForEach(
            _ranges,
            () => new ScanBuffers(),
            (range, _, buffers) =>
            {
                var (checkedAccounts, deficiencies) = range.Scan(screens, markets, buffers);
                Interlocked.Add(ref doubtful, checkedAccounts);
                deficiencies.ForEach(found.Add);
                return buffers;
            },
            _ => { });
        return new(Count, doubtful, [.. found.OrderBy(deficiency => deficiency.Account)]);
    }

    private static void Require(long index, Account account)
    {
        if (account.Positions.Count > Limits.Slots)
        {
            throw new ArgumentException($"Account {index} has {account.Positions.Count} positions; at most {Limits.Slots} are possible.", nameof(account));
        }

        foreach (var market in account.Positions.Keys)
        {
            if (market is < 1 or > Limits.Markets)
            {
                throw new ArgumentException($"Account {index} has a position in market {market}; markets have numbers from 1 to {Limits.Markets}.", nameof(account));
            }
        }
    }
}
