namespace Prover.Backends;

/// <summary>A device's memory does not suffice for what it is to compute, not even in the smallest pieces.</summary>
/// <remarks>Unlike a lost device, trying again on the same one does not help; a device with more memory, or the CPU, does.</remarks>
public sealed class DeviceMemoryException : Exception
{
    /// <summary>Too little memory, for no stated purpose.</summary>
    public DeviceMemoryException()
        : base("The device's memory does not suffice.")
    {
    }

    /// <summary>Too little memory, with what was asked and what there is.</summary>
    public DeviceMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Too little memory, with what was asked, what there is, and the failure that told so.</summary>
    public DeviceMemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Too little memory, in numbers.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="purpose">What the memory is for, as the subject of a sentence: "A sum over 1,048,576 points".</param>
    /// <param name="askedBytes">How much that takes at least.</param>
    /// <param name="availableBytes">How much there is.</param>
    public DeviceMemoryException(string device, string purpose, long askedBytes, long availableBytes)
        : base($"{purpose} takes at least {MebibytesUp(askedBytes):N0} MiB of device memory, and {device} has {availableBytes >> 20:N0} MiB for it; a device with more memory is needed, or --device cpu.")
    {
    }

    // What is asked is rounded up and what there is down, so that a shortage of less than 1 MiB is still seen in the numbers.
    private static long MebibytesUp(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
