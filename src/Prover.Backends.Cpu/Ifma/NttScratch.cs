namespace Prover.Backends.Cpu.Ifma;

/// <summary>What one thread needs for transforms: rows in cache, and the factors of one block in both directions. Grows and is kept.</summary>
internal sealed unsafe class NttScratch : IDisposable
{
    private NativeBlock _rows = new(0), _factors = new(0);

    /// <summary>Room for that many rows of eight elements.</summary>
    public byte* Rows(int count) => Ensure(ref _rows, count);

    /// <summary>Room for that many rows of factors.</summary>
    public byte* Factors(int count) => Ensure(ref _factors, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _factors.Dispose();
    }

    private static byte* Ensure(ref NativeBlock block, int rows)
    {
        if (block.Bytes < rows * KernelData.BlockBytes)
        {
            block.Dispose();
            block = new NativeBlock(rows * KernelData.BlockBytes);
        }

        return block.Start;
    }
}
