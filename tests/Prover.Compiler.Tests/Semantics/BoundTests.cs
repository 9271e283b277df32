using System.Globalization;
using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>Where things end: intervals, the limit of the field, narrow, declared ranges. Each by the last that is accepted and the first that is not.</summary>
public class BoundTests
{
    private static readonly BigInteger Greatest = Interval.Limit - 1;

    /// <summary>The interval of an expression is exactly the hull of its values.</summary>
    [Theory]
    [InlineData("x + y", -8, 12)]
    [InlineData("x - y", -10, 10)]
    [InlineData("x * y", -25, 35)]
    [InlineData("-x", -5, 3)]
    [InlineData("3 * x - 2", -11, 13)]
    [InlineData("abs(x)", 0, 5)]
    [InlineData("abs(y)", 0, 7)]
    [InlineData("if b { x } else { y }", -5, 7)]
    [InlineData("if b { x } else { 9 }", -3, 9)]
    [InlineData("max(x, y)", -3, 7)]
    [InlineData("min(x, y)", -5, 5)]
    [InlineData("max(x, 0)", 0, 5)]
    [InlineData("max([x - 4, y, 0])", 0, 7)]
    [InlineData("min(i in 0..4: x - i)", -6, 2)]
    [InlineData("int(b)", 0, 1)]
    [InlineData("sum([x, y, x])", -11, 17)]
    [InlineData("count([b, not b, b])", 0, 3)]
    [InlineData("div(x, 2, to 0, floor)", -2, 2)]
    [InlineData("narrow(x, int[-1 .. 99], \"m\")", -1, 5)]
    public void Intervals_are_exact(string expression, int low, int high)
    {
        Assert.Null(Refusal(low, high));
        Assert.Equal("R0204", Refusal(low + 1, high));
        Assert.Equal("R0204", Refusal(low, high - 1));

        string? Refusal(int from, int to) => CompiledRule.Refusal(
            $"rule r(private x: int[-3 .. 5], private y: int[-5 .. 7], private b: bool) {{\n  let t: int[{from} .. {to}] = {expression}\n  require t != 3, \"m\"\n}}");
    }

    /// <summary>The last accepted also works: its extreme values pass in all ways, and one off is refused.</summary>
    [Theory]
    [InlineData("x + y", "2^251", "2^251 - 1", "2^251")]
    [InlineData("x - y", "0", "-2^252 + 1", "-2^252 + 1")]
    [InlineData("x + 1", "2^252 - 2", "0", "0")]
    [InlineData("x * y", "2^126 - 1", "2^126", "2^127")]
    [InlineData("x * 2", "2^251 - 1", "0", "0")]
    [InlineData("x * x", "2^125", "0", "0")]
    [InlineData("sum([x, x, y])", "2^250", "2^251 - 1", "2^251")]
    [InlineData("y - x", "2^251", "-2^251 + 1", "-2^251")]
    [InlineData("-x - y", "2^251 - 1", "2^251", "2^251 + 1")]
    public void Overflow_is_refused_exactly_at_the_limit(string expression, string x, string y, string tooFar)
    {
        var (a, b) = (Value(x), Value(y));
        var result = expression switch
        {
            "x + y" => a + b,
            "x - y" => a - b,
            "x + 1" => a + 1,
            "x * y" => a * b,
            "x * 2" => 2 * a,
            "x * x" => a * a,
            "y - x" => b - a,
            "-x - y" => -a - b,
            _ => a + a + b,
        };
        var rule = CompiledRule.Of(Rule(x, y));
        Assert.Null(rule.Run(a, b, result));
        Assert.Equal("other", rule.Run(a, b, result - result.Sign));
        Assert.Null(rule.Run(0, 0, expression == "x + 1" ? 1 : 0));
        var refused = expression switch { "x + 1" => Rule("2^252 - 1", y), "x - y" => Rule("1", y), "x * 2" => Rule("2^251", y), "x * x" => Rule("2^126", y), _ => Rule(x, tooFar) };
        Assert.Equal("R0203", CompiledRule.Refusal(refused));

        string Rule(string first, string second)
        {
            var range = Value(second).Sign < 0 ? $"{second} .. 0" : $"0 .. {second}";
            return $"rule r(private x: int[0 .. {first}], private y: int[{range}], private z: int[-2^252 + 1 .. 2^252 - 1]) {{ require {expression} == z, \"other\" }}";
        }
    }

