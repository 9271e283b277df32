using System.Buffers;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Products of a matrix's rows with a vector, by <see cref="RowCode"/>.</summary>
internal static unsafe class RowKernels
{
    private const int Lanes = 8;

    /// <summary>The inner products of all rows; the caller has checked the lengths.</summary>
    public static void Multiply(RowSlices rows, ReadOnlyMemory<Fr> vector, Memory<Fr> products, Workers workers, CancellationToken cancellationToken)
    {
        workers.Run(rows.Windows.Count, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Multiply(rows.Windows[i], rows.Coefficients, vector.Span, products.Span);
        });
    }

    private static void Multiply(RowWindow window, ReadOnlySpan<Fr> coefficients, ReadOnlySpan<Fr> vector, Span<Fr> products)
    {
        products[window.First..window.End].Clear();
        if (window.Rows.Length == 0)
            return;

        var parts = ArrayPool<Fr>.Shared.Rent(Lanes * window.SliceLengths.Length);
        fixed (Fr* partsStart = parts, vectorStart = vector, coefficientsStart = coefficients)
        {
            fixed (int* terms = window.Terms, lengths = window.SliceLengths)
            {
                var arguments = new RowArguments
                {
                    Products = partsStart,
                    Terms = terms,
                    Vector = vectorStart,
                    Coefficients = coefficientsStart,
                    Count = window.SliceLengths.Length,
                    Lengths = lengths,
                    Constants = RowCode.Instance.Constants.Start,
                };
                RowCode.Instance.Multiply(&arguments);
            }
        }

        for (var place = 0; place < window.Rows.Length; place++)
        {
            products[window.Rows[place]] += parts[place];
        }

        ArrayPool<Fr>.Shared.Return(parts);
    }
}
