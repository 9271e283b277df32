using Prover.Audit;
using Prover.Constraints;

namespace Prover.Cli;

/// <summary>Prints what an audit found.</summary>
internal static class AuditText
{
    private const int MostListed = 20;

    public static void Write(Terminal terminal, string path, R1cs system, IReadOnlyDictionary<int, string> names, AuditReport report)
    {
        terminal.WriteReport(path, Data(path, system, names, report), Rows(system, report));
        if (terminal.Json)
        {
            return;
        }

        WriteUnproved(terminal, names, report);
        WritePair(terminal, names, report);
    }

    private static object Data(string path, R1cs system, IReadOnlyDictionary<int, string> names, AuditReport report) => new
    {
        path,
        verdict = NameOf(report.Verdict),
        constraints = system.ConstraintCount,
        wires = system.WireCount,
        outputs = system.PublicOutputCount,
        inputs = system.PublicInputCount + system.PrivateInputCount,
        provedBy = report.Counts.Where(entry => entry.Key != Rule.None).ToDictionary(entry => NameOf(entry.Key), entry => entry.Value),
        unproved = report.Unproved.Select(wire => new { wire = wire.Wire, name = names.GetValueOrDefault(wire.Wire), row = wire.Row, obstacle = NameOf(wire.Obstacle) }),
        pair = report.Pair is not { } pair ? null : new
        {
            differsInOutput = pair.DiffersInOutput,
            wires = pair.DifferingWires.Select(wire => new
            {
                wire,
                name = names.GetValueOrDefault(wire),
                first = $"{pair.First[wire]}",
                second = $"{pair.Second[wire]}",
            }),
            inputs = Inputs(system).Select(wire => new { wire, name = names.GetValueOrDefault(wire), value = $"{pair.First[wire]}" }),
        },
    };

    private static IEnumerable<(string Name, string Value)> Rows(R1cs system, AuditReport report)
    {
        yield return ("verdict", NameOf(report.Verdict));
        yield return ("constraints", $"{system.ConstraintCount:N0}");
        yield return ("wires", $"{system.WireCount:N0}");
        foreach (var (rule, count) in report.Counts)
        {
            yield return (rule == Rule.None ? "not proved" : $"proved: {NameOf(rule)}", $"{count:N0}");
        }

        if (report.Pair is { } pair)
        {
            var where = pair.DiffersInOutput ? "an output among them" : "no output among them";
            yield return ("two witnesses", $"differ in {pair.DifferingWires.Count:N0} {(pair.DifferingWires.Count == 1 ? "wire" : "wires")}, {where}");
        }
    }

    private static void WriteUnproved(Terminal terminal, IReadOnlyDictionary<int, string> names, AuditReport report)
    {
        foreach (var wire in report.Unproved.Take(MostListed))
        {
            var row = wire.Row < 0 ? "" : $", row {wire.Row}";
            terminal.Write($"not proved: {Named(names, wire.Wire)}{row}: {NameOf(wire.Obstacle)}");
        }

        WriteRest(terminal, report.Unproved.Count);
    }

    private static void WritePair(Terminal terminal, IReadOnlyDictionary<int, string> names, AuditReport report)
    {
        if (report.Pair is { } pair)
        {
            foreach (var wire in pair.DifferingWires.Take(MostListed))
            {
                terminal.Write($"two values: {Named(names, wire)} is {pair.First[wire].ToSignedInteger()} or {pair.Second[wire].ToSignedInteger()}");
            }

            WriteRest(terminal, pair.DifferingWires.Count);
        }
    }

    private static void WriteRest(Terminal terminal, int count)
    {
        if (count > MostListed)
        {
            terminal.Write($"… and {count - MostListed:N0} more, see --json");
        }
    }

    private static IEnumerable<int> Inputs(R1cs system) =>
        Enumerable.Range(1 + system.PublicOutputCount, system.PublicInputCount + system.PrivateInputCount);

    private static string Named(IReadOnlyDictionary<int, string> names, int wire) => names.TryGetValue(wire, out var name) ? $"{name} (w{wire})" : $"w{wire}";

    /// <summary>The verdict in words.</summary>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Unique => "unique",
        Verdict.OutputsUnique => "outputs-unique",
        Verdict.NotUnique => "not unique",
        _ => "unproved",
    };

    private static string NameOf(Obstacle obstacle) => obstacle switch
    {
        Obstacle.NoRow => "no row mentions it",
        Obstacle.CoefficientMayBeZero => "its coefficient may be zero",
        Obstacle.Quadratic => "it is squared",
        _ => "other unknown wires are in every row that mentions it",
    };

    private static string NameOf(Rule rule) => rule switch
    {
        Rule.Input => "input",
        Rule.Constant => "constant",
        Rule.Linear => "linear",
        Rule.Radix => "digits",
        Rule.Bounded => "bounded bits",
        Rule.IsZero => "is zero",
        Rule.InverseOrZero => "inverse or zero",
        Rule.OneHot => "one hot",
        Rule.Division => "division",
        _ => "elimination",
    };
}
