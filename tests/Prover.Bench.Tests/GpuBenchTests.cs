using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Gpu;

namespace Prover.Bench.Tests;

/// <summary>What a run does with things that fail or do not fit.</summary>
public sealed class GpuBenchTests
{
    [Fact]
    public void A_failure_is_recorded_and_the_rest_goes_on()
    {
        var opened = 0;
        var (measurements, gaps) = Run(
            TimeSpan.FromHours(1),
            () =>
            {
                opened++;
                return GpuBackend.CreateOnCpuAccelerator();
            },
            Item("a", 5, add => throw new DeviceLostException("the bus is gone")),
            Item("b", 5, add => throw new DeviceMemoryException("no room for 7 MiB")),
            Item("c", 5, add =>
            {
                add(new(GpuParts.Sum, "c", 5, "gpu", 1, [1], []));
                throw new InvalidOperationException("half of it");
            }),
            Item("d", 5, add => add(new(GpuParts.Sum, "d", 5, "gpu", 1, [1], []))));

        Assert.Equal(["c", "d"], measurements.Select(one => one.Subject));
        Assert.Equal([("a", true), ("b", false), ("c", true)], gaps.Select(gap => (gap.Subject, gap.HasFailed)));
        Assert.Contains("the bus is gone", gaps[0].Reason, StringComparison.Ordinal);
        Assert.Contains("7 MiB", gaps[1].Reason, StringComparison.Ordinal);
        Assert.Equal(3, opened);
    }

    [Fact]
    public void What_does_not_fit_is_named_with_numbers()
    {
        var huge = Item("huge", 5, _ => { }) with { HostBytes = long.MaxValue };
        var (_, gaps) = Run(TimeSpan.FromSeconds(30), GpuBackendOnCpu, huge, Item("long", 5, _ => Thread.Sleep(50)), Item("long", 20, _ => { }), Item("long", 6, _ => { }));

        Assert.Equal([("huge", 5), ("long", 20)], gaps.Select(gap => (gap.Subject, gap.LogSize)));
        Assert.Contains("MiB of the host's memory", gaps[0].Reason, StringComparison.Ordinal);
        Assert.Contains("judged by 2^5", gaps[1].Reason, StringComparison.Ordinal);
        Assert.All(gaps, gap => Assert.False(gap.HasFailed));
    }

    [Fact]
    public void When_the_time_is_over_everything_is_named()
    {
        var (_, gaps) = Run(TimeSpan.Zero, GpuBackendOnCpu, Item("a", 5, _ => Assert.Fail("There was no time.")));
        Assert.Contains("are over", Assert.Single(gaps).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_target_comes_first()
    {
        var order = new List<string>();
        GpuItem[] items = [.. new[] { ("G1, uniform", 16), ("G2, uniform", 20), ("G1, uniform", 22), ("G1, uniform", 20) }.Select(one => Item(one.Item1, one.Item2, _ => order.Add($"{one.Item1} {one.Item2}")))];
        Run(TimeSpan.FromHours(1), GpuBackendOnCpu, items);
        Assert.Equal(["G1, uniform 20", "G1, uniform 22", "G1, uniform 16", "G2, uniform 20"], order);
    }

    [Fact]
    public void What_was_measured_before_an_interruption_is_saved()
    {
        using var interruption = new CancellationTokenSource();
        var options = new GpuBenchOptions([5], [], 1, TimeSpan.FromHours(1), "", IsEmulated: true);
        var bench = new GpuBench(options, _ => GpuBackendOnCpu(), line =>
        {
            if (line.StartsWith("products four chains", StringComparison.Ordinal))
                interruption.Cancel();
        });
        GpuBenchReport? last = null;
        Assert.Throws<OperationCanceledException>(() => bench.Run("0.1.0", "prover bench gpu", report => last = report, interruption.Token));
        Assert.Contains(last!.Measurements, one => one.Subject == "one chain");
        Assert.DoesNotContain(last.Measurements, one => one.Part == GpuParts.Sum);
    }

    [Fact]
    public void Results_that_differ_are_a_failure()
    {
        var turns = new GpuTurns(1, TestContext.Current.CancellationToken);
        var item = Item("a", 2, _ => { });
        using var session = new GpuSession(GpuBackendOnCpu, _ => { });
        Fr[] values = [3, 1, 4, 1];
        var measured = new List<GpuMeasurement>();
        turns.Run(session, item, backend => new TransformTrial(backend, values), measured.Add);
        Assert.Equal(["gpu", "cpu"], measured.Select(one => one.On));
        Assert.Throws<Prover.Groth16.InvalidProofException>(() => turns.Run(
            session, item, backend => new TransformTrial(backend, backend == session.Gpu ? values : [3, 1, 4, 2]), measured.Add));
    }

    [Fact]
    public void Points_are_many_and_none_is_twice()
    {
        var points = BenchPoints.Make<Fq, G1Curve>(700);
        Assert.Equal(points.Length, points.Select(point => point.X).Distinct().Count());
        Assert.All(points, point => Assert.True(point.IsOnCurve()));
        Assert.All(BenchPoints.Make<Fq2, G2Curve>(300), point => Assert.True(point.IsOnCurve()));
    }

    [Fact]
    public void Scalars_are_of_their_kinds()
    {
        const int count = 2_000;
        Assert.Equal(count, BenchScalars.Make(BenchScalars.Uniform, count).Distinct().Count());
        Assert.Single(BenchScalars.Make(BenchScalars.Equal, count).Distinct());
        Assert.InRange(BenchScalars.Make(BenchScalars.Bits, count).Count(scalar => scalar == Fr.Zero || scalar == Fr.One), count * 8 / 10, count * 98 / 100);
    }

    private static GpuBackend GpuBackendOnCpu() => GpuBackend.CreateOnCpuAccelerator();

    private static GpuItem Item(string subject, int logSize, Action<Action<GpuMeasurement>> measure) => new(GpuParts.Sum, subject, logSize, 0, (session, add) =>
    {
        Assert.NotEmpty(session.Gpu.Description);
        measure(add);
    });

    private static (IReadOnlyList<GpuMeasurement> Measurements, IReadOnlyList<GpuGap> Gaps) Run(TimeSpan time, Func<GpuBackend> open, params GpuItem[] items)
    {
        using var session = new GpuSession(open, _ => { });
        var options = new GpuBenchOptions([5], [], 1, time, "", IsEmulated: true);
        return new GpuBench(options, _ => open(), _ => { }).Run(session, items, () => { }, TestContext.Current.CancellationToken);
    }
}
