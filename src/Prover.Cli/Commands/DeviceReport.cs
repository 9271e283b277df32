using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>What reports say of the devices that made their proofs.</summary>
internal static class DeviceReport
{
    /// <summary>All devices in one line.</summary>
    public static string Descriptions(DevicePool devices) => string.Join("; ", devices.Devices.Select(device => device.Backend.Description));

    /// <summary>The device, or for each of several how many proofs it was given and whether it is still used.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(DevicePool devices) => devices.Devices is [var only]
        ? [("device", only.Backend.Description)]
        : devices.Devices.Select(device => (
            $"device {device.Backend.Name}",
            $"{device.Backend.Description}, {device.Proofs:N0} proofs begun{(device.Failure is { } failure ? $", then no longer used: {failure.Message}" : "")}"));

    /// <summary>How many proofs a device got wrong, if any.</summary>
    public static IEnumerable<(string Name, string Value)> Recomputed(int count) =>
        count == 0 ? [] : [("recomputed", $"{count:N0} on the CPU, since the device computed wrongly: examine it with 'prover doctor'")];
}
