namespace Prover.Compiler.Tests;

public sealed class RuleTestRunnerTests : IDisposable
{
    private const string Rules = """
        type Money = dec(2)[-2^40 .. 2^40]

        struct Account<N> { cash: Money, sizes: [dec(4)[-2^30 .. 2^30]; N] }

        fn notional<N>(a: Account<N>, marks: [dec(2)[0 .. 2^30]; N]) = sum(i in 0..N: abs(a.sizes[i]) * marks[i])

        rule margin<N>(public marks: [dec(2)[0 .. 2^30]; N], private a: Account<N>, private strict: bool, private salt: field) {
          let need = notional(a, marks)
          require a.cash >= need, "margin: have {a.cash}, need {need}"
          if strict {
            require div(a.cash, marks[0] + 1.00, to 2, floor) > 0, "thin"
            let inverted = inverse(salt)
            require inverted * salt == 1, "inverse"
          }
          let small = narrow(a.cash, dec(2)[-1000 .. 1_000_000], "too rich")
          require max(small, need) != 7.77, "seven"
        }

        test "enough" { margin([20.00], Account<1> { cash: 20.00, sizes: [1.0] }, false, 0) passes }
        test "strict" { margin([20.00], Account<1> { cash: 25.00, sizes: [-1.0] }, true, 5) passes }
        test "short by a tick" { margin([20.00], Account<1> { cash: 19.99, sizes: [-1.0] }, false, 0) fails "have 19.99, need 20" }
        test "thin" { margin([0.00, 0.00], Account<2> { cash: 0.00, sizes: [-1.0, 1.0] }, true, 1) fails "thin" }
        test "no inverse of zero" { margin([1.00], Account<1> { cash: 50.00, sizes: [1.0] }, true, 0) fails "division by zero" }
        test "rich" { margin([20.00], Account<1> { cash: 10000.01, sizes: [1.0] }, false, 0) fails "too rich" }
        test "seven" { margin([20.00], Account<1> { cash: 7.77, sizes: [0.0] }, false, 0) fails "seven" }
        test "outside the type" { margin([-1.00], Account<1> { cash: 20.00, sizes: [1.0] }, false, 0) fails "input marks[0] = -1 is outside" }
        budget margin<1> <= 436
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-rules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tests_that_hold_pass_in_all_ways()
    {
        var report = RuleTestRunner.Run(Write(Rules));
        Assert.Empty(report.Diagnostics);
        Assert.Equal([], report.Tests.Where(test => !test.IsPassed).Select(test => $"{test.Test.Title}: {test.Failure}"));
        Assert.Equal(8, report.Tests.Count);
        Assert.True(report.IsPassed, string.Join('\n', report.Budgets));
        Assert.Equal(["margin<1>", "margin<2>"], report.Circuits.Select(circuit => circuit.Rule));
    }

    [Theory]
    [InlineData("const UNUSED = inverse(field(0))", "R0408")]
    [InlineData("rule untested(public x: int[0 .. 100]) {\n  for i in 0..100000000 { require x > i, \"too many\" }\n}", "R0402")]
    [InlineData("fn uncalled(x: field) = x + nope", "R0304")]
    [InlineData("rule generic<N>(public x: int[0 .. 100]) {\n  require nope == 1, \"one\"\n}", "R0304")]
    public void What_no_test_reaches_is_checked_all_the_same(string mistake, string code)
    {
        var report = RuleTestRunner.Run(Write($"{Rules}\n{mistake}\n"));
        Assert.Equal(code, Assert.Single(report.Diagnostics).Code);
        Assert.False(report.IsPassed);
    }

    [Fact]
    public void Tests_that_do_not_hold_say_why()
    {
        var report = RuleTestRunner.Run(Write(Rules
            .Replace("19.99, sizes", "20.00, sizes", StringComparison.Ordinal)
            .Replace("fails \"thin\"", "fails \"fat\"", StringComparison.Ordinal)
            .Replace("true, 5)", "true, 0)", StringComparison.Ordinal)
            .Replace("<= 436", "<= 435", StringComparison.Ordinal)));
        var failures = report.Tests.Where(test => !test.IsPassed).ToDictionary(test => test.Test.Title, test => test.Failure!);
        Assert.Equal(["short by a tick", "strict", "thin"], failures.Keys.Order());
        Assert.StartsWith("passes, but should fail with \"have 19.99, need 20\"", failures["short by a tick"], StringComparison.Ordinal);
        Assert.StartsWith("should fail with \"fat\", but fails otherwise: require failed: thin", failures["thin"], StringComparison.Ordinal);
        Assert.StartsWith("require failed: division by zero", failures["strict"], StringComparison.Ordinal);
        Assert.False(Assert.Single(report.Budgets).IsKept);
        Assert.False(report.IsPassed);
    }

    [Fact]
    public void Files_that_do_not_compile_are_reported()
    {
        var report = RuleTestRunner.Run(Write("rule r(private x: int[0 .. 3]) { require y > x, \"m\" }\ntest \"t\" { r(1) passes }"));
        Assert.Contains(report.Diagnostics, diagnostic => diagnostic.Code == "R0304");
        Assert.False(report.IsPassed);
    }

    [Fact]
    public void The_lock_sees_every_change_until_it_is_accepted()
    {
        var path = Write(Rules);
        var lockPath = Path.Combine(_folder.FullName, "circuits.lock");
        var circuits = RuleTestRunner.Run(path).Circuits;
        Assert.Equal(2, CircuitLock.Load(lockPath).FindDrift(circuits).Count);
        CircuitLock.Load(lockPath).Update(circuits, areAll: true);
        Assert.Equal(lockPath, CircuitLock.Find(path));
        Assert.Empty(CircuitLock.Load(lockPath).FindDrift(RuleTestRunner.Run(path).Circuits));
        Assert.DoesNotContain(_folder.Name, File.ReadAllText(lockPath), StringComparison.Ordinal);

        Write(Rules.Replace("!= 7.77", "!= 7.78", StringComparison.Ordinal));
        var drift = CircuitLock.Load(lockPath).FindDrift(RuleTestRunner.Run(path).Circuits);
        Assert.Equal(2, drift.Count);
        Assert.StartsWith("rules.circuit margin<1>: constraints ", drift[0], StringComparison.Ordinal);

        File.AppendAllText(lockPath, "nonsense\n");
        Assert.Contains("circuits.lock:3", Assert.Throws<InvalidDataException>(() => CircuitLock.Load(lockPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_test_uses_any_more_is_unpinned()
    {
        var lockPath = Path.Combine(_folder.FullName, "circuits.lock");
        var circuits = RuleTestRunner.Run(Write(Rules)).Circuits;
        CircuitLock.Load(lockPath).Update(circuits, areAll: true);
        CircuitLock.Load(lockPath).Update([circuits[0]], areAll: false);
        Assert.Equal(2, CircuitLock.Load(lockPath).Entries.Count);
        CircuitLock.Load(lockPath).Update([circuits[0]], areAll: true);
        Assert.Equal(circuits[0].Rule, Assert.Single(CircuitLock.Load(lockPath).Entries).Rule);

        // A file that is gone pins nothing either.
        CircuitLock.Load(lockPath).Update([circuits[1] with { File = Path.Combine(_folder.FullName, "gone.circuit") }], areAll: false);
        Assert.Equal(2, CircuitLock.Load(lockPath).Entries.Count);
        CircuitLock.Load(lockPath).Update([circuits[0]], areAll: true);
        Assert.Single(CircuitLock.Load(lockPath).Entries);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "rules.circuit");
        File.WriteAllText(path, text);
        return path;
    }
}
