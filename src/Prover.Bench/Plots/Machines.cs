using System.Globalization;

namespace Prover.Bench.Plots;

/// <summary>The machines that reports come from. Several get letters, by which lines and bars name them.</summary>
internal sealed class Machines
{
    private readonly List<(string Processor, int Cores)> _machines;

    public Machines(IReadOnlyList<BenchReport> reports)
    {
        var byMachine = reports.GroupBy(report => (report.Machine.Processor, report.Machine.Cores), report => Day(report.Date)).ToList();
        _machines = [.. byMachine.Select(machine => machine.Key)];
        Titles =
        [
            .. byMachine.Select((machine, number) =>
                $"{(AreSeveral ? $"{Letter(number)}: " : "")}{Name(machine.Key)}, {string.Join(" and ", machine.Distinct().Order())}"),
        ];
    }

    public int Count => _machines.Count;

    public bool AreSeveral => Count > 1;

    /// <summary>Each machine's letter if there are several, processor, cores and days.</summary>
    public IReadOnlyList<string> Titles { get; }

    /// <summary>Which of them measured a series, from 0.</summary>
    public int NumberOf(ProofSeries series) => _machines.IndexOf((series.Processor, series.Cores));

    /// <summary>What to write behind a series' name: nothing, or the machine's letter.</summary>
    public string Suffix(ProofSeries series) => AreSeveral ? $" ({Letter(NumberOf(series))})" : "";

    /// <summary>A, B, ..., and numbers from 27 on.</summary>
    public static string Letter(int number) =>
        number < 26 ? ((char)('A' + number)).ToString() : (number + 1).ToString(CultureInfo.InvariantCulture);

    private static string Name((string Processor, int Cores) machine) =>
        $"{machine.Processor}, {machine.Cores} {(machine.Cores == 1 ? "core" : "cores")}";

    private static string Day(string date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : date;
}