    [Fact]
    public void Comparisons_need_their_difference()
    {
        var rule = CompiledRule.Of("rule r(private x: int[-2^251 + 1 .. 2^251 - 2], private y: int[-2^251 .. 2^251]) { require x < y, \"order\" }");
        var half = BigInteger.One << 251;
        Assert.Null(rule.Run(1 - half, half));
        Assert.Equal("order", rule.Run(half - 2, -half));
        Assert.Null(rule.Run(half - 2, half - 1));
        Assert.Equal("order", rule.Run(half - 2, half - 2));
        Assert.Equal("order", rule.Run(1 - half, 1 - half));
        Assert.Equal("R0203", CompiledRule.Refusal("rule r(private x: int[-2^251 .. 2^251 - 1], private y: int[-2^251 .. 2^251]) { require x < y, \"order\" }"));
        Assert.Equal("R0203", CompiledRule.Refusal("rule r(private x: int[-2^251 .. 0], private y: int[-2^251 .. 2^251]) { require x < y, \"order\" }"));
    }

    /// <summary>Either of a comparison and its contrary may be the one that fits; both mean what they say.</summary>
    [Fact]
    public void The_contrary_of_a_comparison_at_the_limit()
    {
        var half = BigInteger.One << 251;
        var rule = CompiledRule.Of("rule r(private x: int[-2^251 .. 2^251], private y: int[-2^251 + 1 .. 2^251 - 1]) { require not (x <= y), \"order\" }");
        Assert.Null(rule.Run(half, 1 - half));
        Assert.Equal("order", rule.Run(-half, half - 1));
        Assert.Equal("order", rule.Run(5, 5));
        Assert.Null(rule.Run(6, 5));
    }

    [Fact]
    public void Alignment_needs_room()
    {
        // 2²⁵²/10² = 72370055773322622139731865630429942408293740416025352524660990004945706024.96
        const string Most = "72370055773322622139731865630429942408293740416025352524660990004945706024";
        var rule = CompiledRule.Of(Rule(Most));
        Assert.Null(rule.Run(BigInteger.Parse(Most, CultureInfo.InvariantCulture), 95));
        Assert.Equal("other", rule.Run(BigInteger.Parse(Most, CultureInfo.InvariantCulture), 94));
        Assert.Equal("R0203", CompiledRule.Refusal(Rule(Most[..^1] + "5")));

        static string Rule(string most) => $"rule r(private x: int[0 .. {most}], private y: dec(2)[0 .. 95]) {{ require x + y - x == 0.95, \"other\" }}";
    }

