using System.Globalization;
using System.Numerics;

namespace Prover.Compiler.Tests;

/// <summary>div and round in every mode against an integer reference of their own, on both sides of zero.</summary>
public class RoundingTests
{
    public static TheoryData<string> Modes => ["floor", "ceil", "trunc", "away", "half_even"];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Quotients_of_all_signs(string mode)
    {
        foreach (var (low, high) in new[] { (1, 6), (-6, -1) })
        {
            var rule = CompiledRule.Of(
                $"rule r(private x: int[-13 .. 13], private y: int[{low} .. {high}], private q: int[-99 .. 99]) {{ require div(x, y, to 0, {mode}) == q, \"other\" }}");
            for (var x = -13; x <= 13; x++)
            {
                for (var y = low; y <= high; y++)
                {
                    var quotient = Divide(x, y, mode);
                    Assert.Null(rule.Run(x, y, quotient));
                    Assert.Equal("other", rule.Run(x, y, quotient + 1));
                    Assert.Equal("other", rule.Run(x, y, quotient - 1));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Quotients_by_constants(string mode)
    {
        foreach (var y in new[] { -4, -1, 1, 2, 7 })
        {
            var rule = CompiledRule.Of($"rule r(private x: int[-29 .. 29], private q: int[-99 .. 99]) {{ require div(x, {y}, to 0, {mode}) == q, \"other\" }}");
            for (var x = -29; x <= 29; x++)
            {
                Assert.Null(rule.Run(x, Divide(x, y, mode)));
                Assert.Equal("other", rule.Run(x, Divide(x, y, mode) + 1));
            }
        }
    }

    /// <summary>Ties of half_even, and their neighbours, at a coarser scale; a finer scale is exact in every mode.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void Roundings_of_decimals(string mode)
    {
        var coarse = CompiledRule.Of($"rule r(private x: dec(3)[-3000 .. 3000], private q: dec(1)[-99 .. 99]) {{ require round(x, to 1, {mode}) == q, \"other\" }}");
        var fine = CompiledRule.Of($"rule r(private x: dec(3)[-3000 .. 3000], private q: dec(5)[-999999 .. 999999]) {{ require round(x, to 5, {mode}) == q, \"other\" }}");
        foreach (var x in new[] { -3000, -1051, -1050, -1049, -951, -950, -949, -150, -100, -51, -50, -49, -1, 0, 1, 49, 50, 51, 99, 100, 149, 150, 151, 250, 2950, 3000 })
        {
            Assert.Null(coarse.Run(x, Divide(x, 100, mode)));
            Assert.Equal("other", coarse.Run(x, Divide(x, 100, mode) - 1));
            Assert.Null(fine.Run(x, 100 * x));
            Assert.Equal("other", fine.Run(x, (100 * x) + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Quotients_of_decimals(string mode)
    {
        // (x/10³) / (y/10) = q/10² for q = x/y.
        var rule = CompiledRule.Of(
            $"rule r(private x: dec(3)[-500 .. 500], private y: dec(1)[-40 .. -1], private q: dec(2)[-9999 .. 9999]) {{ require div(x, y, to 2, {mode}) == q, \"other\" }}");
        Gen.Select(Gen.Int[-500, 500], Gen.Int[-40, -1]).Sample(
            (x, y) =>
            {
                var quotient = Divide(x, y, mode);
                return rule.Run(x, y, quotient) is null && rule.Run(x, y, quotient + 1) == "other";
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public void Wide_operands() => Gen.Select(Gen.ULong, Gen.ULong, Gen.UInt, Gen.Bool).Sample(
        (high, low, divisor, isNegative) =>
        {
            var x = (((BigInteger)high << 64) + low) * (isNegative ? -1 : 1);
            var y = (BigInteger)divisor + 1;
            return Modes.All(row => Wide(row.Data).Run(x, y, Divide(x, y, row.Data)) is null && Wide(row.Data).Run(x, y, Divide(x, y, row.Data) + 1) == "other");
        },
        iter: 20,
        threads: 1);

    [Theory]
    [InlineData(12, 4, 3)]
    [InlineData(-12, 4, -3)]
    [InlineData(12, -4, -3)]
    [InlineData(0, -4, 0)]
    public void Exact_division_demands_a_multiple(int x, int y, int quotient)
    {
        var range = y < 0 ? "-9 .. -1" : "1 .. 9";
        var rule = CompiledRule.Of($"rule r(private x: int[-99 .. 99], private y: int[{range}], private q: int[-99 .. 99]) {{ require div(x, y, to 0, exact) == q, \"other\" }}");
        Assert.Null(rule.Run(x, y, quotient));
        Assert.Equal("other", rule.Run(x, y, quotient + 1));
        Assert.Equal("the division is not exact", rule.Run(x + 1, y, quotient));
        Assert.Equal("the division is not exact", rule.Run(x - 1, y, quotient));
    }

    [Theory]
    [InlineData("[0 .. 9]", "R0211")]
    [InlineData("[-9 .. 0]", "R0211")]
    [InlineData("[-9 .. 9]", "R0211")]
    [InlineData("[1 .. 9]", null)]
    [InlineData("[-9 .. -1]", null)]
    public void The_divisor_cannot_be_zero(string range, string? refusal) => Assert.Equal(
        refusal, CompiledRule.Refusal($"rule r(private x: int[0 .. 9], private y: int{range}) {{ require div(x, y, to 0, floor) < 5, \"m\" }}"));

    /// <summary>The reference: sign and magnitude, not the floor that the circuits begin with.</summary>
    internal static BigInteger Divide(BigInteger x, BigInteger y, string mode)
    {
        var sign = x.Sign * y.Sign;
        var (quotient, rest) = BigInteger.DivRem(BigInteger.Abs(x), BigInteger.Abs(y));
        var twice = (2 * rest).CompareTo(BigInteger.Abs(y));
        var isAwayFromZero = !rest.IsZero && mode switch
        {
            "floor" => sign < 0,
            "ceil" => sign > 0,
            "trunc" => false,
            "away" => true,
            _ => twice > 0 || (twice == 0 && !quotient.IsEven),
        };
        return sign * (quotient + (isAwayFromZero ? 1 : 0));
    }

    private static readonly Dictionary<string, CompiledRule> WideRules = Modes.ToDictionary(row => row.Data, row => CompiledRule.Of(string.Format(
        CultureInfo.InvariantCulture,
        "rule r(private x: int[-2^128 .. 2^128], private y: int[1 .. 2^32], private q: int[-2^130 .. 2^130]) {{ require div(x, y, to 0, {0}) == q, \"other\" }}",
        row.Data)));

    private static CompiledRule Wide(string mode) => WideRules[mode];
}
