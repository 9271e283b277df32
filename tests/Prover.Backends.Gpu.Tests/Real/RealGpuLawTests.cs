using Prover.Testing;

namespace Prover.Backends.Gpu.Tests;

[Collection(RealGpu.Collection)]
public sealed class RealGpuLawTests : BackendLaws
{
    public RealGpuLawTests() => RealGpu.Require();

    protected override IProverBackend Backend => RealGpu.Backend;

    /// <summary>The reference transforms in quadratic time; <see cref="RealGpuLargeTests"/> goes on where it stops.</summary>
    protected override int LargestLogSize => 11;
}

[Collection(RealGpu.Collection)]
public sealed class RealGpuG1LawTests : BackendG1Laws
{
    public RealGpuG1LawTests() => RealGpu.Require();

    protected override IProverBackend Backend => RealGpu.Backend;

    protected override int LongestSum => 70;

    protected override IReadOnlyList<int> LongSums => [1000, 20_000, 1 << 16];
}

[Collection(RealGpu.Collection)]
public sealed class RealGpuG2LawTests : BackendG2Laws
{
    public RealGpuG2LawTests() => RealGpu.Require();

    protected override IProverBackend Backend => RealGpu.Backend;

    protected override IReadOnlyList<int> LongSums => [1000, 1 << 14];
}
