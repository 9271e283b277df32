using Prover.Backends;

namespace Prover.Pipeline.Tests;

/// <summary>A backend that counts how many sums in G2, of which a proof takes one, run on it at a time.</summary>
internal sealed class CountingDevice(IProverBackend backend) : IProverBackend
{
    private readonly Lock _gate = new();
    private int _now;

    public int MostAtATime { get; private set; }

    public string Name => backend.Name;

    public string Description => backend.Description;

    public int ProofsInFlight => backend.ProofsInFlight;

    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => backend.LoadG1(points);

    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => backend.LoadG2(points);

    public IRowTable LoadRows(SparseRows matrix) => backend.LoadRows(matrix);

    public IFieldVector Upload(ReadOnlySpan<Fr> values) => backend.Upload(values);

    public void Download(IFieldVector vector, Span<Fr> destination) => backend.Download(vector, destination);

    public void Apply(Transform transform, IFieldVector vector) => backend.Apply(transform, vector);

    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c) => backend.MultiplySubtract(a, b, c);

    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken) =>
        backend.MultiplyRows(rows, vector, cancellationToken);

    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken) => backend.SumAsync(terms, cancellationToken);

    public async Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken)
    {
        lock (_gate)
            MostAtATime = Math.Max(MostAtATime, ++_now);

        try
        {
            // Long enough for another proof to come into it.
            await Task.Delay(20, cancellationToken);
            return await backend.SumAsync(terms, cancellationToken);
        }
        finally
        {
            lock (_gate)
                _now--;
        }
    }

    public void Dispose() => backend.Dispose();
}
