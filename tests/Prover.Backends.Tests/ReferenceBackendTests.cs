using Prover.Testing;

namespace Prover.Backends.Tests;

public sealed class ReferenceBackendTests : BackendLaws
{
    protected override IProverBackend Backend { get; } = new ReferenceBackend();
}

public sealed class ReferenceBackendG1Tests : BackendG1Laws
{
    protected override IProverBackend Backend { get; } = new ReferenceBackend();

    protected override int LongestSum => 5;

    protected override IReadOnlyList<int> LongSums => [50];
}

public sealed class ReferenceBackendG2Tests : BackendG2Laws
{
    protected override IProverBackend Backend { get; } = new ReferenceBackend();

    protected override int LongestSum => 3;

    protected override IReadOnlyList<int> LongSums => [20];
}
