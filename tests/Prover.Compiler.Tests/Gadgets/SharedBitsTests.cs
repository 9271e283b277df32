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
}
