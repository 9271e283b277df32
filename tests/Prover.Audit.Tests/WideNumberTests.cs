using System.Numerics;

namespace Prover.Audit.Tests;

/// <summary>Numbers as wide as the modulus: each rule about ranges proves what cannot wrap around, and not its neighbour that can.</summary>
public sealed class WideNumberTests
{
    /// <summary>254 bits spell two numbers for most elements; 253 do not. The lowest bit is what the others leave of x.</summary>
    [Theory]
    [InlineData(253, Verdict.Unique)]
    [InlineData(254, Verdict.Unproved)]
    public void Bits_below_a_rest_may_not_wrap_around(int count, Verdict expected)
    {
        var others = string.Concat(Enumerable.Range(1, count - 1).Select(i => $"b{i} * b{i} - 1 = 0; "));
        var rest = $"x {string.Join(" ", Enumerable.Range(1, count - 1).Select(i => $"- 2^{i} b{i}"))}";
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of($"in x: {others}{rest} * {rest} - 1 = 0").System, effort: 0).Verdict);
    }

    /// <summary>
    /// 254 bits, each of which must be zero where the modulus less one has a zero and the bits above are no less than its: b·(1 - t - b) = 0. With
    /// b·(2 - t - b) = 0 it may be one there, and most elements have a second decomposition.
    /// </summary>
    [Theory]
    [InlineData("1", Verdict.Unique)]
    [InlineData("2", Verdict.Unproved)]
    public void Bits_are_bounded_by_rows_that_make_them_zero(string constant, Verdict expected)
    {
        var rows = new List<string> { "b253 * b253 - 1 = 0" };
        var bound = Fr.Modulus - 1;
        var t = "b253";
        for (var i = 252; i >= 0; i--)
        {
            var bit = i > 0 ? $"b{i}" : $"x {string.Join(" ", Enumerable.Range(1, 253).Select(k => $"- 2^{k} b{k}"))}";
            var negated = i > 0 ? $"- b{i}" : $"- x {string.Join(" ", Enumerable.Range(1, 253).Select(k => $"+ 2^{k} b{k}"))}";
            rows.Add($"{bit} * 1 {negated} = 0");
            if ((bound >> i).IsEven)
            {
                rows.Add($"{bit} * {constant} - {t} {negated} = 0");
            }
            else
            {
                rows.Add($"{t} * {bit} = p{i}");
                t = $"p{i}";
            }
        }

        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of($"in x: {string.Join("; ", rows)}").System, effort: 0).Verdict);
    }

    /// <summary>With b of 60 bits, q·b + r may reach the modulus from 194 bits of q on: then another quotient fits another multiple of it.</summary>
    [Theory]
    [InlineData(190, Verdict.Unique)]
    [InlineData(195, Verdict.Unproved)]
    public void Quotients_may_not_wrap_around(int bits, Verdict expected)
    {
        var text = $"in a c: {Rows.Bits("c", "c", 60)} q * c + 1 = p; {Rows.Bits("q", "q", bits)} {Rows.Bits("r", "a - p", 60)} {Rows.Bits("s", "c - a + p", 60)}";
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of(text).System, effort: 0).Verdict);
    }

    /// <summary>Where r and b - 1 - r are of 253 bits, they may add up to a number above the modulus.</summary>
    [Theory]
    [InlineData(251, Verdict.Unique)]
    [InlineData(253, Verdict.Unproved)]
    public void Remainders_may_not_wrap_around(int bits, Verdict expected)
    {
        var text = $"in a c: {Rows.Bits("c", "c", 3)} q * c + 1 = p; {Rows.Bits("q", "q", 1)} {Rows.Bits("r", "a - p", bits)} {Rows.Bits("s", "c - a + p", bits)}";
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of(text).System, effort: 0).Verdict);
    }

    /// <summary>
    /// 254 bits compared with a constant two at a time, as circomlib's CompConstant does: the parts add up to a number whose bit 127 says that the bits
    /// spell more. They have one meaning if the constant is below the modulus, and no other bits of the sum, here an input, can make up for that one.
    /// </summary>
    [Theory]
    [InlineData(-1, "", Verdict.Unique)]
    [InlineData(0, "", Verdict.Unproved)]
    [InlineData(-1, "2^127 excess", Verdict.Unproved)]
    [InlineData(-1, "2^126 excess", Verdict.Unproved)]
    [InlineData(-1, "2^136 excess", Verdict.Unique)]
    public void Bits_are_compared_with_a_constant(int aboveModulus, string excess, Verdict expected)
    {
        var constant = Fr.Modulus + aboveModulus;
        var rows = Enumerable.Range(0, 127).Select(i => Part(i, (int)((constant >> (2 * i)) & 3)))
            .Append(string.Join("; ", Enumerable.Range(0, 135).Where(i => i != 127).Select(i => $"o{i} * o{i} - 1 = 0")))
            .Append(excess.Length == 0 ? "0 = 0" : "excess * excess - 1 = 0")
            .Append($"{Sum(Enumerable.Range(0, 127).Select(i => $"p{i}"))} = {Sum(Enumerable.Range(0, 135).Where(i => i != 127).Select(i => $"2^{i} o{i}"))}{(excess.Length == 0 ? "" : $" + {excess}")}");
        Assert.Equal(expected, UniquenessAudit.Run(Rows.Of($"in x excess: {Rows.Bits("b", "x", 254)} {string.Join("; ", rows)}").System, effort: 0).Verdict);

        static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);
    }

    /// <summary>p is 2ⁱ where the digit b + 2c is below the constant one, 0 where it equals it, and 2¹²⁸ - 2ⁱ above.</summary>
    private static string Part(int i, int constant)
    {
        var (b, c) = ($"b{2 * i}", $"b{(2 * i) + 1}");
        BigInteger[] p = [.. Enumerable.Range(0, 4).Select(digit =>
            digit < constant ? BigInteger.One << i : digit == constant ? 0 : (BigInteger.One << 128) - (BigInteger.One << i))];
        return $"{p[3] - p[2] - p[1] + p[0]} {b} * {c} = p{i} {Minus(p[0], "")} {Minus(p[1] - p[0], b)} {Minus(p[2] - p[0], c)}";

        static string Minus(BigInteger factor, string wire) => $"{(factor.Sign < 0 ? "+" : "-")} {BigInteger.Abs(factor)} {wire}";
    }
}
