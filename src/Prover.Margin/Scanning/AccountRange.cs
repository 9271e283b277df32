namespace Prover.Margin;

/// <summary>A part of a book, small enough for what is computed of it to stay in the nearest cache: its positions by market, in columns.</summary>
internal sealed class AccountRange
{
    /// <summary>Accounts of a full range.</summary>
    public const int Size = 1024;

    private readonly long[] _indices = new long[Size];
    private readonly Account[] _accounts = new Account[Size];
    private readonly double[] _ownTerms = new double[Size];
    private readonly PositionColumns?[] _markets = new PositionColumns?[Limits.Markets + 1];
    private int _count;

    public Account this[int row] => _accounts[row];

    /// <summary>Appends an account and returns its row.</summary>
    public int Add(long index, Account account)
    {
        (_indices[_count], _accounts[_count]) = (index, Account.Empty);
        Set(_count, account);
        return _count++;
    }

    /// <summary>Puts another account in the place of the one in a row.</summary>
    public void Set(int row, Account account)
    {
        foreach (var market in _accounts[row].Positions.Keys)
        {
            _markets[market]!.Remove(row);
        }

        foreach (var (market, position) in account.Positions)
        {
            (_markets[market] ??= new()).Add(row, position);
        }

        (_accounts[row], _ownTerms[row]) = (account, MarketScreen.OfCash(account));
    }

    /// <summary>Checks exactly whatever is not certainly at or above its maintenance margin.</summary>
    /// <param name="screens">Of market 0, which none is, 1, 2, …</param>
    /// <param name="markets">The same markets.</param>
    /// <param name="buffers">To work with.</param>
    /// <returns>How many accounts were checked, and those that are below.</returns>
    public (int Doubtful, List<Deficiency> Deficiencies) Scan(ReadOnlySpan<MarketScreen> screens, Markets markets, ScanBuffers buffers)
    {
        var worth = buffers.Worth.AsSpan(0, _count);
        _ownTerms.AsSpan(0, _count).CopyTo(worth);
        for (var market = 1; market < screens.Length; market++)
        {
            if (_markets[market] is { Count: > 0 } positions)
            {
                AddBounds(positions, screens[market], worth, buffers);
            }
        }

        var (doubtful, found) = (0, new List<Deficiency>());
        for (var row = 0; row < worth.Length; row++)
        {
            if (worth[row] >= 0)
                continue;

            doubtful++;
            if (Deficiency.Of(_indices[row], _accounts[row], markets) is { } deficiency)
                found.Add(deficiency);
        }

        return (doubtful, found);
    }

    private static void AddBounds(PositionColumns positions, MarketScreen screen, Span<double> worth, ScanBuffers buffers)
    {
        var bounds = buffers.Bounds.AsSpan();
        screen.Bound(positions.Sizes, positions.Snapshots, bounds);
        var rows = positions.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            worth[rows[i]] += bounds[i];
        }
    }
}

/// <summary>What one thread works with.</summary>
internal sealed class ScanBuffers
{
    public double[] Worth { get; } = new double[AccountRange.Size];

    public double[] Bounds { get; } = new double[AccountRange.Size];
}
