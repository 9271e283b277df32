using Prover.Backends;

namespace Prover.Groth16;

/// <summary>The sums of one proof, begun as soon as their scalars are there, so that they fill the time that transforms leave.</summary>
/// <remarks>Disposing of it waits for what is still running.</remarks>
internal sealed class WitnessSums(IProverBackend backend, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<Task> _running = [];
    private readonly List<IFieldVector> _vectors = [];

    /// <summary>Disposes of a vector with the sums, once none of them reads it any more.</summary>
    public IFieldVector Keep(IFieldVector vector)
    {
        _vectors.Add(vector);
        return vector;
    }

    /// <summary>Starts the sum of some terms in G1.</summary>
    public Task<G1Point> Start(params IReadOnlyList<SumTerm<G1Affine>> terms) => Add(backend.SumAsync(terms, cancellationToken));

    /// <summary>Starts the sum of some terms in G2.</summary>
    public Task<G2Point> Start(params IReadOnlyList<SumTerm<G2Affine>> terms) => Add(backend.SumAsync(terms, cancellationToken));

    /// <summary>Waits for all of them, telling which part is done each time that one is.</summary>
    public void Wait(Action<double> finished)
    {
        var open = new List<Task>(_running);
        while (open.Count > 0)
        {
            finished(1 - (double)open.Count / _running.Count);
            var next = Task.WhenAny(open).GetAwaiter().GetResult();
            open.Remove(next);
            next.GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whoever leaves early has a failure of his own to tell.
        ((IAsyncResult)Task.WhenAll(_running)).AsyncWaitHandle.WaitOne();
        foreach (var vector in _vectors)
        {
            vector.Dispose();
        }
    }

    private Task<TPoint> Add<TPoint>(Task<TPoint> sum)
    {
        _running.Add(sum);
        return sum;
    }
}
