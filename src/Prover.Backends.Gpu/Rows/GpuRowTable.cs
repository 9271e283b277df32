using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>The rows of a matrix on the device.</summary>
internal sealed class GpuRowTable : OwnedHandle, IRowTable
{
    private readonly RowPieces _pieces;
    private readonly DeviceArray<int> _starts, _lengths, _places, _longRows, _longStarts, _columns, _coefficientIds;
    private readonly DeviceArray<Element> _coefficients;

    public GpuRowTable(IProverBackend owner, DeviceMemory memory, SparseRows matrix)
        : base(owner, matrix.RowCount)
    {
        VectorLength = BackendArgument.RequireTerms(matrix);
        _pieces = RowPieces.Of(matrix);
        (_starts, _lengths, _places, _longRows, _longStarts) = (new(memory), new(memory), new(memory), new(memory), new(memory));
        (_columns, _coefficientIds, _coefficients) = (new(memory), new(memory), new(memory));
        try
        {
            using var stream = memory.Accelerator.CreateStream();
            _starts.Write<int>(stream, _pieces.Starts);
            _lengths.Write<int>(stream, _pieces.Lengths);
            _places.Write<int>(stream, _pieces.Places);
            _longRows.Write<int>(stream, _pieces.LongRows);
            _longStarts.Write<int>(stream, _pieces.LongStarts);
            _columns.Write(stream, matrix.Columns.Span);
            _coefficientIds.Write(stream, matrix.CoefficientIds.Span);
            _coefficients.Write<Fr>(stream, matrix.Coefficients.Span);
            stream.Synchronize();
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public int VectorLength { get; }

    /// <summary>How many places products need: one a row, and one for each piece of a long row.</summary>
    public int ProductCount => _pieces.ProductCount;

    /// <summary>The products of all rows with a vector.</summary>
    public void Multiply(AcceleratorStream stream, RowLaunches launches, ArrayView<Element> vector, ArrayView<Element> products)
    {
        var (pieces, longRows) = (_pieces.Starts.Length, _pieces.LongRows.Length);
        if (pieces > 0)
        {
            launches.Multiply(
                stream, pieces, _starts.Take(pieces), _lengths.Take(pieces), _places.Take(pieces), _columns.All, _coefficientIds.All, _coefficients.All, vector, products);
        }

        if (longRows > 0)
            launches.AddPieces(stream, longRows, _longRows.Take(longRows), _longStarts.Take(longRows + 1), products);
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (var array in (IDisposable[])[_starts, _lengths, _places, _longRows, _longStarts, _columns, _coefficientIds, _coefficients])
        {
            array.Dispose();
        }
    }
}

/// <summary>The kernels of rows, compiled for one device.</summary>
internal sealed class RowLaunches(Accelerator accelerator)
{
    public Action<AcceleratorStream, Index1D, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> Multiply { get; } =
        accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(RowKernels.Multiply);

    public Action<AcceleratorStream, Index1D, ArrayView<int>, ArrayView<int>, ArrayView<Element>> AddPieces { get; } =
        accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<int>, ArrayView<int>, ArrayView<Element>>(RowKernels.AddPieces);
}
