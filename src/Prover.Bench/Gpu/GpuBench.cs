using System.Diagnostics;
using System.Globalization;
using Prover.Backends;
using Prover.Backends.Gpu;

namespace Prover.Bench;

/// <summary>Measures a GPU, the most important things first: what the design has targets for, then the rest from small to large.</summary>
/// <param name="options">What to measure.</param>
/// <param name="open">Opens the device; its argument is told when memory is short.</param>
/// <param name="note">Told of the progress.</param>
public sealed class GpuBench(GpuBenchOptions options, Func<Action<string>, GpuBackend> open, Action<string> note)
{
    /// <summary>log₂ of the largest sums in G2.</summary>
    public const int LargestG2Sum = GpuKernelItems.LargestG2;

    /// <summary>log₂ of the largest proofs.</summary>
    public const int LargestProof = GpuProofItems.Largest;

    private readonly List<GpuMeasurement> _measurements = [];
    private readonly List<GpuGap> _gaps = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<(string, string), (int LogSize, double Seconds)> _lasted = [];

    /// <summary>Measures.</summary>
    /// <param name="version">The program's version, for the report.</param>
    /// <param name="command">What repeats the run, for the report.</param>
    /// <param name="save">Takes the report so far, after each thing and at the end.</param>
    /// <param name="cancellationToken">Ends the run; what was measured has been saved.</param>
    /// <exception cref="DeviceNotFoundException">There is no such device.</exception>
    public void Run(string version, string command, Action<GpuBenchReport> save, CancellationToken cancellationToken)
    {
        using var session = new GpuSession(() => open(Remember), Remember);
        var description = session.Measurements.Describe();
        var machine = BenchMachine.Describe();
        var date = $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}";
        GpuItem[] items =
        [
            .. new GpuKernelItems(options, cancellationToken).Create(_gaps.Add),
            .. new GpuProofItems(options, note, cancellationToken).Create(_gaps.Add),
        ];
        try
        {
            Run(session, items, () => save(Report()), cancellationToken);
        }
        finally
        {
            save(Report()); // Also what an interrupted thing has measured of itself.
        }

        GpuBenchReport Report() => new(
            GpuBenchReport.GpuKind, GpuBenchReport.CurrentFormat, options.IsEmulated, description, machine, date, version, command,
            GpuTarget.Of(options.IsEmulated ? [] : _measurements), [.. _measurements], [.. _gaps], [.. _notes]);
    }

    /// <summary>Measures some things by their rank. What fails or does not fit becomes a gap.</summary>
    internal (IReadOnlyList<GpuMeasurement> Measurements, IReadOnlyList<GpuGap> Gaps) Run(
        GpuSession session, IReadOnlyList<GpuItem> items, Action save, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        foreach (var item in items.OrderBy(RankOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (WhyNot(item, options.Time - watch.Elapsed) is { } reason)
                LeaveOut(item, reason);
            else
                Measure(session, item);
            save();
        }

        return (_measurements, _gaps);
    }

    /// <summary>A batch's trades are measured with its proofs.</summary>
    private static int RankOf(GpuItem item) =>
        Math.Min(GpuTarget.RankOf(item.Part, item.Subject, item.LogSize), item.Part == GpuParts.Proof ? GpuTarget.RankOf(GpuParts.Trades, item.Subject, item.LogSize) : int.MaxValue);

    private void Measure(GpuSession session, GpuItem item)
    {
        note(item.Name);
        var start = Stopwatch.GetTimestamp();
        try
        {
            item.Measure(session, _measurements.Add);
            _lasted[(item.Part, item.Subject)] = (item.LogSize, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception shortage) when (shortage is DeviceMemoryException or OutOfMemoryException)
        {
            LeaveOut(item, shortage.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever goes wrong with one thing is a finding about it; the others are measured all the same.
            note($"{item.Name} failed: {failure.Message}");
            _gaps.Add(new(item.Part, item.Subject, item.LogSize, true, $"{failure.GetType().Name}: {failure.Message}"));
            session.Close();
        }
    }

    /// <summary>Why something is not to be tried with so much time left; null if it is.</summary>
    private string? WhyNot(GpuItem item, TimeSpan left)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (item.HostBytes > memory)
            return string.Create(CultureInfo.InvariantCulture, $"it takes about {item.HostBytes >> 20:N0} MiB of the host's memory, which has {memory >> 20:N0} MiB.");

        var expected = _lasted.TryGetValue((item.Part, item.Subject), out var other) ? other.Seconds * Math.Pow(2, item.LogSize - other.LogSize) : 0;
        return expected < left.TotalSeconds ? null
            : left <= TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"the {options.Time.TotalMinutes:N0} minutes are over.")
            : string.Create(CultureInfo.InvariantCulture, $"it takes about {expected:N0} seconds, judged by 2^{other.LogSize}, and {left.TotalSeconds:N0} are left.");
    }

    private void LeaveOut(GpuItem item, string reason)
    {
        note($"{item.Name} is left out: {reason}");
        _gaps.Add(new(item.Part, item.Subject, item.LogSize, false, reason));
    }

    private void Remember(string line)
    {
        note(line);
        lock (_notes)
        {
            if (!_notes.Contains(line))
                _notes.Add(line);
        }
    }
}
