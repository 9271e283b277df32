using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>Every gadget against big-integer arithmetic, at the edges of its intervals and in between, and refused beside them.</summary>
public class GadgetValueTests
{
    private static readonly BigInteger Two64 = BigInteger.One << 64;
    private static readonly Interval Signed = new(-Two64, Two64);

    [Fact]
    public void Sign_and_magnitude_match_integers()
    {
        var gadget = new GadgetCircuit([Signed], (b, x) => [b.NonNegative(x[0]), b.Absolute(x[0])]);
        foreach (var value in Samples(Signed))
        {
            BigInteger sign = value.Sign >= 0 ? 1 : 0;
            Assert.True(gadget.Accepts([value], sign, BigInteger.Abs(value)));
            Assert.False(gadget.Accepts([value], 1 - sign, BigInteger.Abs(value)));
            Assert.False(gadget.Accepts([value], sign, BigInteger.Abs(value) + 1));
        }
    }

    [Fact]
    public void Squares_of_numbers_around_zero_may_be_zero()
    {
        var gadget = new GadgetCircuit([new(-3, 5)], (b, x) =>
        {
            var square = b.Multiply(x[0], x[0]);
            return [square, b.NonNegative(b.Subtract(square, b.Constant(1))), b.NonNegative(b.Subtract(square, b.Constant(25)))];
        });
        for (var value = -3; value <= 5; value++)
        {
            Assert.True(gadget.Accepts([value], value * value, value == 0 ? 0 : 1, value == 5 ? 1 : 0));
            Assert.False(gadget.Accepts([value], value * value, value == 0 ? 1 : 0, value == 5 ? 1 : 0));
        }
    }

    [Fact]
    public void Division_floors_for_either_sign()
    {
        var divisors = new Interval(1, (BigInteger.One << 40) + 5);
        var gadget = new GadgetCircuit([Signed, divisors], (b, x) =>
        {
            var (quotient, remainder) = b.FloorDivide(x[0], x[1]);
            return [quotient, remainder];
        });
        foreach (var a in Samples(Signed))
        {
            foreach (var d in Samples(divisors))
            {
                var remainder = ((a % d) + d) % d;
                Assert.True(gadget.Accepts([a, d], (a - remainder) / d, remainder));
                Assert.False(gadget.Accepts([a, d], ((a - remainder) / d) - 1, remainder + d));
            }
        }
    }

    [Fact]
    public void Division_whose_equation_could_wrap_is_refused()
    {
        var builder = new CircuitBuilder();
        var dividend = builder.Input("a", false, new(0, BigInteger.One << 150));
        var fitting = builder.Input("b", false, new(1, BigInteger.One << 100));
        var tooLarge = builder.Input("c", false, new(1, BigInteger.One << 104));
        _ = builder.FloorDivide(dividend, fitting);
        Assert.Throws<ArgumentException>(() => builder.FloorDivide(dividend, tooLarge));
        Assert.Throws<ArgumentException>(() => builder.FloorDivide(dividend, builder.Input("d", false, new(0, 5))));
    }

    [Fact]
    public void Division_by_a_constant_floors_for_either_sign()
    {
        var gadget = new GadgetCircuit([Signed], (b, x) =>
        {
            var (quotient, remainder) = b.FloorDivide(x[0], b.Constant(1_000_000));
            return [quotient, remainder];
        });
        foreach (var a in Samples(Signed))
        {
            var remainder = ((a % 1_000_000) + 1_000_000) % 1_000_000;
            Assert.True(gadget.Accepts([a], (a - remainder) / 1_000_000, remainder));
        }
    }

    [Fact]
    public void Ranges_accept_their_ends_and_refuse_their_neighbours()
    {
        foreach (var range in new Interval[] { new(0, 1), new(0, 0), new(-1, 0), new(5, 12), new(-300, 1_000_000), new(0, Two64 - 1), new(-Two64, Two64), new(7, 7) })
        {
            foreach (var known in new Interval?[] { null, new(-Two64 * 4, Two64 * 4), range with { High = Two64 * 4 }, range with { Low = -Two64 * 4 } })
            {
                var gadget = new GadgetCircuit([known], (b, x) => [b.Narrow(x[0], range, b.True, GadgetCircuit.Info("out of range"))]);
                foreach (var value in new[] { range.Low - 1, range.Low, range.High, range.High + 1 }.Where(v => known is not { } k || k.Contains(v)))
                {
                    Assert.Equal(range.Contains(value), gadget.Accepts([value], value));
                }
            }
        }
    }

