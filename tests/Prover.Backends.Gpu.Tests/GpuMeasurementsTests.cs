using Prover.Algebra;

namespace Prover.Backends.Gpu.Tests;

[Collection(CpuAccelerator.Collection)]
public sealed class GpuMeasurementsTests
{
    private readonly GpuMeasurements _measurements = new(CpuAccelerator.Backend);

    [Fact]
    public void The_device_is_described()
    {
        var device = _measurements.Describe();
        Assert.Equal("CPU", device.Kind);
        Assert.True(device.MemoryBytes > 0);
        Assert.True(device.Multiprocessors > 0);
        Assert.Equal(0, device.ClockMegahertz);
    }

    [Fact]
    public void Each_round_has_its_time()
    {
        Fr[] elements = [.. Enumerable.Range(2, 16).Select(i => (Fr)i)];
        foreach (var chains in new[] { 1, 4 })
        {
            var seconds = _measurements.Products(elements, chains, products: 3, rounds: 2);
            Assert.Equal(2, seconds.Count);
            Assert.All(seconds, time => Assert.True(time > 0));
        }

        using var g1 = CpuAccelerator.Backend.LoadG1(new[] { G1Affine.Generator, -G1Affine.Generator });
        Assert.Equal(3, _measurements.AddInG1(g1, [0, 1, ~1, ~0], runLength: 2, rounds: 3).Count);
        using var g2 = CpuAccelerator.Backend.LoadG2(new[] { G2Affine.Generator });
        Assert.Single(_measurements.AddInG2(g2, [0, ~0], runLength: 2, rounds: 1));
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(15, 4)]
    public void Chains_that_do_not_divide_the_elements_are_refused(int elements, int chains) =>
        Assert.Throws<ArgumentException>(() => _measurements.Products(new Fr[elements], chains, products: 1, rounds: 1));

    [Fact]
    public void A_table_that_has_no_room_on_the_device_is_not_measured()
    {
        using var backend = GpuBackend.CreateOnCpuAccelerator(memoryLimit: 1 << 10);
        var measurements = new GpuMeasurements(backend);
        using var table = backend.LoadG1(Enumerable.Repeat(G1Affine.Generator, 100).ToArray());
        Assert.Throws<DeviceMemoryException>(() => measurements.AddInG1(table, [0, 1], runLength: 2, rounds: 1));
    }
}
