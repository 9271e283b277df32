namespace Prover.Margin;

/// <summary>The positions of a range of accounts in one market, in columns and in no order.</summary>
internal sealed class PositionColumns
{
    private ushort[] _rows = new ushort[MarketScreen.Lanes];
    private double[] _sizes = new double[MarketScreen.Lanes];
    private double[] _snapshots = new double[MarketScreen.Lanes];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows of their accounts within the range, each once.</summary>
    public ReadOnlySpan<ushort> Rows => _rows.AsSpan(0, Count);

    /// <summary>Their sizes, to the nearest double, and what does not count up to a multiple of the lanes, which every capacity is.</summary>
    public ReadOnlySpan<double> Sizes => _sizes.AsSpan(0, Padded);

    /// <summary>Their funding snapshots, as many.</summary>
    public ReadOnlySpan<double> Snapshots => _snapshots.AsSpan(0, Padded);

    private int Padded => (Count + MarketScreen.Lanes - 1) / MarketScreen.Lanes * MarketScreen.Lanes;

    /// <summary>Adds the position of a row that has none here.</summary>
    public void Add(int row, Position position)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, 2 * Count);
            Array.Resize(ref _sizes, 2 * Count);
            Array.Resize(ref _snapshots, 2 * Count);
        }

        (_rows[Count], _sizes[Count], _snapshots[Count]) = ((ushort)row, position.Size, position.Funding);
        Count++;
    }

    /// <summary>Removes the position of a row that has one here; the last takes its place.</summary>
    public void Remove(int row)
    {
        var place = Rows.IndexOf((ushort)row);
        Count--;
        (_rows[place], _sizes[place], _snapshots[place]) = (_rows[Count], _sizes[Count], _snapshots[Count]);
    }
}
