using System.Numerics;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>Random programs over a few integers, where values and decompositions are shared in ways no single gadget's test reaches.</summary>
public class RandomCircuitTests
{
    private static readonly Interval[] Ranges = [new(-100, 100), new(0, 255), new(1, 9), Interval.Bit, new(-(BigInteger.One << 40), BigInteger.One << 40)];

    [Fact]
    public void Tape_and_constraints_agree_with_big_integers() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40]).Sample(
        (seed, length) =>
        {
            var random = new Random(seed);
            BigInteger[] inputs = [.. Ranges.Select(range => Pick(random, range))];
            List<BigInteger> values = [];
            var gadget = new GadgetCircuit([.. Ranges.Select(range => (Interval?)range)], (builder, x) =>
            {
                var program = new Program(builder, random, [.. x.Zip(inputs)]);
                for (var i = 0; i < length; i++)
                {
                    program.Step();
                }

                values.AddRange(program.Nodes.Select(node => node.Value));
                return [.. program.Nodes.Select(node => node.Signal)];
            });

            // Every node is an output, so a single wrong one is refused too.
            var wrong = values.ToArray();
            wrong[random.Next(wrong.Length)] += 1;
            return gadget.Accepts(inputs, [.. values]) && !gadget.Accepts(inputs, wrong);
        },
        iter: 300);

    private static BigInteger Pick(Random random, Interval range) => random.Next(4) switch
    {
        0 => range.Low,
        1 => range.High,
        _ => range.Low + (random.NextInt64() * (range.High - range.Low) / long.MaxValue),
    };

    /// <summary>Grows a circuit and its exact values side by side.</summary>
    private sealed class Program(CircuitBuilder builder, Random random, List<(Signal Signal, BigInteger Value)> nodes)
    {
        /// <summary>Keeps every product of two nodes and every division inside ±2²⁵².</summary>
        private const int MaximumBits = 120;

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
            if (node.Item1.Interval!.Value.MagnitudeBits <= MaximumBits)
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
