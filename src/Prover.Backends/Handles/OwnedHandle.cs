namespace Prover.Backends;

/// <summary>A handle that remembers which backend made it, so that no other backend accepts it.</summary>
public abstract class OwnedHandle : IDisposable
{
    private readonly IProverBackend _owner;
    private bool _disposed;

    /// <summary>A handle of <paramref name="count"/> elements or points.</summary>
    protected OwnedHandle(IProverBackend owner, int count)
    {
        _owner = owner;
        Count = count;
    }

    /// <summary>Number of elements or points.</summary>
    public int Count { get; }

    /// <summary>The handle as the backend's own type.</summary>
    /// <exception cref="ArgumentException">Another backend made it.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public static THandle Of<THandle>(IProverBackend owner, IDisposable handle)
        where THandle : OwnedHandle
    {
        if (handle is not THandle own || !ReferenceEquals(own._owner, owner))
            throw new ArgumentException($"The {owner.Name} backend was given a {handle.GetType().Name} that it did not make.", nameof(handle));

        ObjectDisposedException.ThrowIf(own._disposed, own);
        return own;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Release();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Frees what the handle holds; called once.</summary>
    protected virtual void Release()
    {
    }
}
