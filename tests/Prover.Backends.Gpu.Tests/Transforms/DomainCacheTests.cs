using Prover.Algebra;

namespace Prover.Backends.Gpu.Tests;

public sealed class DomainCacheTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 16 + 1)]
    [InlineData(4, 16 + 15)]
    [InlineData(4, 8 + 4)]
    public void Wrong_roots_are_noticed_and_right_ones_accepted(int logSize, int root) => Check(logSize, (tables, size) => DomainCache.Roots(tables, logSize).SubView(root, 1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 8)]
    [InlineData(4, 15)]
    public void Wrong_shifts_are_noticed_and_right_ones_accepted(int logSize, int shift) => Check(logSize, (tables, size) => tables.Shifts.Take(size).SubView(shift, 1));

    private static void Check(int logSize, Func<DomainTables, int, ILGPU.ArrayView<DeviceField<ScalarModulus>>> entry)
    {
        var (context, device) = DeviceSearch.CpuAccelerator();
        using var _ = context;
        using var accelerator = device.CreateAccelerator(context);
        using var stream = accelerator.CreateStream();
        var memory = new DeviceMemory(accelerator, 1 << 20);
        using var cache = new DomainCache(memory);
        var tables = cache.TablesFor(logSize);
        var domain = new EvaluationDomain(logSize);
        Assert.True(DomainCache.AreRight(stream, tables, domain));

        using var wrong = new DeviceArray<DeviceField<ScalarModulus>>(memory);
        ILGPU.Runtime.ArrayViewExtensions.CopyFrom(entry(tables, domain.Size), stream, wrong.Write<Fr>(stream, [7]));
        stream.Synchronize();
        Assert.False(DomainCache.AreRight(stream, tables, domain));
    }
}
