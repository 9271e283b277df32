using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>
/// Every gadget against an adversary: with all rows it finds no second output, without any single row it finds one, so that the rows suffice
/// and none is idle. Gadgets are small here; their code does not depend on the width.
/// </summary>
public class GadgetSoundnessTests
{
    /// <summary>A gadget, inputs to try it on, and its outputs by big integers.</summary>
    public sealed record Sample(
        Interval?[] Inputs, Func<CircuitBuilder, Signal[], Signal[]> Gadget, BigInteger[][] Cases, Func<BigInteger[], BigInteger[]> Outputs);

    private static readonly Interval Nibble = new(0, 15);
    private static readonly Interval Signed = new(-16, 15);
    private static readonly Requirement Info = GadgetCircuit.Info("required");

    private static readonly Dictionary<string, Sample> Samples = new()
    {
        ["product"] = new([null, null], (b, x) => [b.Multiply(x[0], x[1])], [[3, 4]], x => [x[0] * x[1]]),
        ["wire"] = new([null, null], (b, x) => [b.Wire(b.Add(x[0], b.Add(x[1], x[1])))], [[3, 4]], x => [x[0] + x[1] + x[1]]),
        ["bits"] = new([Nibble], (b, x) => b.Bits(x[0], 4), [[5], [0], [15]], x => Bits(x[0], 4)),
        ["range 2^4"] = new([null], (b, x) => [.. b.Bits(b.Narrow(x[0], Nibble, b.True, Info), 4)], [[5], [0], [15]], x => Bits(x[0], 4)),
        ["sign"] = new([Signed], (b, x) => [b.NonNegative(x[0])], [[5], [-5], [0], [-1], [-16], [15]], x => [x[0].Sign >= 0 ? 1 : 0]),
        ["magnitude"] = new([Signed], (b, x) => [b.Absolute(x[0])], [[5], [-5], [0], [-1]], x => [BigInteger.Abs(x[0])]),
        ["is zero"] = new([null, null], (b, x) => [b.Equal(x[0], x[1])], [[5, 6], [7, 7]], x => [x[0] == x[1] ? 1 : 0]),
        ["equal bits"] = new([Interval.Bit, Interval.Bit], (b, x) => [b.Equal(x[0], x[1])], [[1, 0], [1, 1]], x => [x[0] == x[1] ? 1 : 0]),
        ["inverse"] = new([null], (b, x) => [b.Inverse(x[0], b.True, Info)], [[5]], x => [Fr.FromInteger(x[0]).Invert().ToInteger()]),
        ["guarded inverse"] = new(
            [null, Interval.Bit], (b, x) => [b.Inverse(x[0], x[1], Info)], [[5, 1], [0, 0]],
            x => [x[1].IsZero ? 1 : Fr.FromInteger(x[0]).Invert().ToInteger()]),
        ["select"] = new([Interval.Bit, null, null], (b, x) => [b.Select(x[0], x[1], x[2])], [[0, 3, 4], [1, 3, 4]], x => [x[0].IsOne ? x[1] : x[2]]),
        ["all"] = new(
            [Interval.Bit, Interval.Bit, Interval.Bit, Interval.Bit], (b, x) => [b.All(x)], [[1, 1, 1, 1], [1, 0, 1, 1]],
            x => [x.All(bit => bit.IsOne) ? 1 : 0]),
        ["division"] = new([new(-20, 20), new(1, 5)], Divide, [[7, 2], [-7, 3], [20, 5], [0, 4], [19, 5], [-20, 1], [8, 3]], Floor),
        ["division by a constant"] = new(
            [new(-20, 20)], (b, x) => Divide(b, [x[0], b.Constant(6)]), [[7], [-7], [20], [0], [-20], [11]], x => Floor([x[0], 6])),
    };

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_second_output_satisfies_the_rows(string name)
    {
        var (circuit, assignments) = Solve(name);
        var adversary = new Adversary(circuit.R1cs);
        foreach (var assignment in assignments)
        {
            Assert.Null(adversary.FindForgery(assignment));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_any_one_row_an_output_can_be_forged(string name)
    {
        var (circuit, assignments) = Solve(name);
        for (var row = 0; row < circuit.R1cs.ConstraintCount; row++)
        {
            var adversary = new Adversary(circuit.R1cs, row);
            Assert.True(
                assignments.Exists(assignment => adversary.FindForgery(assignment) is not null || adversary.FreeWires(assignment).Any()),
                $"{name}: row {row} is idle");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_wire_is_forced(string name)
    {
        var (circuit, assignments) = Solve(name);
        var adversary = new Adversary(circuit.R1cs);
        foreach (var assignment in assignments)
        {
            Assert.Empty(adversary.FreeWires(assignment));
        }
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(-3, 17)]
    [InlineData(5, 95)]
    [InlineData(0, 106)]
    public void A_range_that_is_no_power_of_two_holds_and_has_no_idle_row(int low, int high)
    {
        var gadget = new GadgetCircuit([null], (b, x) => [b.Multiply(b.Narrow(x[0], new(low, high), b.True, Info), b.False)]);
        var system = gadget.Circuit.R1cs;
        var accepted = Enumerable.Range(low, high - low + 1).Select(value => gadget.Solve([value], 0).RequireAssignment()).ToList();
        int[] refused = [low - 1, high + 1, low - 50, high + 20, high + 21, high + 60];
        Assert.DoesNotContain(refused, value => IsForged(new Adversary(system), value));
        for (var row = 0; row < system.ConstraintCount - 1; row++)
        {
            Assert.True(Array.Exists(refused, value => IsForged(new Adversary(system, row), value)), $"row {row} is idle");
        }

        // Wire 1 is the output, wire 2 the value: put a refused one where an accepted one stood, and let the adversary repair the rest.
        bool IsForged(Adversary adversary, int value) => accepted.Exists(assignment =>
        {
            var start = (Fr[])assignment.Clone();
            start[2] = value;
            return adversary.CanRepair(start);
        });
    }

    [Fact]
    public void Bits_that_spell_a_value_plus_the_modulus_are_refused()
    {
        var gadget = new GadgetCircuit([null], (b, x) => b.CanonicalBits(x[0]));
        var wrapped = Fr.Modulus + 5;
        Assert.True(wrapped.GetBitLength() <= 254);
        var assignment = gadget.Solve([5], Bits(5, 254)).RequireAssignment();
        var forged = (Fr[])assignment.Clone();
        for (var i = 0; i < 254; i++)
        {
            forged[1 + i] = Fr.FromInteger((wrapped >> i) & 1);
        }

        // Wires after 254 outputs and the input: bits 1 to 253, then the running products at the ones of r − 1.
        var next = 256;
        for (var i = 1; i < 254; i++)
        {
            forged[next++] = forged[1 + i];
        }

        var product = forged[254];
        foreach (var position in new Prover.Witness.BoundedBitsLayout(Fr.Modulus - 1).ProductPositions)
        {
            product *= forged[1 + position];
            forged[next++] = product;
        }

        Assert.Equal(forged.Length, next);
        Assert.Null(gadget.Circuit.R1cs.FindViolation(assignment));
        Assert.NotNull(gadget.Circuit.R1cs.FindViolation(forged));
    }

    private static (Prover.Witness.CompiledCircuit Circuit, List<Fr[]> Assignments) Solve(string name)
    {
        var sample = Samples[name];
        var gadget = new GadgetCircuit(sample.Inputs, sample.Gadget);
        return (gadget.Circuit, [.. sample.Cases.Select(inputs => gadget.Solve(inputs, sample.Outputs(inputs)).RequireAssignment())]);
    }

    private static Signal[] Divide(CircuitBuilder builder, Signal[] x)
    {
        var (quotient, remainder) = builder.FloorDivide(x[0], x[1]);
        return [quotient, remainder];
    }

    private static BigInteger[] Floor(BigInteger[] x)
    {
        var remainder = ((x[0] % x[1]) + x[1]) % x[1];
        return [(x[0] - remainder) / x[1], remainder];
    }

    private static BigInteger[] Bits(BigInteger value, int count) => [.. Enumerable.Range(0, count).Select(i => (value >> i) & 1)];
}
