namespace Prover.Bench;

/// <summary>What to measure of a GPU.</summary>
/// <param name="Sizes">log₂ of the sizes of transforms, sums and proofs.</param>
/// <param name="Profiles">What to prove.</param>
/// <param name="Rounds">How often each thing is measured; GPU and CPU take turns.</param>
/// <param name="Time">What does not fit into so much time is left out.</param>
/// <param name="Folder">Where keys and witnesses are kept.</param>
/// <param name="IsEmulated">Whether the device is ILGPU's CPU accelerator, which is given as little work as will do.</param>
public sealed record GpuBenchOptions(
    IReadOnlyList<int> Sizes, IReadOnlyList<string> Profiles, int Rounds, TimeSpan Time, string Folder, bool IsEmulated);
