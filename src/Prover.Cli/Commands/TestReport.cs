using Prover.Compiler;
using Prover.Language;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>Shows how the tests, properties and budgets of circuit files went.</summary>
internal static class TestReport
{
    public static void Write(Terminal terminal, IReadOnlyList<FileTestReport> reports, PropertySettings settings, IReadOnlyList<string> drift)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new
            {
                Passed = drift.Count == 0 && reports.All(report => report.IsPassed),
                settings.Seed,
                Files = reports.Select(Describe),
                LockDrift = drift,
            });
        }
        else
        {
            WriteTable(terminal, reports, settings);
        }

        foreach (var report in reports)
        {
            WriteFailures(terminal, report);
        }

        foreach (var line in drift)
        {
            terminal.Error($"circuit differs from the lock: {line}. If that is meant, run with --update-lock.");
        }
    }

    private static object Describe(FileTestReport report) => new
    {
        report.Path,
        Passed = report.IsPassed,
        Diagnostics = report.Diagnostics.Select(DiagnosticReport.Describe),
        Tests = report.Tests.Select(test => new { test.Test.Title, Rule = test.Test.Instance.Name, Passed = test.IsPassed, test.Failure }),
        Properties = report.Properties.Select(property => new { property.Property.Declaration.Title, property.Cases, Passed = property.IsPassed, property.Failure }),
        Budgets = report.Budgets.Select(budget => new { Rule = budget.Budget.Instance.Name, budget.Constraints, budget.Budget.Limit, Kept = budget.IsKept }),
        report.Circuits,
    };

    private static void WriteTable(Terminal terminal, IReadOnlyList<FileTestReport> reports, PropertySettings settings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("file", "test, property or budget", "rule", "verdict");
        foreach (var report in reports)
        {
            foreach (var test in report.Tests)
            {
                Add(report, test.Test.Title, test.Test.Instance.Name, test.IsPassed ? "passed" : "FAILED");
            }

            foreach (var property in report.Properties)
            {
                Add(report, property.Property.Declaration.Title, "property", property.IsPassed ? $"{property.Cases:N0} {(property.Cases == 1 ? "case" : "cases")}" : "FAILED");
            }

            foreach (var budget in report.Budgets)
            {
                Add(report, $"budget {budget.Budget.Limit:N0}", budget.Budget.Instance.Name, $"{budget.Constraints:N0}{(budget.IsKept ? "" : " EXCEEDED")}");
            }

            if (report.Diagnostics.Count > 0)
            {
                Add(report, "compile", "", $"{report.Diagnostics.Count:N0} {(report.Diagnostics.Count == 1 ? "ERROR" : "ERRORS")}");
            }
        }

        terminal.WriteTable(table);
        var tests = reports.SelectMany(report => report.Tests).ToList();
        terminal.Write(tests.Count == 0 ? "no tests" : $"{tests.Count(test => test.IsPassed):N0} of {tests.Count:N0} tests passed");
        var properties = reports.SelectMany(report => report.Properties).ToList();
        if (properties.Count > 0)
        {
            terminal.Write($"{properties.Count(property => property.IsPassed):N0} of {properties.Count:N0} properties hold (seed {settings.Seed})");
        }

        void Add(FileTestReport report, params string[] cells) =>
            table.AddRow([.. cells.Prepend(report.Path).Select(Markup.Escape)]);
    }

    private static void WriteFailures(Terminal terminal, FileTestReport report)
    {
        if (report.Diagnostics.Count > 0)
        {
            terminal.Note(DiagnosticRenderer.Render(report.Diagnostics));
        }

        foreach (var test in report.Tests.Where(test => !test.IsPassed))
        {
            terminal.Error($"{test.Test.Span} \"{test.Test.Title}\": {test.Failure}");
        }

        foreach (var property in report.Properties.Where(property => !property.IsPassed))
        {
            terminal.Error($"{property.Property.Declaration.Span} \"{property.Property.Declaration.Title}\" {property.Failure}");
        }

        foreach (var budget in report.Budgets.Where(budget => !budget.IsKept))
        {
            terminal.Error($"{budget.Budget.Span} {budget.Budget.Instance.Name}: {budget.Constraints:N0} constraints, the budget is {budget.Budget.Limit:N0}");
        }
    }
}