    [Fact]
    public void Canonical_bits_spell_the_canonical_integer()
    {
        var gadget = new GadgetCircuit([null], (b, x) => b.CanonicalBits(x[0]));
        foreach (var value in new[] { 0, 1, Two64, Fr.Modulus - 1, Fr.Modulus / 2, Fr.Modulus - Two64 })
        {
            Assert.True(gadget.Accepts([value], [.. Enumerable.Range(0, 254).Select(i => (value >> i) & 1)]));
        }
    }

    [Fact]
    public void Equality_select_and_logic_match_their_truth_tables()
    {
        var gadget = new GadgetCircuit([Interval.Bit, Interval.Bit], (b, x) =>
            [b.And(x[0], x[1]), b.Or(x[0], x[1]), b.Not(x[0]), b.Equal(x[0], x[1]), b.Select(x[0], b.Constant(7), x[1]), b.Any([x[0], x[1], x[0], x[1]])]);
        foreach (var (p, q) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            Assert.True(gadget.Accepts([p, q], p & q, p | q, 1 - p, p == q ? 1 : 0, p == 1 ? 7 : q, p | q));
        }
    }

    [Fact]
    public void Guards_switch_requirements_off()
    {
        var gadget = new GadgetCircuit([Interval.Bit, Signed], (b, x) =>
        {
            b.Require(b.NonNegative(x[1]), x[0], GadgetCircuit.Info("negative"));
            b.Require(b.Not(b.Equal(x[1], b.Constant(3))), x[0], GadgetCircuit.Info("three"));
            return [b.Narrow(x[1], new(-5, 9), x[0], GadgetCircuit.Info("range")), b.Inverse(x[1], x[0], GadgetCircuit.Info("zero"))];
        });
        Assert.True(gadget.Accepts([0, 12], 0, 1));
        Assert.True(gadget.Accepts([0, -7], 0, 1));
        Assert.True(gadget.Accepts([0, 3], 0, 1));
        Assert.True(gadget.Accepts([1, 1], 1, 1));
        Assert.Equal("negative", gadget.Solve([1, -1], -1, -1).Failure?.Message);
        Assert.Equal("three", gadget.Solve([1, 3], 3, 1).Failure?.Message);
        Assert.Equal("range", gadget.Solve([1, 12], 12, 1).Failure?.Message);
        Assert.Equal("zero", gadget.Solve([1, 0], 0, 1).Failure?.Message);
    }

    [Fact]
    public void Messages_print_values_in_scale()
    {
        var gadget = new GadgetCircuit([Signed, Signed], (b, x) =>
        {
            b.Require(b.NonNegative(b.Subtract(x[0], x[1])), new("margin: have {0}, need {1}", [new(x[0], 2), new(x[1], 2)], default, "rule<1>"));
            return [];
        });
        Assert.True(gadget.Accepts([-150, -150]));
        Assert.Equal("margin: have -1.51, need -1.5", gadget.Solve([-151, -150]).Failure?.Message);
    }

    [Fact]
    public void Overflow_is_refused_before_it_happens()
    {
        var builder = new CircuitBuilder();
        var large = builder.Input("x", false, new(0, BigInteger.One << 125));
        _ = builder.Multiply(large, large);
        var error = Assert.Throws<ArgumentException>(() => builder.Multiply(builder.Multiply(large, large), large));
        Assert.Contains("376 bits", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<BigInteger> Samples(Interval interval)
    {
        var random = new Random(7);
        BigInteger[] near = [interval.Low, interval.Low + 1, -1, 0, 1, interval.High - 1, interval.High, (interval.Low + interval.High) / 2];
        var spread = Enumerable.Range(0, 20).Select(_ => interval.Low + (random.NextInt64() * (interval.High - interval.Low) / long.MaxValue));
        return near.Concat(spread).Where(interval.Contains).Distinct();
    }
}
