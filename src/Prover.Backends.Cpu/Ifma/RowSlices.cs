using System.Collections.Concurrent;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>A matrix whose rows <see cref="RowKernels"/> multiplies window by window.</summary>
internal sealed class RowSlices : OwnedHandle, IRowTable
{
    /// <summary>Places of a window, unless its last row takes more: enough for neighbours in its order to have like lengths, and products that stay in cache.</summary>
    private const int WindowPlaces = 2048;

    private readonly ConcurrentBag<RowWindow> _windows = [];
    private readonly AlignedMemory<Fr> _coefficients;

    /// <param name="owner">The backend that made it.</param>
    /// <param name="matrix">The rows, which stay the caller's and unchanged.</param>
    /// <exception cref="ArgumentException">The matrix refers to terms or coefficients that it does not have.</exception>
    public RowSlices(IProverBackend owner, SparseRows matrix)
        : base(owner, matrix.RowCount)
    {
        VectorLength = BackendArgument.RequireTerms(matrix);
        Matrix = matrix;
        Bounds = FindBounds(matrix.RowStarts.Span);
        _coefficients = Scaled(matrix.Coefficients.Span);
    }

    /// <inheritdoc/>
    public int VectorLength { get; }

    /// <summary>The rows as they lie.</summary>
    public SparseRows Matrix { get; }

    /// <summary>The first row of each window, the row after its last, and the places that its rows take.</summary>
    public IReadOnlyList<(int First, int End, int Places)> Bounds { get; }

    /// <summary>Zero, then 16 times the coefficients, whose words c·2²⁵⁶ become c·2²⁶⁰.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients.GetSpan();

    /// <summary>Room for one thread's windows, to be given back.</summary>
    public RowWindow Rent() => _windows.TryTake(out var window) ? window : new RowWindow();

    /// <summary>Keeps the room for other windows.</summary>
    public void Return(RowWindow window) => _windows.Add(window);

    /// <inheritdoc/>
    protected override void Release() => ((IDisposable)_coefficients).Dispose();

    private static AlignedMemory<Fr> Scaled(ReadOnlySpan<Fr> coefficients)
    {
        var memory = new AlignedMemory<Fr>(coefficients.Length + 1);
        var scaled = memory.GetSpan();
        Fr factor = 16;
        scaled[0] = Fr.Zero;
        for (var i = 0; i < coefficients.Length; i++)
        {
            scaled[i + 1] = coefficients[i] * factor;
        }

        return memory;
    }

    private static List<(int First, int End, int Places)> FindBounds(ReadOnlySpan<int> rowStarts)
    {
        var bounds = new List<(int, int, int)>();
        var (first, places) = (0, 0);
        for (var row = 0; row + 1 < rowStarts.Length; row++)
        {
            places += RowWindow.Places(rowStarts[row + 1] - rowStarts[row]);
            if (places < WindowPlaces && row + 2 < rowStarts.Length)
                continue;

            bounds.Add((first, row + 1, places));
            (first, places) = (row + 1, 0);
        }

        return bounds;
    }
}
