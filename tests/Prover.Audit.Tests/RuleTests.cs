using Prover.Constraints;

namespace Prover.Audit.Tests;

/// <summary>Each rule proves what it should, and not its neighbour that lacks a premise.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("a product", "in x y: x * y = p")]
    [InlineData("an equation with one unknown", "in x: 3 x + 5 u = 7")]
    [InlineData("an unknown in a factor and in the product", "in x: x * u = u + 1; x * i = 1; x - 1 * j = 1")]
    [InlineData("an inverse", "in x: x * i = 1")]
    [InlineData("a factor that cannot be zero by another row", "in x y: x * i = 1; x * u = y")]
    [InlineData("a factor that cannot be zero since the product would not be", "in x: 1 - x * u = 1 + x")]
    [InlineData("a factor that cannot be zero by its range", "in x: x - 3 * x - 4 = 0; x * u = 5 x + 1")]
    [InlineData("bits", "in x: b0 * b0 - 1 = 0; b1 * b1 - 1 = 0; b0 + 2 b1 = x")]
    [InlineData("bits of which one is a combination", "in x: b1 * b1 - 1 = 0; x - 2 b1 * x - 2 b1 - 1 = 0")]
    [InlineData("digits of other ranges", "in x: a * a - 1 = 0; b - 5 * b - 6 = 0; a + 2 b = x")]
    [InlineData("a bit that is 0 if another is 1", "in x: t * t - 1 = 0; b * 1 - t - b = 0; b + 2 t = x")]
    [InlineData("whether a value is zero, with its inverse", "in x: x * i = 1 - z; x * z = 0; z * i = 0")]
    [InlineData("the same with other factors", "in x: 3 x * 2 i = 5 - 7 z; 2 x * 7 z = 0; i * 14 z = 0")]
    [InlineData("one of three", "in d: a * d = 0; b * d - 1 = 0; c * d - 2 = 0; a + b + c = 1")]
    [InlineData("one of three that add up to one, the third a combination", "in d: a * d = 0; b * d - 1 = 0; 1 - a - b * d - 2 = 0")]
    [InlineData("two equations", "in x y: u + v = x; u - v = y")]
    [InlineData("bits that must all be zero", "in x: a * a - 1 = 0; b * b - 1 = 0; a + b = 0; a + x * b + x = c")]
    [InlineData("contradictory rows, vacuously", "in x: 1 = 0; u * u = x; u = 3")]
    public void Proves(string what, string text)
    {
        var report = UniquenessAudit.Run(Rows.Of(text).System);
        Assert.True(report.Verdict == Verdict.Unique, $"{what}: {report.Verdict}");
        Assert.Empty(report.Unproved);
    }

    [Theory]
    [InlineData("a wire in no row", "out u in x: x * x = p; p * u - u = 0")]
    [InlineData("a square", "in x: u * u = x")]
    [InlineData("a factor that may be zero", "in x y: x * u = y")]
    [InlineData("an unknown whose coefficient may vanish", "in x: x * u = u")]
    [InlineData("a bit that is not checked", "in x: b0 * b0 - 1 = 0; b0 + 2 b1 = x")]
    [InlineData("bits whose ranges overlap", "in x: a * a - 1 = 0; b * b - 1 = 0; a + b = x")]
    [InlineData("digits with a gap in between", "in x: a * a - 2 = 0; b * b - 1 = 0; a + 2 b = x")]
    [InlineData("a bit that is 0 or 1 - t for no bit t", "in x t: b * 1 - t - b = 0; b + 2 c = x; c * c - 1 = 0")]
    [InlineData("whether a value is zero, without its inverse", "in x: x * i = 1 - z; x * z = 0")]
    [InlineData("whether a value is zero, without the second row", "in x: x * i = 1 - z; z * i = 0")]
    [InlineData("whether another value is zero", "in x y: x * i = 1 - z; y * z = 0; z * i = 0")]
    [InlineData("zero whatever the value is", "in x: x * i = z; x * z = 0; z * i = 0")]
    [InlineData("one of three, two of which are the same", "in d: a * d = 0; b * d - 1 = 0; c * d - 1 = 0; a + b + c = 1")]
    [InlineData("one of three, the third of another number", "in d e: a * d = 0; b * d - 1 = 0; c * e - 2 = 0; a + b + c = 1")]
    [InlineData("one of three that add up to one, the third of another number", "in d e: a * d = 0; b * d - 1 = 0; 1 - a - b * e = 0")]
    [InlineData("one of two, or neither where the number is that of the first", "in d: a * d = 0; b * d - 1 = 0; 1 - a - b * d = 0")]
    [InlineData("a factor that may be zero, as its own product says", "in x y: x * i = x; x * u = y")]
    [InlineData("two equations that are one", "in x y: u + v = x; 2 u + 2 v = y")]
    public void Does_not_prove(string what, string text)
    {
        var report = UniquenessAudit.Run(Rows.Of(text).System);
        Assert.True(report.Verdict == Verdict.NotUnique, $"{what}: {report.Verdict}");
        Assert.NotNull(report.Pair);
    }

    private const string Bits01 = "b0 * b0 - 1 = 0; b1 * b1 - 1 = 0;";

    /// <summary>A divisor that only a look at both cases of a choice shows not to be zero, and a neighbour that may be.</summary>
    [Theory]
    [InlineData(
        "what a bit chooses of two numbers",
        "in c x y a: c * c - 1 = 0; x - 1 * x - 2 = 0; y - 3 * y - 4 = 0; c * x - y = p; y + p * u = a",
        "in c x y a: c * c - 1 = 0; x * x - 1 = 0; y - 3 * y - 4 = 0; c * x - y = p; y + p * u = a")]
    [InlineData(
        "what a number of two values multiplies",
        "in c x: c - 1 * c - 2 = 0; x - 1 * x - 2 = 0; c * x = p; 1 + p - x * u = c - 1",
        "in c x: c - 1 * c - 2 = 0; x - 1 * x - 2 = 0; c * x = p; p - x * u = c - 1")]
    [InlineData(
        "a magnitude and one",
        "in x a: {b} x + 2 = b0 + 2 b1; 2 b1 - 1 * x = m; 1 + m * u = a",
        "in x a: {b} x + 2 = b0 + 2 b1; 2 b1 - 1 * x = m; m * u = a")]
    [InlineData(
        "a magnitude and one, if the sign is the right one",
        "in x a: {b} x + 2 = b0 + 2 b1; 2 b1 - 1 * x = m; 1 + m * u = a",
        "in x a: {b} x + 2 = b0 + 2 b1; 1 - 2 b1 * x = m; 1 + m * u = a")]
    [InlineData(
        "the greater of two numbers of which one is not zero",
        "in x y a: x - 1 * x - 2 = 0; y * y - 1 = 0; {b} x - y + 2 = b0 + 2 b1; b1 * x - y = p; y + p * u = a",
        "in x y a: x - 1 * x - 2 = 0; y * y - 1 = 0; {b} x - y + 2 = b0 + 2 b1; b1 * y - x = p; x + p * u = a")]
    [InlineData(
        "whether a value is zero, and one",
        "in x a: x * i = 1 - z; x * z = 0; z * i = 0; 1 + z * u = a",
        "in x a: x * i = 1 - z; x * z = 0; z * i = 0; z * u = a")]
    [InlineData(
        "three if a value is zero, and one",
        "in x a: x * i = 3 - z; x * z = 0; z * i = 0; 1 + z * u = a",
        "in x a: x * i = 3 - z; x * z = 0; z * i = 0; z - 3 * u = a")]
    [InlineData(
        "a remainder below a divisor that it makes positive",
        "in a b: q * q - 1 = 0; q * b = p; f * f - 1 = 0; g * g - 1 = 0; a - p = f + 2 g; h * h - 1 = 0; i * i - 1 = 0; b - 1 - a + p = h + 2 i",
        "in a b: q * q - 1 = 0; q * b = p; f * f - 1 = 0; g * g - 1 = 0; a - p = f + 2 g; h * h - 1 = 0; i * i - 1 = 0; b - a + p = h + 2 i")]
    [InlineData(
        "a remainder that is three times a wire from a number",
        "in a b: b - 1 * b - 2 = 0; q * q - 1 = 0; q * b = p; {b} a - 3 p = b0 + 2 b1; f * f - 1 = 0; g * g - 1 = 0; h * h - 1 = 0; 3 b - 1 - a + 3 p = f + 2 g + 4 h",
        "in a b: b - 1 * b - 2 = 0; q * q - 1 = 0; q * b = p; {b} a - 3 p = b0 + 2 b1; f * f - 1 = 0; g * g - 1 = 0; h * h - 1 = 0; 3 b - a + 3 p = f + 2 g + 4 h")]
    [InlineData(
        "a factor that is zero makes the product zero",
        "in x y: x * x - 1 = 0; d * x - 3 = 0; d * y = p; 1 - p * u = x",
        "in x y: x * x - 1 = 0; d * x = 0; d * y = p; 1 - p * u = x")]
    [InlineData("a number that is zero and has an inverse, vacuously", "in x: x = 0; x * v = 1; u * u = x", "in x: x = 0; x * v = 0; u * u = x + 1")]
    [InlineData("a number in two ranges, vacuously", "in x: x * x - 1 = 0; x - 3 * x - 4 = 0; u * u = x", "in x: x * x - 1 = 0; x - 1 * x - 4 = 0; u * u = x")]
    [InlineData(
        "a sum in two ranges, vacuously",
        "in x y: x + y * x + y - 1 = 0; 4 - x - y * 5 - x - y = 0; u * u = x",
        "in x y: x + y * x + y - 1 = 0; 1 - x - y * 5 - x - y = 0; u * u = x")]
    public void Cases(string what, string proved, string refused)
    {
        var unique = UniquenessAudit.Run(Rows.Of(proved.Replace("{b}", Bits01, StringComparison.Ordinal)).System);
        Assert.True(unique.Verdict == Verdict.Unique, $"{what}: {unique.Verdict}");
        var open = UniquenessAudit.Run(Rows.Of(refused.Replace("{b}", Bits01, StringComparison.Ordinal)).System);
        Assert.True(open.Verdict == Verdict.NotUnique, $"not {what}: {open.Verdict}");
    }

    [Fact]
    public void Outputs_are_judged_apart()
    {
        var report = UniquenessAudit.Run(Rows.Of("out z in x: x * i = 1 - z; x * z = 0").System);
        Assert.Equal(Verdict.OutputsUnique, report.Verdict);
        Assert.False(report.Pair!.DiffersInOutput);
        Assert.Equal(Obstacle.CoefficientMayBeZero, Assert.Single(report.Unproved).Obstacle);
    }

    [Fact]
    public void Without_outputs_inner_wires_count()
    {
        var report = UniquenessAudit.Run(Rows.Of("in x: x * i = 1 - z; x * z = 0").System, effort: 0);
        Assert.Equal(Verdict.Unproved, report.Verdict);
    }

    /// <summary>254 bits spell two numbers for most elements; 253 do not.</summary>
    [Theory]
    [InlineData(253, Verdict.Unique)]
    [InlineData(254, Verdict.NotUnique)]
    public void Bits_may_not_wrap_around(int count, Verdict expected)
    {
        var bits = Enumerable.Range(0, count).ToArray();
        var text = $"in x: {string.Join("; ", bits.Select(i => $"b{i} * b{i} - 1 = 0"))}; {string.Join(" + ", bits.Select(i => $"2^{i} b{i}"))} = x";
        var report = UniquenessAudit.Run(Rows.Of(text).System);
        Assert.Equal(expected, report.Verdict);
        Assert.Equal(expected == Verdict.NotUnique, report.Pair is not null);
    }

    /// <summary>a = q·b + r with q and r of two bits each and b of two bits: unique only if r &lt; b is checked as well.</summary>
    [Theory]
    [InlineData(Verdict.Unique, "in a c: {c} q * c + 1 = p; {q} {r} {s}")]
    [InlineData(Verdict.NotUnique, "in a c: {c} q * c + 1 = p; {q} {r}")]
    [InlineData(Verdict.NotUnique, "in a c: {c} q * c + 1 = p; {q} {s}")]
    [InlineData(Verdict.NotUnique, "in a c: {c} q * c + 1 = p; {r} {s}")]
    public void Division(Verdict expected, string text)
    {
        // b = c + 1 with c a two-bit input; r = a − p; s = b − 1 − r.
        var full = text
            .Replace("{c}", Bits("c", "c"), StringComparison.Ordinal)
            .Replace("{q}", Bits("q", "q"), StringComparison.Ordinal)
            .Replace("{r}", Bits("r", "a - p"), StringComparison.Ordinal)
            .Replace("{s}", Bits("s", "c - a + p"), StringComparison.Ordinal);
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of(full).System).Verdict);

        static string Bits(string name, string sum) => Rows.Bits(name, sum, 2);
    }

    /// <summary>The same where the divisor's own range, −2 or 3, allows what the checks of the remainder do not.</summary>
    [Theory]
    [InlineData(Verdict.Unique, "c - a + p")]
    [InlineData(Verdict.NotUnique, "c - a + p + 1")]
    public void Division_by_what_only_the_remainder_makes_positive(Verdict expected, string slack)
    {
        var bits = new[] { ("q", "q"), ("r", "a - p"), ("s", slack) }.Select(part =>
            $"{part.Item1}0 * {part.Item1}0 - 1 = 0; {part.Item1}1 * {part.Item1}1 - 1 = 0; {part.Item1}0 + 2 {part.Item1}1 = {part.Item2}");
        var text = $"in a c: c + 3 * c - 2 = 0; q * c + 1 = p; {string.Join("; ", bits)}";
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of(text).System).Verdict);
    }

    [Fact]
    public void A_witness_must_satisfy_the_system()
    {
        var system = Rows.Of("in x: x * x = y").System;
        Assert.Equal(Verdict.Unique, UniquenessAudit.Run(system, [1, 3, 9]).Verdict);
        Assert.Throws<ArgumentException>(() => UniquenessAudit.Run(system, [1, 3, 8]));
    }

    [Fact]
    public void A_search_starts_from_a_witness()
    {
        // No attempt of its own would guess a square that is large.
        var system = Rows.Of("in x y: u * u = x; x * y = 77").System;
        Fr root = 123456789;
        var x = root.Square();
        var report = UniquenessAudit.Run(system, [1, x, 77 * x.Invert(), root]);
        Assert.Equal(Verdict.NotUnique, report.Verdict);
        Assert.Equal([3], report.Pair!.DifferingWires);
    }

    [Fact]
    public void Pairs_are_checked()
    {
        var system = Rows.Of("in x: u * u = x").System;
        Assert.NotNull(WitnessPair.Check(system, [1, 4, 2], [1, 4, -2]));
        Assert.Null(WitnessPair.Check(system, [1, 4, 2], [1, 4, 2]));
        Assert.Null(WitnessPair.Check(system, [1, 4, 2], [1, 9, 3]));
        Assert.Null(WitnessPair.Check(system, [1, 4, 2], [1, 4, 3]));
    }
}
