namespace Prover.Backends.Tests;

/// <summary>A kernel that can be broken on purpose.</summary>
public enum FaultyKernel
{
    None,
    Evaluate,
    Interpolate,
    EvaluateOnOddCoset,
    MultiplySubtract,
    Quotient,
    MultiplyRows,
    SumInG1,
    SumInG2,
}

/// <summary>The reference with one kernel whose results are off by one.</summary>
internal sealed class FaultyBackend(FaultyKernel fault, string name = "cpu") : IProverBackend
{
    private readonly ReferenceBackend _reference = new();

    public string Name => name;

    public bool IsDisposed { get; private set; }

    public string Description => "faulty";

    public int ProofsInFlight => 1;

    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => _reference.LoadG1(points);

    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => _reference.LoadG2(points);

    public IFieldVector Upload(ReadOnlySpan<Fr> values) => _reference.Upload(values);

    public void Download(IFieldVector vector, Span<Fr> destination) => _reference.Download(vector, destination);

    public void Apply(Transform transform, IFieldVector vector)
    {
        _reference.Apply(transform, vector);
        if (fault.ToString() == transform.ToString())
            Spoil(vector);
    }

    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        _reference.MultiplySubtract(a, b, c);
        if (fault == FaultyKernel.MultiplySubtract)
            Spoil(a);
    }

    public void Quotient(IFieldVector a, IFieldVector b)
    {
        QuotientInSteps.Apply(_reference, a, b);
        if (fault == FaultyKernel.Quotient)
            Spoil(a);
    }

    public IRowTable LoadRows(SparseRows matrix) => ((IProverBackend)_reference).LoadRows(matrix);

    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken)
    {
        var products = ((IProverBackend)_reference).MultiplyRows(rows, vector, cancellationToken);
        if (fault == FaultyKernel.MultiplyRows)
            Spoil(products);

        return products;
    }

    public async Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken)
    {
        var sum = await _reference.SumAsync(terms, cancellationToken);
        return fault == FaultyKernel.SumInG1 ? sum + G1Affine.Generator : sum;
    }

    public async Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken)
    {
        var sum = await _reference.SumAsync(terms, cancellationToken);
        return fault == FaultyKernel.SumInG2 ? sum + G2Affine.Generator : sum;
    }

    public void Dispose()
    {
        _reference.Dispose();
        IsDisposed = true;
    }

    /// <summary>Adds one to the last element.</summary>
    private static void Spoil(IFieldVector vector) => ((HostFieldVector)vector).Elements[^1] += Fr.One;
}
