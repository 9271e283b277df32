namespace Prover.Backends.Cpu.Ifma;

/// <summary>Assembles the kernels on a thread of its own, while the caller reads his key.</summary>
/// <remarks>The first assembly takes some tenths of a second, nearly all of it compilation of the assembler, as long as a small proof.</remarks>
internal static class KernelPreparation
{
    private static int _begun;

    /// <summary>Begins, once in a process.</summary>
    public static void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            // Should this fail, whoever needs the kernels fails in the same way and tells his caller.
            _ = Task.Run(() => (RowCode.Instance, NttCode.Instance, G2Tile.Code, G1Tile.Code));
        }
    }
}
