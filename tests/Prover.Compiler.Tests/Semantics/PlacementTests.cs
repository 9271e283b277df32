using System.Numerics;

namespace Prover.Compiler.Tests;

/// <summary>Functions that are compiled once and placed at every call.</summary>
public class PlacementTests
{
    /// <summary>A function with a few hundred rows of its own, which a caller's bits of x would save.</summary>
    private const string Functions =
        """
        fn digit_sum(x: int[0 .. 2^60 - 1]) = sum(i in 0..60: int(bits<60>(x)[i]))
        fn work(x: int[0 .. 2^60 - 1], y: int[0 .. 99], is_checked: bool) -> int[0 .. 2^20] = {
          if is_checked { require y != 13, "unlucky {y}" }
          digit_sum(x) * y + digit_sum(2^60 - 1 - x)
        }

        """;

    [Fact]
    public void Each_call_costs_what_the_first_did()
    {
        int[] costs = [.. Enumerable.Range(1, 4).Select(n => Rule(n).Cost)];
        Assert.Equal(costs[1] - costs[0], costs[2] - costs[1]);
        Assert.Equal(costs[2] - costs[1], costs[3] - costs[2]);

        // The bits of x are the caller's: 60 rows for its range, none of them again within the call.
        var alone = CompiledRule.Of(Functions + "rule r(private x: int[0 .. 2^60 - 1], private y: int[0 .. 99], private r: int[0 .. 2^20]) { require work(x, y, true) == r, \"sum\" }");
        Assert.InRange(Rule(1).Cost, alone.Cost, alone.Cost + 5);

        static CompiledRule Rule(int n) => CompiledRule.Of(
            $$"""
            {{Functions}}
            rule r(private x: [int[0 .. 2^60 - 1]; {{n}}], private y: [int[0 .. 99]; {{n}}], private r: [int[0 .. 2^20]; {{n}}]) {
              for i in 0..{{n}} { require work(x[i], y[i], true) == r[i], "sum" }
            }

            """,
            fewestRows: 0);
    }

    [Fact]
    public void Requirements_of_a_placed_function_hold_for_each_call()
    {
        var rule = CompiledRule.Of(
            $$"""
            {{Functions}}
            rule r(private x: int[0 .. 2^60 - 1], private y: [int[0 .. 99]; 2], private on: bool, private r: int[0 .. 2^21]) {
              require sum(i in 0..2: work(x, y[i], on)) == r, "sum is {r}"
            }

            """,
            fewestRows: 0);
        BigInteger x = (1 << 10) - 1;
        Assert.Null(rule.Run(x, 3, 4, 1, (10 * 7) + (2 * 50)));
        Assert.Equal("sum is 171", rule.Run(x, 3, 4, 1, 171));
        Assert.Equal("unlucky 13", rule.Run(x, 13, 4, 1, (10 * 17) + 100));
        Assert.Equal("unlucky 13", rule.Run(x, 4, 13, 1, (10 * 17) + 100));
        Assert.Null(rule.Run(x, 4, 13, 0, (10 * 17) + 100));
    }

    [Fact]
    public void Calls_under_a_condition_are_checked_only_there()
    {
        var rule = CompiledRule.Of(
            $$"""
            {{Functions}}
            rule r(private x: int[0 .. 2^60 - 1], private y: int[0 .. 99], private on: bool) {
              if on { for i in 0..2 { require work(x, y, true) != 60, "sixty" } }
            }

            """,
            fewestRows: 0);
        Assert.Null(rule.Run(1, 2, 1));
        Assert.Equal("unlucky 13", rule.Run(1, 13, 1));
        Assert.Equal("sixty", rule.Run(0, 12, 1));
        Assert.Null(rule.Run(1, 13, 0));
        Assert.Null(rule.Run(0, 12, 0));
    }

    [Fact]
    public void Equal_calls_are_one()
    {
        Assert.Equal(Rule(1).Cost, Rule(3).Cost);

        static CompiledRule Rule(int n) => CompiledRule.Of(
            $$"""
            {{Functions}}
            rule r(private x: int[0 .. 2^60 - 1], private y: int[0 .. 99]) {
              require any(i in 0..{{n}}: work(x, y, false) == 60), "no sixty"
            }

            """,
            fewestRows: 0);
    }

    [Fact]
    public void Placed_functions_place_others()
    {
        var rule = CompiledRule.Of(
            $$"""
            {{Functions}}
            fn twice(x: int[0 .. 2^60 - 1], y: int[0 .. 99]) = sum(i in 0..2: work(x, if i == 0 { y } else { 1 }, true))
            rule r(private x: [int[0 .. 2^60 - 1]; 3], private y: int[0 .. 99], private r: int[0 .. 2^24]) {
              require sum(i in 0..3: twice(x[i], y)) == r, "sum"
            }

            """,
            fewestRows: 0);
        Assert.Null(rule.Run(0, 1, 3, 5, Sum(0, 5) + Sum(1, 5) + Sum(2, 5)));
        Assert.Equal("sum", rule.Run(0, 1, 3, 5, Sum(0, 5) + Sum(1, 5) + Sum(2, 6)));
        Assert.Equal("unlucky 13", rule.Run(0, 1, 3, 13, 0));

        static BigInteger Sum(int ones, int y) => (ones * y) + (60 - ones) + ones + (60 - ones);
    }

    [Fact]
    public void A_placed_function_keeps_the_unit_of_its_result()
    {
        var rule = CompiledRule.Of(Rule("m"), fewestRows: 0);
        Assert.Null(rule.Run(2, 3, 5, 20));
        Assert.Equal("less", rule.Run(2, 3, 5, 21));
        Assert.Equal("R0213", CompiledRule.Refusal(Rule("raw(m)")));

        static string Rule(string least) =>
            $$"""
            unit USD
            fn doubled(x: int[0 .. 99] USD) = x + x
            rule r(private x: [int[0 .. 99] USD; 3], private m: int[0 .. 999] USD) {
              require sum(i in 0..3: doubled(x[i])) >= {{least}}, "less"
            }

            """;
    }
}
