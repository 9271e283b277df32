using Prover.Backends;

namespace Prover.Pipeline;

/// <summary>A device of a <see cref="DevicePool"/>. What changes is guarded by the pool.</summary>
public sealed class PooledDevice
{
    internal PooledDevice(IProverBackend backend, int index, int slots)
    {
        (Backend, Index, Slots) = (backend, index, slots);
    }

    /// <summary>The device.</summary>
    public IProverBackend Backend { get; }

    /// <summary>How many proofs have been begun on it.</summary>
    public int Proofs { get; internal set; }

    /// <summary>How many proofs it got wrong.</summary>
    public int WrongProofs { get; internal set; }

    /// <summary>Why it is no longer used: it was lost, it computed wrongly again and again, or its memory does not take the key; null if it is.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>Whether it is no longer used only because it computed wrongly, so that it may be again if no other is left.</summary>
    internal bool IsDistrusted { get; set; }

    /// <summary>Its place in the pool.</summary>
    internal int Index { get; }

    /// <summary>How many proofs it takes at a time.</summary>
    internal int Slots { get; set; }

    /// <summary>How many proofs are being made on it.</summary>
    internal int InUse { get; set; }

    /// <summary>The device as it is called in messages.</summary>
    internal string Title => $"device {Backend.Name}, {Backend.Description},";

    /// <summary>Disposes of something that lies on the device.</summary>
    internal void Free(IDisposable resource)
    {
        try
        {
            resource.Dispose();
        }
        catch (Exception) when (Failure is not null)
        {
            // A lost device may refuse this as well; its driver takes back everything when the process ends.
        }
    }
}
