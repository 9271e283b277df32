using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>Random programs over a few integers, where values and decompositions are shared in ways no single gadget's test reaches.</summary>
public class RandomCircuitTests
{
    private static readonly Interval[] Ranges = [new(-100, 100), new(0, 255), new(1, 9), Interval.Bit, new(-(BigInteger.One << 40), BigInteger.One << 40)];
    private static readonly Interval[] SmallRanges = [new(-16, 15), new(0, 15), new(1, 5), Interval.Bit, new(-5, 9)];

    [Fact]
    public void Tape_and_constraints_agree_with_big_integers() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40]).Sample(
        (seed, length) =>
        {
            // Products of two nodes and divisions stay inside ±2²⁵².
            var sample = Sample.Of(seed, length, Ranges, maximumBits: 120);

            // Every node is an output, so a single wrong one is refused too.
            var wrong = sample.Outputs.ToArray();
            wrong[new Random(seed).Next(wrong.Length)] += 1;
            return sample.Circuit.Accepts(sample.Inputs, sample.Outputs) && !sample.Circuit.Accepts(sample.Inputs, wrong);
        },
        iter: 300);

    [Fact]
    public void Small_circuits_have_one_assignment_for_each_input()
    {
        var finished = 0;
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 20]).Sample(
            (seed, length) =>
            {
                var sample = Sample.Of(seed, length, SmallRanges, maximumBits: 6);
                var search = sample.Search();
                if (!search.IsUnfinished)
                {
                    Interlocked.Increment(ref finished);
                    Assert.False(search.HasFreeWire);
                    Assert.Equal(sample.Outputs.Select(Fr.FromInteger), Assert.Single(search.Found).AsSpan(1, sample.Outputs.Length).ToArray());
                }
            },
            iter: 1000);
        Assert.True(finished > 900, $"{finished} of 1,000 searches came to an end");
    }

    [Fact]
    public void Small_circuits_have_several_assignments_once_a_row_is_deleted()
    {
        var (rows, noticed) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var sample = Sample.Of(seed, length: 8, SmallRanges, maximumBits: 6);
            for (var row = 0; row < sample.Circuit.Circuit.R1cs.ConstraintCount; row++)
            {
                var search = sample.Search(row);
                rows++;
                noticed += search.HasFreeWire || search.Found.Count > 1 ? 1 : 0;
            }
        }

        // A row may matter for other inputs only.
        Assert.True(noticed > 0.8 * rows, $"{noticed} of {rows} deletions noticed");
    }

    private static BigInteger Pick(Random random, Interval range) => random.Next(4) switch
    {
        0 => range.Low,
        1 => range.High,
        _ => range.Low + (random.NextInt64() * (range.High - range.Low) / long.MaxValue),
    };

    /// <summary>A random circuit, random inputs, and the exact values of its nodes.</summary>
    private sealed record Sample(GadgetCircuit Circuit, BigInteger[] Inputs, BigInteger[] Outputs)
    {
        public static Sample Of(int seed, int length, Interval[] ranges, int maximumBits)
        {
            var random = new Random(seed);
            BigInteger[] inputs = [.. ranges.Select(range => Pick(random, range))];
            BigInteger[] outputs = [];
            var gadget = new GadgetCircuit([.. ranges.Select(range => (Interval?)range)], (builder, x) =>
            {
                var program = new Program(builder, random, maximumBits, [.. x.Zip(inputs)]);
                for (var i = 0; i < length; i++)
                {
                    program.Step();
                }

                outputs = [.. program.Nodes.Select(node => node.Value)];
                return [.. program.Nodes.Select(node => node.Signal)];
            });
            return new(gadget, inputs, outputs);
        }

        public AssignmentSearch Search(int deletedRow = -1) =>
            new AssignmentSearch(Circuit.Circuit.R1cs, deletedRow).With([.. Inputs.Select(Fr.FromInteger)]);
    }

    /// <summary>Grows a circuit and its exact values side by side.</summary>
    private sealed class Program(CircuitBuilder builder, Random random, int maximumBits, List<(Signal Signal, BigInteger Value)> nodes)
    {
        public IReadOnlyList<(Signal Signal, BigInteger Value)> Nodes => nodes;

        public void Step()
        {
            var (a, b, bit) = (Any(), Any(), nodes.Where(node => node.Signal.IsBit).OrderBy(_ => random.Next()).First());
            var node = random.Next(12) switch
            {
                0 => (builder.Add(a.Signal, b.Signal), a.Value + b.Value),
                1 => (builder.Subtract(a.Signal, b.Signal), a.Value - b.Value),
                2 or 3 => (builder.Multiply(a.Signal, b.Signal), a.Value * b.Value),
                4 => (builder.Equal(a.Signal, b.Signal), a.Value == b.Value ? 1 : 0),
                5 => (builder.NonNegative(a.Signal), a.Value.Sign >= 0 ? 1 : 0),
                6 => (builder.Absolute(a.Signal), BigInteger.Abs(a.Value)),
                7 => (builder.Select(bit.Signal, a.Signal, b.Signal), bit.Value.IsOne ? a.Value : b.Value),
                8 => (builder.Not(bit.Signal), 1 - bit.Value),
                9 => BitOf(a),
                10 => Divide(a, b),
                _ => (builder.Narrow(a.Signal, new(a.Value - 3, a.Value + random.Next(9)), builder.True, GadgetCircuit.Info("range")), a.Value),
            };
            if (node.Item1.Interval!.Value.MagnitudeBits <= maximumBits)
            {
                nodes.Add(node);
            }
        }

        private (Signal Signal, BigInteger Value) Any() => nodes[random.Next(nodes.Count)];

        private (Signal Signal, BigInteger Value) BitOf((Signal Signal, BigInteger Value) a)
        {
            var magnitude = builder.Absolute(a.Signal);
            var bits = builder.Bits(magnitude, magnitude.Interval!.Value.MagnitudeBits + 1);
            var index = random.Next(bits.Length);
            return (bits[index], (BigInteger.Abs(a.Value) >> index) & 1);
        }

        private (Signal Signal, BigInteger Value) Divide((Signal Signal, BigInteger Value) a, (Signal Signal, BigInteger Value) b)
        {
            var divisor = BigInteger.Abs(b.Value) + 1;
            var (quotient, remainder) = builder.FloorDivide(a.Signal, builder.Add(builder.Absolute(b.Signal), builder.True));
            var rest = ((a.Value % divisor) + divisor) % divisor;
            return random.Next(2) == 0 ? (quotient, (a.Value - rest) / divisor) : (remainder, rest);
        }
    }
}
