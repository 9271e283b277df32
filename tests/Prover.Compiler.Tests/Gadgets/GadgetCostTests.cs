using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>The table of what each gadget costs; a change here is a change of every circuit.</summary>
public class GadgetCostTests
{
    private static readonly BigInteger Two64 = BigInteger.One << 64;
    private static readonly Interval Word = new(0, Two64 - 1);

    [Fact]
    public void Comparison_of_64_bit_values_costs_65() =>
        Assert.Equal(65, Cost([Word, Word], (b, x) => [b.NonNegative(b.Subtract(x[0], x[1]))]));

    [Fact]
    public void Required_comparison_of_64_bit_values_costs_64() => Assert.Equal(64, Cost([Word, Word], (b, x) =>
    {
        b.Require(b.NonNegative(b.Subtract(x[0], x[1])), GadgetCircuit.Info("x0 >= x1"));
        return [];
    }));

    [Fact]
    public void Bits_of_a_64_bit_value_cost_64() => Assert.Equal(64, Cost([Word], (b, x) => b.Bits(x[0], 64)));

    [Fact]
    public void Canonical_bits_cost_less_than_circoms_515() => Assert.Equal(353, Cost([null], (b, x) => b.CanonicalBits(x[0])));

    [Fact]
    public void Division_of_64_by_64_bits_costs_193() => Assert.Equal(193, Cost([Word, Word with { Low = 1 }], (b, x) =>
    {
        var (quotient, remainder) = b.FloorDivide(x[0], x[1]);
        return [quotient, remainder];
    }));

    [Fact]
    public void Equality_costs_3() => Assert.Equal(3, Cost([null, null], (b, x) => [b.Equal(x[0], x[1])]));

    [Fact]
    public void Equality_of_booleans_costs_1() => Assert.Equal(1, Cost([Interval.Bit, Interval.Bit], (b, x) => [b.Equal(x[0], x[1])]));

    [Fact]
    public void Select_costs_1() => Assert.Equal(1, Cost([Interval.Bit, Word, Word], (b, x) => [b.Select(x[0], x[1], x[2])]));

    [Fact]
    public void Absolute_of_a_signed_64_bit_value_costs_65() =>
        Assert.Equal(65, Cost([new(-(Two64 >> 1), (Two64 >> 1) - 1)], (b, x) => [b.Absolute(x[0])]));

    [Fact]
    public void Inverse_costs_1() => Assert.Equal(1, Cost([null], (b, x) => [b.Inverse(x[0], b.True, GadgetCircuit.Info("zero"))]));

    [Fact]
    public void Wire_of_a_sum_costs_1() => Assert.Equal(1, Cost([null, null], (b, x) => [b.Wire(b.Add(x[0], x[1])), b.Wire(b.Add(x[0], x[1])), b.Wire(x[0])]));

    [Fact]
    public void Range_of_a_million_costs_26() =>
        Assert.Equal(26, Cost([null], (b, x) => [b.Narrow(x[0], new(0, 1_000_000), b.True, GadgetCircuit.Info("range"))]));

    [Fact]
    public void Conjunction_of_many_costs_3() => Assert.Equal(3, Cost([.. Enumerable.Repeat<Interval?>(Interval.Bit, 10)], (b, x) => [b.All(x)]));

    [Fact]
    public void Operations_nobody_uses_cost_nothing() => Assert.Equal(0, Cost([Word, Word], (b, x) =>
    {
        _ = b.Multiply(x[0], b.NonNegative(b.Subtract(x[0], x[1])));
        _ = b.Equal(x[0], x[1]);
        return [];
    }));

    [Fact]
    public void Equal_products_are_shared() => Assert.Equal(1, Cost([null, null], (b, x) =>
        [b.Multiply(x[0], x[1]), b.Multiply(b.Multiply(x[1], b.Constant(2)), x[0]), b.Multiply(b.Negate(x[1]), b.Negate(x[0]))]));

    [Fact]
    public void A_product_required_to_be_a_sum_costs_1() => Assert.Equal(1, Cost([null, null, null], (b, x) =>
    {
        b.RequireEqual(b.Multiply(x[0], x[1]), b.Add(x[0], x[2]), GadgetCircuit.Info("equal"));
        return [];
    }));

    [Fact]
    public void A_product_that_others_use_keeps_its_wire() => Assert.Equal(3, Cost([null, null, null], (b, x) =>
    {
        var product = b.Multiply(x[0], x[1]);
        b.RequireEqual(product, b.Add(x[0], x[2]), GadgetCircuit.Info("equal"));
        return [b.Multiply(product, x[2])];
    }));

    [Fact]
    public void A_wire_takes_the_place_of_a_product_that_only_it_uses() => Assert.Equal(1, Cost([null, null, null], (b, x) =>
        [b.Wire(b.Add(b.Multiply(x[0], x[1]), x[2]))]));

    [Fact]
    public void One_decomposition_serves_bits_range_and_sign() => Assert.Equal(64, Cost([null], (b, x) =>
    {
        var word = b.Narrow(x[0], Word, b.True, GadgetCircuit.Info("range"));
        return [.. b.Bits(word, 64), b.NonNegative(b.Subtract(word, b.Constant(Two64 >> 1)))];
    }));

    private static int Cost(Interval?[] inputs, Func<CircuitBuilder, Signal[], Signal[]> gadget) =>
        new GadgetCircuit(inputs, gadget, isApart: true).Cost;
}
