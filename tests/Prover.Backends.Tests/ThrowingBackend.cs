namespace Prover.Backends.Tests;

/// <summary>A backend whose driver fails in its own way when it is first used, and again when it is disposed of.</summary>
internal sealed class ThrowingBackend(Exception failure) : IProverBackend
{
    public string Name => "gpu:1";

    public bool IsDisposed { get; private set; }

    public string Description => "throwing";

    public int ProofsInFlight => 1;

    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => throw failure;

    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => throw failure;

    public IRowTable LoadRows(SparseRows matrix) => throw failure;

    public IFieldVector Upload(ReadOnlySpan<Fr> values) => throw failure;

    public void Download(IFieldVector vector, Span<Fr> destination) => throw failure;

    public void Apply(Transform transform, IFieldVector vector) => throw failure;

    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c) => throw failure;

    public void Quotient(IFieldVector a, IFieldVector b) => throw failure;

    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken) => throw failure;

    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken) => throw failure;

    public Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken) => throw failure;

    public void Dispose()
    {
        IsDisposed = true;
        throw new InvalidOperationException("It refuses this as well.");
    }
}
