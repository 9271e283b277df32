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
    /// <summary>"reference", "cpu" or "gpu".</summary>
    string Name { get; }

    /// <summary>The device in one line for people: instruction sets, cores, or the accelerator's name.</summary>
    string Description { get; }

    /// <summary>How many proofs at a time give the most proofs per second; more than one only if several threads may use the backend.</summary>
    int ProofsInFlight { get; }

    /// <summary>Makes G1 points resident.</summary>
    IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points);

    /// <summary>Makes G2 points resident.</summary>
    IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points);

    /// <summary>Makes field elements resident.</summary>
    IFieldVector Upload(ReadOnlySpan<Fr> values);

    /// <summary>Copies a vector back; <paramref name="destination"/> has exactly its length.</summary>
    void Download(IFieldVector vector, Span<Fr> destination);

    /// <summary>Transforms a vector of 2ᵏ elements in place, 1 ≤ 2ᵏ ≤ 2²⁷.</summary>
    void Apply(Transform transform, IFieldVector vector);

    /// <summary>a ← a∘b − c, element by element.</summary>
    void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c);

    /// <summary>Starts Σ scalarsᵢ·basesᵢ₋ₖ over i ≥ k; any scalar may be zero and any base infinity.</summary>
    /// <remarks>Sums may run beside each other and beside work on other vectors; their own vector must stay as it is until they end.</remarks>
    /// <param name="bases">The bases.</param>
    /// <param name="scalars">The scalars, k more than there are bases.</param>
    /// <param name="first">k, the number of scalars to pass over.</param>
    /// <param name="cancellationToken">Stops the sum before its next piece.</param>
    Task<G1Point> SumAsync(IPointTable<G1Affine> bases, IFieldVector scalars, int first = 0, CancellationToken cancellationToken = default);

    /// <summary>Starts such a sum in G2.</summary>
    /// <inheritdoc cref="SumAsync(IPointTable{G1Affine}, IFieldVector, int, CancellationToken)"/>
    Task<G2Point> SumAsync(IPointTable<G2Affine> bases, IFieldVector scalars, int first = 0, CancellationToken cancellationToken = default);
}

/// <summary>Sums that are waited for.</summary>
public static class BackendSums
{
    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public static G1Point Sum(this IProverBackend backend, IPointTable<G1Affine> bases, IFieldVector scalars) =>
        backend.SumAsync(bases, scalars).GetAwaiter().GetResult();

    /// <summary>Σ scalarsᵢ·basesᵢ in G2; both have the same length.</summary>
    public static G2Point Sum(this IProverBackend backend, IPointTable<G2Affine> bases, IFieldVector scalars) =>
        backend.SumAsync(bases, scalars).GetAwaiter().GetResult();
}
