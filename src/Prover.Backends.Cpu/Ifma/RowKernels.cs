namespace Prover.Backends.Cpu.Ifma;

/// <summary>Products of a matrix's rows with a vector, by <see cref="RowCode"/>.</summary>
internal static unsafe class RowKernels
{
    /// <summary>The inner products of all rows; the caller has checked the lengths.</summary>
    public static void Multiply(RowSlices rows, ReadOnlyMemory<Fr> vector, Memory<Fr> products, Workers workers, CancellationToken cancellationToken)
    {
        workers.Run(rows.Bounds.Count, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Multiply(rows, rows.Bounds[i], vector.Span, products.Span);
        });
    }

    private static void Multiply(RowSlices rows, (int First, int End, int Places) bounds, ReadOnlySpan<Fr> vector, Span<Fr> products)
    {
        products[bounds.First..bounds.End].Clear();
        if (bounds.Places == 0)
            return;

        var window = rows.Rent();
        window.Arrange(rows.Matrix, rows.VectorLength, bounds.First, bounds.End, bounds.Places);
        fixed (Fr* partsStart = window.Products, vectorStart = vector, coefficientsStart = rows.Coefficients)
        {
            fixed (int* terms = window.Terms, lengths = window.SliceLengths)
            {
                var arguments = new RowArguments
                {
                    Products = partsStart,
                    Terms = terms,
                    Vector = vectorStart,
                    Coefficients = coefficientsStart,
                    Count = window.Slices,
                    Lengths = lengths,
                    Constants = RowCode.Instance.Constants.Start,
                };
                RowCode.Instance.Multiply(&arguments);
            }
        }

        var parts = window.Products;
        var rowOfPlace = window.Rows;
        for (var place = 0; place < rowOfPlace.Length; place++)
        {
            products[rowOfPlace[place]] += parts[place];
        }

        rows.Return(window);
    }
}
