using Prover.Algebra;
using Prover.Backends;

namespace Prover.Bench;

/// <summary>Something that both backends do from the same input: made ready when it is constructed, done once, and then compared.</summary>
internal interface IGpuTrial : IDisposable
{
    /// <summary>What is measured.</summary>
    void Work();

    /// <summary>Whether the other backend came to the same result.</summary>
    bool Matches(IGpuTrial other);
}

/// <summary>An evaluation.</summary>
internal sealed class TransformTrial(IProverBackend backend, Fr[] values) : IGpuTrial
{
    private readonly IFieldVector _vector = backend.Upload(values);

    public void Work() => backend.Apply(Transform.Evaluate, _vector);

    public bool Matches(IGpuTrial other) => Read().AsSpan().SequenceEqual(((TransformTrial)other).Read());

    public void Dispose() => _vector.Dispose();

    private Fr[] Read()
    {
        var values = new Fr[_vector.Count];
        backend.Download(_vector, values);
        return values;
    }
}

/// <summary>A quotient of two vectors.</summary>
internal sealed class QuotientTrial(IProverBackend backend, Fr[] left, Fr[] right) : IGpuTrial
{
    private readonly IFieldVector _left = backend.Upload(left);
    private readonly IFieldVector _right = backend.Upload(right);

    public void Work() => backend.Quotient(_left, _right);

    public bool Matches(IGpuTrial other) => Read().AsSpan().SequenceEqual(((QuotientTrial)other).Read());

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    private Fr[] Read()
    {
        var values = new Fr[_left.Count];
        backend.Download(_left, values);
        return values;
    }
}

/// <summary>A sum over a table that is loaded; the scalars come anew to each trial, since a backend may keep what it has prepared of them.</summary>
internal sealed class SumTrial<TField, TCurve>(
    IProverBackend backend, Fr[] scalars, Func<IFieldVector, Task<CurvePoint<TField, TCurve>>> sumAsync) : IGpuTrial
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly IFieldVector _scalars = backend.Upload(scalars);
    private CurvePoint<TField, TCurve> _sum;

    public void Work() => _sum = sumAsync(_scalars).GetAwaiter().GetResult();

    public bool Matches(IGpuTrial other) => _sum == ((SumTrial<TField, TCurve>)other)._sum;

    public void Dispose() => _scalars.Dispose();
}
