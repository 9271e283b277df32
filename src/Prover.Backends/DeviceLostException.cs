namespace Prover.Backends;

/// <summary>
/// A device failed or vanished while it computed; what it was to compute is lost, and so is all that lay in its memory. The caller may try again, with a
/// new backend.
/// </summary>
public sealed class DeviceLostException : Exception
{
    /// <summary>A lost device, of which nothing more is known.</summary>
    public DeviceLostException()
        : base("The device failed while it computed.")
    {
    }

    /// <summary>A lost device, with its name and what it was doing.</summary>
    public DeviceLostException(string message)
        : base(message)
    {
    }

    /// <summary>A lost device, with its name, what it was doing and the failure that told so.</summary>
    public DeviceLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
