using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>A value whose range was narrowed under one name keeps its meaning under its other names, though both share one set of bits.</summary>
public class SharedBitsTests
{
    /// <summary>The sign is bit 3 of y + 8, which is all but the two low ones of a value that has been forced into [0, 2].</summary>
    [Theory]
    [InlineData("y >= 0", -6, false)]
    [InlineData("y >= 0", -8, false)]
    [InlineData("abs(y) == 6", -6, true)]
    [InlineData("bits<4>(abs(y))[1]", -6, true)]
    [InlineData("max(y, -7) == -6", -6, true)]
    [InlineData("bits<6>(y + 8)[1]", -6, true)]
    [InlineData("bits<6>(y + 8)[3]", -6, false)]
    [InlineData("div(y, 4, to 0, floor) == -2", -6, true)]
    public void Bits_of_a_narrowed_value_keep_their_places(string condition, int value, bool expected)
    {
        var rule = CompiledRule.Of($$"""
            rule r(private y: int[-8 .. 7], private claim: bool) {
              require narrow(y + 8, int[0 .. 2], "not narrow") <= 2, "unreachable"
              require ({{condition}}) == claim, "another truth"
            }
            """);
        Assert.Null(rule.Run(value, expected ? 1 : 0));
        Assert.Equal("another truth", rule.Run(value, expected ? 0 : 1));
        Assert.Equal("not narrow", rule.Run(0, 1));
    }

    [Fact]
    public void The_order_of_narrowing_and_comparing_does_not_matter()
    {
        foreach (var narrowFirst in new[] { true, false })
        {
            var gadget = new GadgetCircuit([new(-8, 7)], (builder, x) =>
            {
                var shifted = builder.Add(x[0], builder.Constant(8));
                var before = narrowFirst ? builder.Narrow(shifted, new(0, 2), builder.True, GadgetCircuit.Info("not narrow")) : null;
                var sign = builder.NonNegative(x[0]);
                return [sign, before ?? builder.Narrow(shifted, new(0, 2), builder.True, GadgetCircuit.Info("not narrow"))];
            });
            foreach (BigInteger value in new[] { -8, -7, -6 })
            {
                Assert.True(gadget.Accepts([value], 0, value + 8));
                Assert.False(gadget.Accepts([value], 1, value + 8));
            }
        }
    }

    /// <summary>Ranges, signs, magnitudes, bits and quotients of a few shifts of one value, in any order, so that most share wires.</summary>
    [Fact]
    public void Whatever_was_forced_before_outputs_keep_their_meaning() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            BigInteger value = random.Next(-16, 16);
            List<Func<BigInteger, BigInteger>> meanings = [];
            List<Func<BigInteger, bool>> ranges = [];
            var gadget = new GadgetCircuit([new(-16, 15)], (builder, x) =>
            {
                List<Signal> outputs = [];
                for (var step = random.Next(2, 8); step > 0; step--)
                {
                    var sign = random.Next(5) == 0 ? -1 : 1;
                    BigInteger shift = random.Next(7) switch { < 3 => 0, < 6 => 16, _ => random.Next(-20, 21) };
                    BigInteger Shifted(BigInteger v) => (sign * v) + shift;
                    var signal = builder.Add(builder.Multiply(x[0], builder.Constant(sign)), builder.Constant(shift));
                    var (output, meaning) = Step(builder, signal, Shifted(value), random, range => ranges.Add(v => range.Contains(Shifted(v))));
                    outputs.Add(output);
                    meanings.Add(v => meaning(Shifted(v)));
                }

                return [.. outputs];
            });

            var expected = meanings.Select(meaning => meaning(value)).ToArray();
            var areWrongRefused = Enumerable.Range(0, expected.Length).All(i => !gadget.Accepts([value], [.. expected[..i], expected[i] + 1, .. expected[(i + 1)..]]));

            // A prover that skips the witness program meets the rows.
            var outside = Enumerable.Range(-16, 32).Select(v => (BigInteger)v).Where(v => ranges.Exists(range => !range(v)));
            var areOthersRefused = outside.All(v =>
            {
                Fr[] inputs = [.. meanings.Select(meaning => Fr.FromInteger(meaning(v))), Fr.FromInteger(v)];
                return gadget.Circuit.R1cs.FindViolation(gadget.Circuit.Tape.SolveUnchecked(inputs)) is not null;
            });
            return gadget.Accepts([value], expected) && areWrongRefused && areOthersRefused;
        },
        iter: 2_000);

    /// <summary>An output and what it means of the integer that the signal stands for.</summary>
    private static (Signal Output, Func<BigInteger, BigInteger> Meaning) Step(
        CircuitBuilder builder, Signal signal, BigInteger integer, Random random, Action<Interval> demand)
    {
        switch (random.Next(6))
        {
            case 0:
                return (builder.NonNegative(signal), v => v.Sign >= 0 ? 1 : 0);
            case 1:
                return (builder.Absolute(signal), BigInteger.Abs);
            case 2:
                var place = random.Next(7);
                return (builder.Bits(builder.Absolute(signal), 7)[place], v => (BigInteger.Abs(v) >> place) & 1);
            case 3:
                var divisor = random.Next(2, 9);
                return (builder.FloorDivide(signal, builder.Constant(divisor)).Quotient, v => (v - (((v % divisor) + divisor) % divisor)) / divisor);
            default:
                var range = new Interval(integer - random.Next(20), integer + random.Next(20));
                demand(range);
                return (builder.Narrow(signal, range, builder.True, GadgetCircuit.Info("range")), v => v);
        }
    }
}
