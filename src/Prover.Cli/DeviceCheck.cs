namespace Prover.Cli;

/// <summary>What was found when a device was looked for and tried.</summary>
/// <param name="Name">What the user writes after --device.</param>
/// <param name="State">Whether it is there and computes rightly.</param>
/// <param name="Description">The device in one line; what was looked for, if it is missing; the law that failed, if one did.</param>
/// <param name="Elapsed">How long opening and testing it took.</param>
internal sealed record DeviceCheck(string Name, DeviceState State, string Description, TimeSpan Elapsed);
