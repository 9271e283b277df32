using Prover.Groth16;

namespace Prover.Pipeline;

/// <summary>A key on one device, put there when first asked for.</summary>
/// <param name="load">Puts it there. If that fails, it is tried again the next time.</param>
internal sealed class ResidentKey(Func<Groth16Prover> load) : IDisposable
{
    private readonly Lock _gate = new();
    private Groth16Prover? _prover;
    private bool _isFreed;

    /// <summary>The prover that has the key there.</summary>
    /// <exception cref="ObjectDisposedException">The key has been freed.</exception>
    public Groth16Prover Prover
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isFreed, this);
                return _prover ??= load();
            }
        }
    }

    /// <summary>Frees the key, once the proofs that are being made no longer read it.</summary>
    public void Dispose()
    {
        Groth16Prover? prover;
        lock (_gate)
            (_isFreed, prover) = (true, _prover);

        prover?.Dispose();
    }
}
