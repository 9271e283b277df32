namespace Prover.Compiler.Tests;

/// <summary>A test that fails shows the requirement's line, its rows, and what was compared there.</summary>
public sealed class RequirementExplanationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-explain-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Shows_the_largest_terms_of_both_sides() => Explains(
        """
        const RATE = 0.02
        type Size = dec(3)[-10^12 .. 10^12]
        type Price = dec(2)[0 .. 10^9]
        fn margin<N>(sizes: [Size; N], prices: [Price; N]) {
          let each = sum(i in 0..N: abs(sizes[i]) * prices[i] * RATE)
          each
        }
        fn equity<N>(cash: Price, sizes: [Size; N], prices: [Price; N]) = cash + fold s = 0 for i in 0..N { s + sizes[i] * prices[i] }
        rule r(private sizes: [Size; 6], public prices: [Price; 6]) {
          let have = equity(prices[5], sizes, prices)
          require have >= margin(sizes, prices), "margin"
        }
        test "t" { r([1.5, -0.5, 0, 2, 1, 1], [10, 20000.5, 30, 40, 7, 1]) passes }
        """,
        """
          11 |   require have >= margin(sizes, prices), "margin"
             |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          have = -9896.25
            -10000.25  i = 1: sizes[i] * prices[i]   (sizes[i] = -0.5, prices[i] = 20000.5)
                   80  i = 3: sizes[i] * prices[i]   (sizes[i] = 2, prices[i] = 40)
                   15  i = 0: sizes[i] * prices[i]   (sizes[i] = 1.5, prices[i] = 10)
                    9  in 3 other terms
          margin(sizes, prices) = 202.065
            200.005  i = 1: abs(sizes[i]) * prices[i] * RATE   (sizes[i] = -0.5, prices[i] = 20000.5, RATE = 0.02)
                1.6  i = 3: abs(sizes[i]) * prices[i] * RATE   (sizes[i] = 2, prices[i] = 40, RATE = 0.02)
                0.3  i = 0: abs(sizes[i]) * prices[i] * RATE   (sizes[i] = 1.5, prices[i] = 10, RATE = 0.02)
               0.16  in 2 other terms
        """);

    [Fact]
    public void Finds_the_round_and_the_part_of_a_condition() => Explains(
        """
        rule r(private xs: [int[0 .. 100]; 4], private k: int[0 .. 100]) {
          let ok = all(i in 0..4: xs[i] * k <= xs[0] - (1 - 2 * k))
          require k > 0 and ok, "too large"
        }
        test "t" { r([1, 2, 9, 10], 3) passes }
        """,
        """
           3 |   require k > 0 and ok, "too large"
             |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          at i = 2
          xs[i] * k = 27   (xs[i] = 9, k = 3)
          xs[0] - (1 - 2 * k) = 6
             6  2 * k   (k = 3)
             1  xs[0]
            -1  1
        """);

    [Fact]
    public void Shows_what_a_narrow_allows() => Explains(
        """
        unit USD
        rule r(private x: dec(2)[0 .. 100.00] USD, private y: dec(2)[0 .. 100.00] USD) {
          let z = narrow(x - y, dec(2)[-5.00 .. 5.00] USD, "too far")
          require z == z, "other"
        }
        test "t" { r(1.25, 70) passes }
        """,
        """
           3 |   let z = narrow(x - y, dec(2)[-5.00 .. 5.00] USD, "too far")
             |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          x - y = -68.75 USD
             -70 USD  y
            1.25 USD  x
          allowed: -5 .. 5
        """);

    [Fact]
    public void Looks_at_the_branch_that_was_taken() => Explains(
        """
        fn fee(big: bool, x: int[0 .. 100]) = if big { x + 7 } else { 2 * x }
        rule r(private x: int[0 .. 100], private limit: int[0 .. 100]) {
          if x > 3 {
            require limit > fee(x > 9, x), "fee"
          }
        }
        test "t" { r(10, 16) passes }
        """,
        """
           4 |     require limit > fee(x > 9, x), "fee"
             |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          limit = 16
          fee(x > 9, x) = 17
            10  x
             7  7
        """);

    /// <summary>A condition that compares nothing has its line, and an input out of its range the message that names it.</summary>
    [Fact]
    public void Says_no_more_than_it_knows()
    {
        const string Rule = "rule r(private ok: bool, private x: int[0 .. 9]) {\n  require ok, \"not ok\"\n  require x < 9, \"x\"\n}\n";
        Explains(Rule + "test \"t\" { r(false, 3) passes }", "   2 |   require ok, \"not ok\"\n     |   ^^^^^^^^^^^^^^^^^^^^");
        Explains(Rule + "test \"t\" { r(true, 10) passes }", "");
    }

    [Fact]
    public void A_test_that_passes_or_agrees_with_no_failure_explains_nothing()
    {
        const string Rule = "rule r(private x: int[0 .. 9]) { require x < 9, \"x\" }\n";
        Assert.Equal("", Run(Rule + "test \"t\" { r(3) passes }").Explanation);
        Assert.Equal("", Run(Rule + "test \"t\" { r(9) fails \"x\" }").Explanation);
        Assert.Equal("", Run(Rule + "test \"t\" { r(3) fails \"x\" }").Explanation);
        Assert.NotEqual("", Run(Rule + "test \"t\" { r(9) fails \"y\" }").Explanation);
    }

    private void Explains(string program, string expected)
    {
        var actual = Run(program).Explanation.Split('\n');
        Assert.StartsWith("  row", actual[0], StringComparison.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', actual[1..]));
    }

    private RuleTestResult Run(string program)
    {
        var path = Path.Combine(_folder.FullName, "r.circuit");
        File.WriteAllText(path, program);
        var report = RuleTestRunner.Run(path);
        Assert.Empty(report.Diagnostics);
        return Assert.Single(report.Tests);
    }
}
