using System.Collections.Concurrent;
using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>Streams, each for one caller at a time.</summary>
internal sealed class StreamPool(Accelerator accelerator) : IDisposable
{
    private readonly ConcurrentBag<AcceleratorStream> _free = [];

    /// <summary>Runs something with a stream that nobody else uses meanwhile.</summary>
    public T With<T>(Func<AcceleratorStream, T> use)
    {
        if (!_free.TryTake(out var stream))
            stream = accelerator.CreateStream();

        try
        {
            return use(stream);
        }
        finally
        {
            _free.Add(stream);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in _free)
        {
            LostDevice.Free(stream.Dispose);
        }
    }
}
