using Prover.Backends;

namespace Prover.Groth16;

/// <summary>The sums of one proof, begun as soon as their scalars are there, so that they fill the time that transforms leave.</summary>
/// <remarks>Disposing of it waits for what is still running, so that vectors and tables can be freed afterwards.</remarks>
internal sealed class WitnessSums(IProverBackend backend, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<Task> _running = [];

    /// <summary>Starts Σ scalarsᵢ·basesᵢ₋ₖ over i ≥ k.</summary>
    public Task<G1Point> Start(IPointTable<G1Affine> bases, IFieldVector scalars, int first = 0) =>
        Add(backend.SumAsync(bases, scalars, first, cancellationToken));

    /// <summary>Starts a sum in G2.</summary>
    public Task<G2Point> Start(IPointTable<G2Affine> bases, IFieldVector scalars) =>
        Add(backend.SumAsync(bases, scalars, first: 0, cancellationToken));

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
    }

    private Task<TPoint> Add<TPoint>(Task<TPoint> sum)
    {
        _running.Add(sum);
        return sum;
    }
}