    [Theory]
    [InlineData("-5", "12")]
    [InlineData("0", "0")]
    [InlineData("7", "7")]
    [InlineData("0", "255")]
    [InlineData("-128", "127")]
    [InlineData("100", "2^64")]
    [InlineData("-2^252 + 1", "2^252 - 1")]
    [InlineData("-2^100", "-3")]
    public void Narrow_ends_at_its_bounds(string low, string high)
    {
        var (least, most) = (Value(low), Value(high));
        foreach (var type in new[] { "int[-2^252 + 1 .. 2^252 - 1]", "field" })
        {
            var rule = CompiledRule.Of($"rule r(private x: {type}, private y: {type}) {{ require narrow(x, int[{low} .. {high}], \"out of range\") == {(type == "field" ? "narrow(y, int[-2^252 + 1 .. 2^252 - 1], \"wide\")" : "y")}, \"other\" }}");
            foreach (var x in new[] { least, most })
            {
                Assert.Null(rule.Run(x, x));
                Assert.Equal("other", rule.Run(x, x == Greatest ? x - 1 : x + 1));
            }

            Assert.Equal(least == -Greatest && type != "field" ? "input" : "out of range", rule.Run(least - 1, 0)!.Split(" x =")[0]);
            Assert.Equal(most == Greatest && type != "field" ? "input" : "out of range", rule.Run(most + 1, 0)!.Split(" x =")[0]);
        }
    }

    [Fact]
    public void A_field_element_is_narrowed_to_what_is_nearest_to_zero()
    {
        var rule = CompiledRule.Of("rule r(private x: field, private y: int[-9 .. 9]) { require narrow(x, int[-9 .. 9], \"out of range\") == y, \"other\" }");
        Assert.Null(rule.Run(Fr.Modulus - 9, -9));
        Assert.Null(rule.Run(9, 9));
        Assert.Equal("out of range", rule.Run(Fr.Modulus - 10, 0));
        Assert.Equal("out of range", rule.Run(10, 0));
        Assert.Equal("out of range", rule.Run((Fr.Modulus - 1) / 2, 0));
        Assert.Equal("out of range", rule.Run((Fr.Modulus + 1) / 2, 0));
    }

    [Theory]
    [InlineData("int[-5 .. 12]", -5, 12)]
    [InlineData("int[0 .. 0]", 0, 0)]
    [InlineData("int[0 .. 1000]", 0, 1000)]
    [InlineData("dec(2)[-1 .. 1]", -1, 1)]
    [InlineData("bool", 0, 1)]
    public void Inputs_end_at_their_bounds(string type, int low, int high)
    {
        var rule = CompiledRule.Of($"rule r(private x: {type}, private n: int[0 .. 2000]) {{ require n != 1999, \"last\" }}");
        Assert.Null(rule.Run(low, 5));
        Assert.Null(rule.Run(high, 5));
        Assert.Equal("last", rule.Run(high, 1999));
        Assert.StartsWith("input x = ", rule.Run(low - 1, 5), StringComparison.Ordinal);
        Assert.StartsWith("input x = ", rule.Run(high + 1, 5), StringComparison.Ordinal);
        Assert.StartsWith("input x = ", rule.Run(Fr.Modulus / 2, 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_are_shown_as_their_values_are()
    {
        var rule = CompiledRule.Of("rule r(private x: dec(2)[-150 .. 2000000], private n: int[0 .. 2^64]) { require n != 5, \"five\" }");
        Assert.Equal("input x = -1.51 is outside [-1.5 .. 20000]", rule.Run(-151, 0));
        Assert.Equal("input n = 18446744073709551617 is outside [0 .. 2^64]", rule.Run(0, (BigInteger.One << 64) + 1));
        Assert.Equal("five", rule.Run(-150, 5));
    }

    [Theory]
    [InlineData("x >= y", false, true, true)]
    [InlineData("x > y", false, false, true)]
    [InlineData("x <= y", true, true, false)]
    [InlineData("x < y", true, false, false)]
    [InlineData("x == y", false, true, false)]
    [InlineData("x != y", true, false, true)]
    [InlineData("not (x >= y)", true, false, false)]
    [InlineData("not (x > y)", true, true, false)]
    [InlineData("not (x <= y)", false, false, true)]
    [InlineData("not (x < y)", false, true, true)]
    [InlineData("not (x == y)", true, false, true)]
    [InlineData("not (x != y)", false, true, false)]
    public void Comparisons_turn_at_equality(string comparison, bool below, bool atEquality, bool above)
    {
        var rule = CompiledRule.Of($"rule r(private x: int[-2^64 .. 2^64], private y: int[-2^60 .. 2^70]) {{ require {comparison}, \"no\" }}");
        foreach (var y in new[] { BigInteger.Zero, 1, -1, BigInteger.One << 60, -(BigInteger.One << 60) })
        {
            Assert.Equal(below, rule.Run(y - 1, y) is null);
            Assert.Equal(atEquality, rule.Run(y, y) is null);
            Assert.Equal(above, rule.Run(y + 1, y) is null);
        }
    }

    /// <summary>Only 5 is in both ranges: the comparison is not decided before, and neither is its contrary.</summary>
    [Theory]
    [InlineData("x >= y", "no", null)]
    [InlineData("not (x < y)", "no", null)]
    [InlineData("x == y", "no", null)]
    [InlineData("y <= x", "no", null)]
    [InlineData("x < y", null, "no")]
    [InlineData("not (x >= y)", null, "no")]
    [InlineData("x != y", null, "no")]
    [InlineData("y > x", null, "no")]
    public void Ranges_that_touch_leave_a_comparison_open(string comparison, string? below, string? atEquality)
    {
        var rule = CompiledRule.Of($"rule r(private x: int[0 .. 5], private y: int[5 .. 9]) {{ require {comparison}, \"no\" }}");
        Assert.Equal(atEquality, rule.Run(5, 5));
        Assert.Equal(below, rule.Run(4, 5));
        Assert.Equal(below, rule.Run(5, 6));
    }

    [Fact]
    public void Nothing_is_narrowed_to_a_range_apart()
    {
        var apart = CompiledRule.Of("rule r(private x: int[0 .. 9]) { require narrow(x, int[10 .. 30], \"apart\") != 11, \"eleven\" }");
        Assert.Equal("apart", apart.Run(0));
        Assert.Equal("apart", apart.Run(9));
        var touching = CompiledRule.Of("rule r(private x: int[0 .. 9]) { require narrow(x, int[9 .. 30], \"apart\") != 11, \"eleven\" }");
        Assert.Equal("apart", touching.Run(8));
        Assert.Null(touching.Run(9));
    }

    private static BigInteger Value(string text)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("v.circuit", $"const V = {text}\n"), diagnostics);
        Assert.Empty(diagnostics);
        var scalar = Assert.IsType<Scalar>(new Elaborator(program, new CircuitBuilder(), "v").Evaluate((ConstDeclaration)program.Find("V")!));
        return scalar.Known;
    }
}
