using System.Collections.Concurrent;

namespace Prover.Backends;

/// <summary>A table of curve points that a backend keeps where its device wants them.</summary>
/// <typeparam name="TPoint"><c>G1Affine</c> or <c>G2Affine</c>.</typeparam>
public interface IPointTable<TPoint> : IDisposable
{
    /// <summary>Number of points.</summary>
    int Count { get; }
}

/// <summary>A vector of scalar-field elements that a backend keeps where its device wants it.</summary>
public interface IFieldVector : IDisposable
{
    /// <summary>Number of elements.</summary>
    int Count { get; }
}

/// <summary>The rows of a sparse matrix over the scalar field as a backend wants them.</summary>
public interface IRowTable : IDisposable
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>One more than the greatest column of a term: how long a vector must be at least.</summary>
    int VectorLength { get; }
}

/// <summary>Which transform of a vector whose length is a power of two.</summary>
public enum Transform
{
    /// <summary>Coefficients in natural order to values at 1, ω, ω², … in natural order.</summary>
    Evaluate,

    /// <summary>Values at the powers of ω to coefficients; the inverse of <see cref="Evaluate"/>.</summary>
    Interpolate,

    /// <summary>
    /// Coefficients to values at g, gω, gω², … where g is the primitive root of twice the order (g² = ω): the coset on which
    /// snarkjs keeps the quotient.
    /// </summary>
    EvaluateOnOddCoset,
}

/// <summary>
/// The kernels of a prover on one device. Vectors and tables are handles: only <see cref="Upload"/> and
/// <see cref="Download"/> move elements between the caller and the device.
/// </summary>
/// <remarks>
/// The reference backend defines what each member returns; every backend passes the same <c>BackendLaws</c>.
/// Handles of one backend must not be given to another; doing so throws <see cref="ArgumentException"/>.
/// </remarks>
public interface IProverBackend : IDisposable
{
    /// <summary>"reference", "cpu", or "gpu:0" and so on.</summary>
    string Name { get; }

    /// <summary>The device in one line for people: instruction sets, cores, or the accelerator's name.</summary>
    string Description { get; }

    /// <summary>How many proofs at a time give the most proofs per second; more than one only if several threads may use the backend.</summary>
    int ProofsInFlight { get; }

    /// <summary>log₂ of a length at which vectors take every way that the longest ones take; what <see cref="BackendSelfTest"/> tries.</summary>
    int SelfTestLogSize => 8;

    /// <summary>Makes G1 points resident.</summary>
    IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points);

    /// <summary>Makes G2 points resident.</summary>
    IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points);

    /// <summary>Prepares a matrix for products with many vectors.</summary>
    /// <remarks>Backends without a kernel for them leave the products to the host.</remarks>
    /// <exception cref="ArgumentException">The matrix refers to terms or coefficients that it does not have.</exception>
    IRowTable LoadRows(SparseRows matrix) => new HostRowTable(this, matrix);

    /// <summary>Makes field elements resident.</summary>
    IFieldVector Upload(ReadOnlySpan<Fr> values);

    /// <summary>Makes elements resident, where possible without a copy: until the vector is disposed of only it uses their memory.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="owner">What frees their memory; disposed of with the vector or, if it has a copy, at once.</param>
    IFieldVector Take(Memory<Fr> values, IDisposable? owner = null)
    {
        var vector = Upload(values.Span);
        owner?.Dispose();
        return vector;
    }

    /// <summary>Copies a vector back; <paramref name="destination"/> has exactly its length.</summary>
    void Download(IFieldVector vector, Span<Fr> destination);

    /// <summary>Transforms a vector of 2ᵏ elements in place, 1 ≤ 2ᵏ ≤ 2²⁷.</summary>
    void Apply(Transform transform, IFieldVector vector);

    /// <summary>a ← a∘b − c, element by element.</summary>
    void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c);

    /// <summary>
    /// The numerator of Groth16's quotient. a and b, two vectors of 2ᵏ elements, hold the values of polynomials A and B on the domain; a becomes the
    /// values of A·B − C on the odd coset, where C interpolates a∘b. What b holds afterwards is unspecified.
    /// </summary>
    void Quotient(IFieldVector a, IFieldVector b) => QuotientInSteps.Apply(this, a, b);

    /// <summary>The inner products of a matrix's rows with a vector, as a vector of as many elements as there are rows.</summary>
    /// <exception cref="ArgumentException">The vector is shorter than the rows need.</exception>
    IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken = default)
    {
        var matrix = OwnedHandle.Of<HostRowTable>(this, rows).Matrix;
        BackendArgument.RequireVector(rows, vector);
        var elements = new Fr[vector.Count];
        Download(vector, elements);
        var products = new Fr[matrix.RowCount];
        if (products.Length > 0)
        {
            var options = new ParallelOptions { CancellationToken = cancellationToken };
            Parallel.ForEach(Partitioner.Create(0, products.Length, 4096), options, range => matrix.Multiply(elements, products, range.Item1, range.Item2));
        }

        return Take(products);
    }

    /// <summary>Starts the sum of all terms; any scalar may be zero and any base infinity.</summary>
    /// <remarks>Sums may run beside each other and beside work on other vectors; their own vectors must stay as they are until they end.</remarks>
    Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken = default);

    /// <summary>Starts a sum in G2.</summary>
    /// <inheritdoc cref="SumAsync(IReadOnlyList{SumTerm{G1Affine}}, CancellationToken)"/>
    Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken = default);
}
