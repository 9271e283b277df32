using System.CommandLine;
using System.Diagnostics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Cli;

/// <summary><c>bench scan</c>.</summary>
internal static class BenchScanCommand
{
    /// <summary>Leaves of the largest account tree.</summary>
    private const int MostAccounts = 1 << 24;

    private static readonly Option<int> Accounts = new Option<int>("--accounts") { Description = "How many accounts.", DefaultValueFactory = _ => 1_000_000 }.RequireRange(1, MostAccounts);

    private static readonly Option<int> Positions = new Option<int>("--positions") { Description = "Positions of each.", DefaultValueFactory = _ => Limits.Slots }.RequireRange(1, Limits.Slots);

    private static readonly Option<int> MarketCount = new Option<int>("--markets") { Description = "How many markets, at least as many as positions.", DefaultValueFactory = _ => 32 }.RequireRange(1, Limits.Markets);

    private static readonly Option<int> Sample = new Option<int>("--sample") { Description = "How many accounts are also checked exactly.", DefaultValueFactory = _ => 20_000 }.RequireRange(1, MostAccounts);

    private static readonly Option<int> Rounds = new Option<int>("--rounds", "-n") { Description = "Ticks; each moves all prices, and the two take turns.", DefaultValueFactory = _ => 5 }.RequireRange(1, 1000);

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "scan",
            """
            Measure how long it takes to find, among many accounts, those below their maintenance margin, against the exact check of a sample of them.

            Both use all processors, and must find the same in the sample. Each runs once more before the first round, which is not measured. A million
            accounts of 16 positions take 2 GB and half a minute to make.
            Example: prover bench scan --accounts 1000000 --positions 16
            """)
        {
            Accounts, Positions, MarketCount, Sample, Rounds,
        };
        command.SetAction(parsed => Run(
            terminal,
            parsed.GetRequiredValue(Accounts),
            parsed.GetRequiredValue(Positions),
            parsed.GetRequiredValue(MarketCount),
            parsed.GetRequiredValue(Sample),
            parsed.GetRequiredValue(Rounds)));
        return command;
    }

    private static int Run(Terminal terminal, int accounts, int positions, int marketCount, int sampleSize, int rounds)
    {
        if (positions > marketCount)
            throw new UsageException($"--positions {positions} needs as many markets; --markets is {marketCount}.");

        var random = new RandomBook(marketCount, seed: 1);
        var book = new MarginBook();
        foreach (var (index, account) in random.Accounts(accounts, positions))
        {
            book[index] = account;
            if (book.Count % 250_000 == 0)
                terminal.Note($"{book.Count:N0} accounts made");
        }

        long[] sample = [.. Enumerable.Range(0, Math.Min(sampleSize, accounts)).Select(i => (long)i * accounts / Math.Min(sampleSize, accounts))];
        var (scans, exact, scan) = (new List<Times>(), new List<Times>(), book.Scan(random.Markets));
        for (var round = 0; round <= rounds; round++)
        {
            random.Tick();
            (scan, var scanTimes) = Measure(() => book.Scan(random.Markets));
            var (found, exactTimes) = Measure(() => sample.AsParallel().Where(index => Deficiency.Of(index, book[index], random.Markets) is not null).ToHashSet());
            if (!found.SetEquals(scan.Deficiencies.Select(deficiency => deficiency.Account).Intersect(sample)))
                throw new InvalidOperationException($"The scan and the exact check differ in round {round}.");

            if (round == 0)
                continue;

            terminal.Note($"round {round}: scan {scanTimes.Wall * 1e3:0.0} ms, exact check of the sample {exactTimes.Wall * 1e3:0.0} ms");
            scans.Add(scanTimes);
            exact.Add(exactTimes);
        }

        Write(terminal, new(accounts, positions, marketCount, sample.Length, scans, exact, scan));
        return ExitCode.Success;
    }

    private static void Write(Terminal terminal, ScanReport report)
    {
        var command = $"prover bench scan --accounts {report.Accounts} --positions {report.Positions} --markets {report.Markets} --sample {report.Sample} --rounds {report.Scans.Count}";
        var (rate, exactRate) = (report.Accounts / Median(report.Scans, times => times.Wall), report.Sample / Median(report.Exact, times => times.Wall));
        var (cpuRate, exactCpuRate) = (report.Accounts / Median(report.Scans, times => times.Cpu), report.Sample / Median(report.Exact, times => times.Cpu));
        terminal.WriteReport(
            "scan",
            new
            {
                command,
                report.Accounts,
                report.Positions,
                report.Markets,
                report.Sample,
                processors = Environment.ProcessorCount,
                seconds = report.Scans.Select(times => times.Wall),
                cpuSeconds = report.Scans.Select(times => times.Cpu),
                exactSeconds = report.Exact.Select(times => times.Wall),
                exactCpuSeconds = report.Exact.Select(times => times.Cpu),
                accountsPerSecond = rate,
                ratio = rate / exactRate,
                cpuRatio = cpuRate / exactCpuRate,
                below = report.Last.Deficiencies.Count,
                belowCloseOut = report.Last.Deficiencies.Count(deficiency => deficiency.IsBelowCloseOut),
                checkedExactly = report.Last.Doubtful,
            },
            [
                ("accounts", $"{report.Accounts:N0} of {report.Positions} positions in {report.Markets} markets"),
                ("scan", $"{Show(report.Scans)}: {rate:N0} accounts/s, {cpuRate:N0} per second of processor time"),
                ("exact check", $"{Show(report.Exact)} for {report.Sample:N0}: {exactRate:N0} and {exactCpuRate:N0}"),
                ("ratio", $"{rate / exactRate:0.0}, of processor time {cpuRate / exactCpuRate:0.0}"),
                ("last tick", $"{report.Last.Deficiencies.Count:N0} below maintenance, {report.Last.Doubtful:N0} checked exactly by the scan"),
                ("command", command),
            ]);
    }

    private static (T Result, Times Times) Measure<T>(Func<T> work)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = work();
        return (result, new(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds));
    }

    private static string Show(List<Times> times) =>
        $"least {times.Min(time => time.Wall) * 1e3:0.0} ms, median {Median(times, time => time.Wall) * 1e3:0.0} ms";

    private static double Median(List<Times> times, Func<Times, double> part) => times.Select(part).Order().ElementAt(times.Count / 2);

    private sealed record Times(double Wall, double Cpu);

    private sealed record ScanReport(int Accounts, int Positions, int Markets, int Sample, List<Times> Scans, List<Times> Exact, MarginScan Last);
}
