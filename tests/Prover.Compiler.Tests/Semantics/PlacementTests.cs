using System.Globalization;
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

    /// <summary>Two calls share what was compiled for one of them only if nothing differs that rows depend on: ranges, bits at hand, constants.</summary>
    [Theory]
    [InlineData("least(v, 3)", "f(x)", "f(y)")]
    [InlineData("least(v, 3)", "f(y)", "f(x)")]
    [InlineData("odd(v)", "f(x)", "f(7 - x)")]
    [InlineData("odd(v)", "f(7 - x)", "f(x)")]
    [InlineData("v * v", "f(x + 1)", "f(x + 2)")]
    [InlineData("v + 3", "least(x, 3)", "least(x, 4)")]
    [InlineData("v + 3", "least(x, 3)", "least(3, x)")]
    [InlineData("v + 3", "least(x, y)", "least(y, x)")]
    [InlineData("v", "pair([x + 1, 3])", "pair([y + 1, 3])")]
    [InlineData("v", "pair([x, 3])", "pair([x, 4])")]
    [InlineData("v", "blend(field(x), 3)", "blend(field(x), 5)")]
    public void Calls_that_differ_are_compiled_apart(string body, string first, string second)
    {
        var rule = CompiledRule.Of(
            $$"""
            fn least(v: int, w: int) = if v >= w { 2 * w } else { 2 * v }
            fn odd(v: int[0 .. 7]) = int(bits<3>(v)[0]) + 3 * int(bits<3>(v)[2])
            fn pair(a: [int; 2]) = least(a[0], a[1])
            fn blend(w: field, u: field) = narrow((w + 1) * u, int[0 .. 99], "wide")
            fn f(v: int) = {{body}}
            rule r(private x: int[0 .. 7], private y: int[-200 .. 200], private p: int[-9999 .. 9999], private q: int[-9999 .. 9999]) {
              let a = sum(i in 0..1: {{first}})
              let b = sum(i in 0..1: {{second}})
              require a == p and b == q, "{a} {b}"
            }

            """,
            fewestRows: 0);
        for (var x = 0; x < 8; x++)
        {
            foreach (var y in new[] { -200, 2, 3, 200 })
            {
                // The exact interpreter, which places nothing, says what they are.
                BigInteger[] results = [.. rule.Run(x, y, 9999, 9999)!.Split(' ').Select(text => BigInteger.Parse(text, CultureInfo.InvariantCulture))];
                Assert.Null(rule.Run(x, y, results[0], results[1]));
                Assert.NotNull(rule.Run(x, y, results[0] + 1, results[1]));
                Assert.NotNull(rule.Run(x, y, results[0], results[1] + 1));
            }
        }
    }

    /// <summary>A product that a linear row could be merged with is not, if a caller or a function that is called needs it too.</summary>
    [Fact]
    public void Products_that_calls_take_or_give_stay_wires()
    {
        var rule = CompiledRule.Of(
            """
            fn given(x: int[0 .. 9], y: int[0 .. 9]) = {
              let p = x * y
              require p == 3 * x + y + 2, "{p} is not {3 * x + y + 2}"
              p
            }
            fn taken(p: int) { require (p - 20) * (p - 30) != 0, "twenty or thirty" }
            rule r(private x: int[0 .. 9], private y: int[0 .. 9], private a: int[0 .. 9], private b: int[0 .. 9], private q: int[0 .. 99]) {
              require sum(i in 0..1: given(x, y)) == 16, "not sixteen"
              let product = a * b
              require product == q, "another product"
              for i in 0..1 { taken(product) }
            }

            """,
            fewestRows: 0);
        Assert.Null(rule.Run(2, 8, 4, 4, 16));
        Assert.Equal("16 is not 18", rule.Run(4, 4, 4, 4, 16));
        Assert.Equal("not sixteen", rule.Run(6, 4, 4, 4, 16));
        Assert.Equal("another product", rule.Run(2, 8, 4, 4, 17));
        Assert.Equal("twenty or thirty", rule.Run(2, 8, 4, 5, 20));
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
