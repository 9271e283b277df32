using System.Collections.Concurrent;
using System.Text;
using Prover.Compiler;

namespace Prover.Cli.Tests;

public sealed class TestCommandTests : IDisposable
{
    private const string Rules = """
        import "parts/limit.circuit"

        rule below(private x: int[0 .. 100]) {
          require x < LIMIT, "too much: {x}"
        }

        rule pair<N>(private x: [int[0 .. 9]; N]) {
          require sum(x) == 9, "not nine"
        }

        test "just below" { below(9) passes }
        test "at the limit" { below(10) fails "too much: 10" }
        test "nine in two" { pair([4, 5]) passes }
        test "nine in three" { pair([4, 5, 0]) passes }
        budget below <= 20
        budget pair<2> <= 20
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-test-").FullName;

    public TestCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        Write("parts/limit.circuit", "const LIMIT = 10\n");
        Write("rules.circuit", Rules);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nine", "nine in two|nine in three", 0)]
    [InlineData("NINE IN TWO", "nine in two", 0)]
    [InlineData("pair<3>", "nine in three", 0)]
    [InlineData("pair<", "nine in two|nine in three", 1)]
    [InlineData("pair<?>", "nine in two|nine in three", 1)]
    [InlineData("*limit", "at the limit", 0)]
    [InlineData("below", "just below|at the limit", 1)]
    public void A_filter_picks_tests_by_title_or_rule_and_budgets_by_rule(string filter, string titles, int budgets)
    {
        var report = Outcome.Of("test", _folder, "--filter", filter, "--json").Expect(ExitCode.Success).Json;

        Assert.Equal(titles.Split('|'), report.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("title").GetString()));
        Assert.Equal(budgets, report.GetProperty("budgets").GetArrayLength());
    }

    [Fact]
    public void Only_what_the_filter_picks_is_compiled()
    {
        Write("rules.circuit", Rules + "\nrule broken(private x: int[0 .. 9]) { require x + true == 1, \"m\" }\n");

        Outcome.Of("test", PathOf("rules.circuit"), "--filter", "nine").Expect(ExitCode.Success);
        Outcome.Of("test", PathOf("rules.circuit")).Expect(ExitCode.NegativeVerdict);
    }

    [Fact]
    public void A_filter_that_finds_nothing_is_a_mistake_and_names_what_is_near()
    {
        var outcome = Outcome.Of("test", _folder, "--filter", "nime in two").Expect(ExitCode.Usage);

        Assert.Contains("no test matches 'nime in two'. Nearest: 'nine in two', 'nine in three'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("there are none", Outcome.Of("test", PathOf("parts"), "--filter", "nine").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--filter", "nine", "--update-lock")]
    [InlineData("--watch", "--update-lock")]
    [InlineData("--filter", "")]
    public void What_would_pin_untested_circuits_is_refused(params string[] options)
    {
        Outcome.Of(["test", _folder, .. options]).Expect(ExitCode.Usage);
        Assert.False(File.Exists(PathOf("circuits.lock")));
    }

    [Fact]
    public void Each_test_is_an_object_for_tools()
    {
        Write("rules.circuit", Rules.Replace("below(9) passes", "below(9) fails \"much\"", StringComparison.Ordinal).Replace("below <= 20", "below <= 2", StringComparison.Ordinal));
        var report = Outcome.Of("test", PathOf("rules.circuit"), "--json").Expect(ExitCode.NegativeVerdict).Json;

        Assert.False(report.GetProperty("passed").GetBoolean());
        var failed = report.GetProperty("tests")[0];
        Assert.Equal(PathOf("rules.circuit"), failed.GetProperty("file").GetString());
        Assert.Equal("just below", failed.GetProperty("title").GetString());
        Assert.Equal("below", failed.GetProperty("rule").GetString());
        Assert.Equal(11, failed.GetProperty("line").GetInt32());
        Assert.Equal("failed", failed.GetProperty("verdict").GetString());
        Assert.True(failed.GetProperty("milliseconds").GetDouble() > 0);
        Assert.Contains("should fail with", failed.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal("passed", report.GetProperty("tests")[1].GetProperty("verdict").GetString());
        Assert.Equal(["exceeded", "kept"], report.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("verdict").GetString()));
        Assert.Equal("kept", report.GetProperty("lock").GetProperty("verdict").GetString());
        Assert.Equal(0, report.GetProperty("diagnostics").GetArrayLength());
    }

    [Fact]
    public async Task Watching_tests_again_what_a_changed_import_concerns()
    {
        Write("alone.circuit", "rule alone(private x: int[0 .. 9]) { require x > 1, \"m\" }\ntest \"alone\" { alone(2) passes }\n");
        var (lines, output, end, watching) = Watch();

        lines.SkipTo("watching 3 files");
        Write("parts/limit.circuit", "const LIMIT = 9\n");
        lines.SkipTo("changed: limit.circuit");
        Assert.Contains("\"just below\": require failed: too much: 9", lines.SkipTo("error: "), StringComparison.Ordinal);
        lines.SkipTo("watching");
        Assert.Equal(1, output.ToString().Split("alone.circuit").Length - 1);

        // As editors save that never leave half a file: what they write first is nobody's import.
        Write("parts/limit.new", "const LIMIT = 10\n");
        File.Move(Path.Combine(_folder, "parts", "limit.new"), Path.Combine(_folder, "parts", "limit.circuit"), overwrite: true);
        Assert.EndsWith(" changed: limit.circuit", lines.SkipTo("changed: "), StringComparison.Ordinal);
        lines.SkipTo("watching");
        await end.CancelAsync();
        Assert.Equal(ExitCode.Success, await watching);
    }

    [Fact]
    public async Task Watching_ends_with_the_last_verdict_also_of_files_that_have_not_changed()
    {
        Write("failing.circuit", "rule failing(private x: int[0 .. 9]) { require x > 1, \"m\" }\ntest \"f\" { failing(1) passes }\n");
        var (lines, _, end, watching) = Watch();

        lines.SkipTo("watching");
        Write("new.circuit", "rule fresh(private x: int[0 .. 9]) { require x > 1, \"m\" }\ntest \"f\" { fresh(2) passes }\n");
        lines.SkipTo("changed: new.circuit");
        lines.SkipTo("unchanged and still failing: " + PathOf("failing.circuit"));
        lines.SkipTo("watching 4 files");
        await end.CancelAsync();
        Assert.Equal(ExitCode.NegativeVerdict, await watching);
    }

    [Fact]
    public async Task Watching_notices_when_a_missing_import_appears_and_a_file_goes()
    {
        File.Delete(PathOf("parts/limit.circuit"));
        var (lines, _, end, watching) = Watch();

        lines.SkipTo("error[R0302]");
        lines.SkipTo("watching");
        Write("parts/limit.circuit", "const LIMIT = 10\n");
        lines.SkipTo("changed: limit.circuit");
        lines.SkipTo("watching 2 files");
        File.Delete(PathOf("rules.circuit"));
        lines.SkipTo("watching 1 file ");
        await end.CancelAsync();
        Assert.Equal(ExitCode.Success, await watching);
    }

    private (Lines Lines, StringWriter Output, CancellationTokenSource End, Task<int> Watching) Watch(TestFilter? filter = null)
    {
        var (lines, output, end) = (new Lines(), new StringWriter(), new CancellationTokenSource());
        var terminal = new Terminal(output, lines, interactive: false, json: false);
        return (lines, output, end, Task.Run(() => new TestWatch(terminal, new TestRun(terminal, [_folder], PropertySettings.Default, filter)).RunAsync(end.Token)));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Hands lines from the thread that writes them to the one that waits for them.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly BlockingCollection<string> _lines = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _lines.Add(value ?? "");

        /// <summary>The next line that contains a text.</summary>
        public string SkipTo(string text)
        {
            List<string> skipped = [];
            while (_lines.TryTake(out var line, TimeSpan.FromSeconds(30)))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }

                skipped.Add(line);
            }

            Assert.Fail($"no line with '{text}' came, but:\n{string.Join('\n', skipped)}");
            return "";
        }
    }
}
