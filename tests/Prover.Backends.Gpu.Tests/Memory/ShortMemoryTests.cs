using Prover.Algebra;
using Prover.Testing;

namespace Prover.Backends.Gpu.Tests;

/// <summary>What becomes of work that a device has too little memory for, on the CPU accelerator with a limit.</summary>
[Collection(CpuAccelerator.Collection)]
public sealed class ShortMemoryTests
{
    private const int Count = 500;

    private static readonly G1Affine[] Points = CurvePoint<Fq, G1Curve>.ToAffine([.. Enumerable.Range(0, Count).Select(i => G1Point.Generator * (Fr)(i * i + 1))]);

    private static readonly Fr[] Scalars = [.. Enumerable.Range(0, Count).Select(i => i % 5 == 0 ? Fr.One : ((Fr)7).Power(i) - (Fr)i)];

    public static TheoryData<int> Kibibytes { get; } = [55, 200];

    [Theory]
    [MemberData(nameof(Kibibytes))]
    public void Sums_go_on_in_smaller_pieces_and_say_so(int kibibytes)
    {
        var log = new List<string>();
        using var backend = GpuBackend.CreateOnCpuAccelerator(log.Add, kibibytes << 10);
        using var scalars = backend.Upload(Scalars);
        using var bases = backend.LoadG1(Points);
        Assert.Equal(Expected(), backend.Sum(bases, scalars));
        Assert.NotEmpty(log);
        Assert.All(log, line => Assert.Contains("MiB", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_would_leave_no_room_for_sums_does_not_stay()
    {
        var log = new List<string>();
        using var backend = GpuBackend.CreateOnCpuAccelerator(log.Add, 55 << 10);
        using var bases = backend.LoadG1(Points);
        Assert.Contains("A table of 500 points with room for a sum over them takes", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public void With_enough_memory_there_is_nothing_to_say()
    {
        var log = new List<string>();
        using var backend = GpuBackend.CreateOnCpuAccelerator(log.Add, 64 << 20);
        using var scalars = backend.Upload(Scalars);
        using var bases = backend.LoadG1(Points);
        Assert.Equal(Expected(), backend.Sum(bases, scalars));
        Assert.Empty(log);
    }

    [Fact]
    public void Points_at_infinity_are_left_out_of_pieces_too()
    {
        var log = new List<string>();
        var points = Points.Select((point, i) => i % 3 == 1 ? default : point).ToArray();
        using var backend = GpuBackend.CreateOnCpuAccelerator(log.Add, 36 << 10);
        using var scalars = backend.Upload(Scalars);
        using var bases = backend.LoadG1(points);
        var expected = points.Zip(Scalars).Aggregate(G1Point.Infinity, (sum, term) => sum + (G1Point)term.First * term.Second);
        Assert.Equal(expected, backend.Sum(bases, scalars));
        Assert.Contains(log, line => line.Contains("for each sum anew", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sum_that_fits_in_no_pieces_is_refused_with_numbers()
    {
        using var backend = GpuBackend.CreateOnCpuAccelerator(memoryLimit: 17 << 10);
        using var scalars = backend.Upload(Scalars);
        using var bases = backend.LoadG1(Points);
        var shortage = Assert.Throws<DeviceMemoryException>(() => backend.Sum(bases, scalars));
        Assert.Contains("A sum over 500 points takes at least", shortage.Message, StringComparison.Ordinal);
        Assert.Contains("MiB", shortage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transform_that_does_not_fit_is_refused_and_the_backend_stays_of_use()
    {
        var values = Enumerable.Range(0, 1 << 9).Select(i => (Fr)i).ToArray();
        using var backend = GpuBackend.CreateOnCpuAccelerator(memoryLimit: 40 << 10);
        using (var large = backend.Upload(values))
        {
            var shortage = Assert.Throws<DeviceMemoryException>(() => backend.Apply(Transform.Evaluate, large));
            Assert.Contains("A transform of 512 elements takes at least", shortage.Message, StringComparison.Ordinal);
        }

        using var small = backend.Upload(values.AsSpan(0, 1 << 6));
        backend.Apply(Transform.Evaluate, small);
        backend.Apply(Transform.Interpolate, small);
        var result = new Fr[1 << 6];
        backend.Download(small, result);
        Assert.Equal(values[..(1 << 6)], result);
    }

    private static G1Point Expected() => Points.Zip(Scalars).Aggregate(G1Point.Infinity, (sum, term) => sum + (G1Point)term.First * term.Second);
}
