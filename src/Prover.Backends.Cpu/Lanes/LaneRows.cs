using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using FrLanes = Prover.Backends.Cpu.Lanes.FieldLanes<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>Inner products of a sparse matrix's rows with a vector: products four at a time, of whichever rows they are.</summary>
internal static unsafe class LaneRows
{
    private const int Width = 4;

    /// <summary>How many terms ahead an element is fetched: the vector is larger than a core's cache, and its places come in any order.</summary>
    private const int Lookahead = 24;

    /// <summary>The inner products of the rows from <paramref name="from"/> up to <paramref name="to"/>, each to its row's place.</summary>
    [SkipLocalsInit]
    public static void Multiply(in SparseRows matrix, ReadOnlySpan<Fr> vector, Span<Fr> products, int from, int to)
    {
        var starts = matrix.RowStarts.Span;
        var columns = matrix.Columns.Span;
        var ids = matrix.CoefficientIds.Span;
        var coefficients = matrix.Coefficients.Span;
        var terms = stackalloc int[Width];
        var rows = stackalloc int[Width];
        var pending = 0;
        products[from..to].Clear();
        for (var row = from; row < to; row++)
        {
            var ones = Fr.Zero;
            for (var term = starts[row]; term < starts[row + 1]; term++)
            {
                if (term + Lookahead < columns.Length)
                    Sse.Prefetch0(Unsafe.AsPointer(in vector[columns[term + Lookahead]]));

                if (coefficients[ids[term]].IsOne)
                {
                    ones += vector[columns[term]];
                    continue;
                }

                (terms[pending], rows[pending]) = (term, row);
                if (++pending == Width)
                {
                    AddProducts(columns, ids, coefficients, vector, terms, rows, products);
                    pending = 0;
                }
            }

            products[row] += ones;
        }

        for (var i = 0; i < pending; i++)
        {
            products[rows[i]] += coefficients[ids[terms[i]]] * vector[columns[terms[i]]];
        }
    }

    /// <summary>Adds four terms to their rows. Products are below 32·32p/168 + p &lt; 8p.</summary>
    [SkipLocalsInit]
    private static void AddProducts(
        ReadOnlySpan<int> columns,
        ReadOnlySpan<int> ids,
        ReadOnlySpan<Fr> coefficients,
        ReadOnlySpan<Fr> vector,
        int* terms,
        int* rows,
        Span<Fr> products)
    {
        FrLanes.Load(coefficients[ids[terms[0]]], coefficients[ids[terms[1]]], coefficients[ids[terms[2]]], coefficients[ids[terms[3]]], out var factors);
        FrLanes.Load(vector[columns[terms[0]]], vector[columns[terms[1]]], vector[columns[terms[2]]], vector[columns[terms[3]]], out var lanes);
        FrLanes.Multiply(lanes, factors, out lanes);
        FrLanes.Store(lanes, out var p0, out var p1, out var p2, out var p3);
        if (rows[0] == rows[Width - 1])
        {
            products[rows[0]] += (p0 + p1) + (p2 + p3);
            return;
        }

        products[rows[0]] += p0;
        products[rows[1]] += p1;
        products[rows[2]] += p2;
        products[rows[3]] += p3;
    }
}
