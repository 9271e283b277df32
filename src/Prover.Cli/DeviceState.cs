namespace Prover.Cli;

/// <summary>Whether a device can be used.</summary>
internal enum DeviceState
{
    /// <summary>There, and its self-test passed.</summary>
    Passed,

    /// <summary>There, but it fails or computes wrongly.</summary>
    Failed,

    /// <summary>Not on this machine.</summary>
    Missing,
}
