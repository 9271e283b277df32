namespace Prover.Backends.Gpu;

/// <summary>Into which passes a transform is cut.</summary>
/// <param name="LogSize">log₂ of the vector's length.</param>
/// <param name="TileBits">log₂ of the elements of a tile.</param>
internal readonly record struct TransformPlan(int LogSize, int TileBits)
{
    /// <summary>log₂ of how many elements in a row a tile of a higher pass has at least: 128 bytes, the width of a cache line.</summary>
    private const int RowBits = 2;

    /// <summary>log₂ of a tile's elements, or of all of them if there are fewer.</summary>
    private int LowBits => Math.Min(LogSize, TileBits);

    /// <summary>Groups that a pass is launched with.</summary>
    public int Tiles => 1 << (LogSize - LowBits);

    /// <summary>Elements of a tile.</summary>
    public int TileSize => 1 << LowBits;

    /// <summary>The pass through the lowest bits.</summary>
    public TransformPass Low(int frequency, int factors, int time) => new(0, LowBits, LowBits, frequency, factors, time);

    /// <summary>The passes through the other bits, which are shared out evenly among as few as there can be, the lowest first.</summary>
    public IReadOnlyList<TransformPass> High(int frequency, int time)
    {
        var bits = LogSize - LowBits;
        var most = TileBits - RowBits;
        var passes = new TransformPass[(bits + most - 1) / most];
        var position = LowBits;
        for (var i = 0; i < passes.Length; i++)
        {
            var share = (LogSize - position + passes.Length - i - 1) / (passes.Length - i);
            passes[i] = new(position, share, TileBits, frequency, TransformPass.None, time);
            position += share;
        }

        return passes;
    }
}
