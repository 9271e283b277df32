using System.Numerics;
using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary>The checks of lengths that every backend makes in the same words.</summary>
public static class BackendArgument
{
    /// <summary>The domain of a vector to transform.</summary>
    /// <exception cref="ArgumentException">The length is no power of two in [1, 2²⁷].</exception>
    public static int RequireLogSize(IFieldVector vector) =>
        BitOperations.IsPow2(vector.Count) && vector.Count <= 1 << EvaluationDomain.MaximumLogSize
            ? BitOperations.Log2((uint)vector.Count)
            : throw new ArgumentException($"A transform needs 2ᵏ elements with 0 ≤ k ≤ 27, got {vector.Count:N0}.", nameof(vector));

    /// <summary>Refuses a number that names no transform.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the three.</exception>
    public static void RequireTransform(Transform transform)
    {
        if (!Enum.IsDefined(transform))
            throw new ArgumentOutOfRangeException(nameof(transform), transform, "There is no such transform.");
    }

    /// <summary>Refuses a destination that is not as long as the vector.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void RequireDestination(IFieldVector vector, ReadOnlySpan<Fr> destination)
    {
        if (destination.Length != vector.Count)
            throw new ArgumentException($"The vector has {vector.Count:N0} elements, the destination {destination.Length:N0}.", nameof(destination));
    }

    /// <summary>Refuses vectors of different lengths.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void RequireSameLength(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        if (a.Count != b.Count || a.Count != c.Count)
            throw new ArgumentException($"Vectors combined element by element have {a.Count:N0}, {b.Count:N0} and {c.Count:N0} elements.", nameof(a));
    }

    /// <summary>The domain of two polynomials whose values a quotient is made of.</summary>
    /// <exception cref="ArgumentException">The lengths differ or are no power of two in [1, 2²⁷], or it is one vector twice, which cannot both be replaced and used up.</exception>
    public static int RequireFactors(IFieldVector a, IFieldVector b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"A quotient's factors have {a.Count:N0} and {b.Count:N0} elements.", nameof(b));

        if (ReferenceEquals(a, b))
            throw new ArgumentException("A quotient needs two vectors, got one vector twice.", nameof(b));

        return RequireLogSize(a);
    }

    /// <summary>Refuses a sum whose scalars, the first few left out, are not as many as its bases.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void RequireScalars<TPoint>(SumTerm<TPoint> term)
    {
        if (term.First < 0 || term.Bases.Count != term.Scalars.Count - term.First)
        {
            throw new ArgumentException(
                $"A sum over {term.Bases.Count:N0} bases was given {term.Scalars.Count:N0} scalars from number {term.First:N0} on.", nameof(term));
        }
    }

    /// <summary>One more than the greatest column of a matrix's terms, 0 if it has none.</summary>
    /// <exception cref="ArgumentException">Rows refer to terms, or terms to coefficients, that there are not; or a column is negative.</exception>
    public static int RequireTerms(SparseRows matrix)
    {
        var starts = matrix.RowStarts.Span;
        var columns = matrix.Columns.Span;
        var ids = matrix.CoefficientIds.Span;
        if (starts.IsEmpty || starts[0] < 0 || starts[^1] > Math.Min(columns.Length, ids.Length))
            throw new ArgumentException($"The rows do not lie within {columns.Length:N0} columns and {ids.Length:N0} coefficient ids.", nameof(matrix));

        for (var row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row])
                throw new ArgumentException($"Row {row:N0} starts at term {starts[row]:N0} and ends at term {starts[row + 1]:N0}.", nameof(matrix));
        }

        var terms = starts[0]..starts[^1];
        var column = Indices.Greatest(MemoryMarshal.Cast<int, uint>(columns[terms]));
        var id = Indices.Greatest(MemoryMarshal.Cast<int, uint>(ids[terms]));
        var hasTerms = starts[0] < starts[^1];
        if (column > int.MaxValue || (hasTerms && id >= (uint)matrix.Coefficients.Length))
        {
            throw new ArgumentException(
                $"Of {matrix.Coefficients.Length:N0} coefficients terms name up to number {id:N0}, and columns up to {column:N0}.", nameof(matrix));
        }

        return hasTerms ? checked((int)column + 1) : 0;
    }

    /// <summary>Refuses a vector that rows reach beyond.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public static void RequireVector(IRowTable rows, IFieldVector vector)
    {
        if (vector.Count < rows.VectorLength)
            throw new ArgumentException($"The rows need a vector of {rows.VectorLength:N0} elements, got {vector.Count:N0}.", nameof(vector));
    }

    /// <summary>Refuses a vector that rows reach beyond, and products that are not as many as the rows.</summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void RequireProducts(IRowTable rows, ReadOnlySpan<Fr> vector, ReadOnlySpan<Fr> products)
    {
        if (vector.Length < rows.VectorLength)
            throw new ArgumentException($"The rows need a vector of {rows.VectorLength:N0} elements, got {vector.Length:N0}.", nameof(vector));

        if (products.Length != rows.Count)
            throw new ArgumentException($"There are {rows.Count:N0} rows and room for {products.Length:N0} products.", nameof(products));
    }
}
