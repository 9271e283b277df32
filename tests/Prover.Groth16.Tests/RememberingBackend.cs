using Prover.Backends;

namespace Prover.Groth16.Tests;

/// <summary>Computes as the backend of the sample does, and remembers the vectors and the points in G1 that it was given.</summary>
internal sealed class RememberingBackend(IProverBackend backend) : IProverBackend
{
    /// <summary>Every vector, disposed of or not.</summary>
    public List<IFieldVector> Taken { get; } = [];

    /// <summary>Every table of points in G1, disposed of or not.</summary>
    public List<IPointTable<G1Affine>> Tables { get; } = [];

    public string Name => backend.Name;

    public string Description => backend.Description;

    public int ProofsInFlight => backend.ProofsInFlight;

    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points)
    {
        Tables.Add(backend.LoadG1(points));
        return Tables[^1];
    }

    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => backend.LoadG2(points);

    public IRowTable LoadRows(SparseRows matrix) => backend.LoadRows(matrix);

    public IFieldVector Upload(ReadOnlySpan<Fr> values) => backend.Upload(values);

    public IFieldVector Take(Memory<Fr> values, IDisposable? owner)
    {
        Taken.Add(backend.Take(values, owner));
        return Taken[^1];
    }

    public void Download(IFieldVector vector, Span<Fr> destination) => backend.Download(vector, destination);

    public void Apply(Transform transform, IFieldVector vector) => backend.Apply(transform, vector);

    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c) => backend.MultiplySubtract(a, b, c);

    public void Quotient(IFieldVector a, IFieldVector b) => backend.Quotient(a, b);

    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken)
    {
        Taken.Add(backend.MultiplyRows(rows, vector, cancellationToken));
        return Taken[^1];
    }

    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken) => backend.SumAsync(terms, cancellationToken);

    public Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken) => backend.SumAsync(terms, cancellationToken);

    public void Dispose()
    {
    }
}
