namespace Prover.Backends;

/// <summary>A device that was asked for is not there, or is there and cannot be used; the message says what was looked for and what was found instead.</summary>
public sealed class DeviceNotFoundException : Exception
{
    /// <summary>No device, for no stated reason.</summary>
    public DeviceNotFoundException()
        : base("The device that was asked for is not on this machine.")
    {
    }

    /// <summary>No device, with what was looked for.</summary>
    public DeviceNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>No device, with what was looked for and the failure that told so.</summary>
    public DeviceNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the device is there and refuses to be used: unlike one that is missing, somebody counts on it.</summary>
    public bool WasFound { get; init; }
}
