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
            terminal.WriteJson(Describe(reports, settings, drift));
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

    /// <summary>One object for each test of all files in their order, and what else there is to know.</summary>
    private static object Describe(IReadOnlyList<FileTestReport> reports, PropertySettings settings, IReadOnlyList<string> drift) => new
    {
        Passed = drift.Count == 0 && reports.All(report => report.IsPassed),
        Tests =
            from report in reports
            from test in report.Tests
            select new
            {
                File = report.Path,
                test.Test.Title,
                Rule = test.Test.Instance.Name,
                Line = LineOf(test.Test.Span),
                Verdict = VerdictOf(test.IsPassed),
                Milliseconds = Math.Round(test.Elapsed.TotalMilliseconds, 3),
                test.Failure,
                Explanation = test.IsPassed ? null : test.Explanation,
            },
        settings.Seed,
        Properties =
            from report in reports
            from property in report.Properties
            let declaration = property.Property.Declaration
            select new { File = report.Path, declaration.Title, Line = LineOf(declaration.Span), Verdict = VerdictOf(property.IsPassed), property.Cases, property.Failure },
        Budgets =
            from report in reports
            from budget in report.Budgets
            select new
            {
                File = report.Path,
                Rule = budget.Budget.Instance.Name,
                Line = LineOf(budget.Budget.Span),
                budget.Constraints,
                budget.Budget.Limit,
                Verdict = budget.IsKept ? "kept" : "exceeded",
            },
        Lock = new { Verdict = drift.Count == 0 ? "kept" : "differs", Drift = drift },
        Circuits = reports.SelectMany(report => report.Circuits),
        Diagnostics = reports.SelectMany(report => report.Diagnostics).Select(DiagnosticReport.Describe),
    };

    private static string VerdictOf(bool isPassed) => isPassed ? "passed" : "failed";

    private static int LineOf(SourceSpan span) => span.File.Locate(span.Start).Line;

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
            if (test.Explanation.Length > 0)
            {
                terminal.Note(test.Explanation);
            }
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
