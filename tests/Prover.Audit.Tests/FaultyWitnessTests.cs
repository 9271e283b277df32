using System.Numerics;
using Prover.Compiler;
using Prover.Constraints;
using Prover.Language;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Audit.Tests;

/// <summary>
/// Compiled circuits, computed once as they should be and once with faults. The rows that refuse the second assignment are taken out, or bent until
/// they accept both: what is left has two solutions, and no wire in which they differ may be called determined.
/// </summary>
public sealed class FaultyWitnessTests
{
    [Theory]
    [InlineData("private a: int[-9 .. 9], private b: int[1 .. 6]", "div(a, b, to 1, half_even) != 0.3")]
    [InlineData("private a: int[-9 .. 9], private b: int[-6 .. 6]", "div(a, abs(b) + 1, to 0, trunc) != 2")]
    [InlineData("private a: dec(2)[-9999 .. 9999]", "round(a, to 1, away) * abs(a) < 300.0")]
    [InlineData("private x: field, private y: field", "x == y or (x == y + 1) != (x * y == 6) or field_bits(x)[253]")]
    [InlineData("private a: int[-9 .. 200], private b: int[3 .. 21], private c: bool", "max(a, b, 7) > (if c { argmin([b, a, 11]) } else { narrow(a, int[-2 .. 29], \"a\") })")]
    [InlineData("private a: [int[0 .. 5]; 5], private b: [int[0 .. 5]; 5]", "a != b and count(i in 0..5: a[i] == b[i]) >= 2")]
    public void What_differs_in_a_gadget_is_never_proved(string parameters, string condition)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("rule.circuit", $"rule gadget({parameters}) {{\n  require {condition}, \"no\"\n}}\n"), diagnostics);
        AssertHolds(CircuitCompiler.Compile(program, "gadget", diagnostics), rounds: 250);
    }

    [Theory]
    [InlineData("std/merkle", "merkle_test<1>")]
    [InlineData("std/montgomery", "montgomery_add_test")]
    [InlineData("margin/prices", "median_test<3>")]
    [InlineData("margin/risk", "initial_margin")]
    public void What_differs_in_a_circuit_is_never_proved(string file, string rule) =>
        AssertHolds(CircuitCompiler.Compile(Repository.PathOf("circuits", file + ".circuit"), rule), rounds: 12);

    private static void AssertHolds(Compilation compilation, int rounds)
    {
        var circuit = compilation.Circuit ?? throw new InvalidOperationException(DiagnosticRenderer.Render(compilation.Diagnostics));
        var (proved, differing) = (0, 0);
        for (var seed = 0; seed < rounds; seed++)
        {
            var (system, first, second) = new FaultyWitness(circuit, new(seed)).Plant();
            Assert.Null(system.FindViolation(first));
            Assert.Null(system.FindViolation(second));
            var report = UniquenessAudit.Run(system, effort: 0);
            for (var wire = 0; wire < first.Length; wire++)
            {
                proved += report.Rules[wire] > Rule.Input ? 1 : 0;
                differing += first[wire] != second[wire] ? 1 : 0;
                Assert.True(
                    first[wire] == second[wire] || report.Rules[wire] == Rule.None,
                    $"seed {seed}: wire {wire} is {first[wire]} or {second[wire]}, but {report.Rules[wire]}");
            }
        }

        Assert.True(proved > rounds / 2 && differing > rounds, $"{proved} wires proved, {differing} different: that tests nothing");
    }

    /// <summary>Makes a system of a circuit's rows with two solutions.</summary>
    private sealed class FaultyWitness(CompiledCircuit circuit, Random random)
    {
        private readonly LinearCombination[] _meaning = [.. Enumerable.Range(0, circuit.R1cs.WireCount).Select(LinearCombination.FromVariable)];

        public (R1cs System, Fr[] First, Fr[] Second) Plant()
        {
            Fr[] inputs = [.. circuit.Inputs.Select(input => Fr.FromInteger(Pick(input.Low, input.High)))];
            var (first, second) = (Compute(inputs, faults: 0), Compute(inputs, faults: random.Next(1, 4)));
            if (random.Next(2) == 0)
            {
                Rename(first, second);
            }

            var table = new CoefficientTable();
            SparseMatrixBuilder a = new(table), b = new(table), c = new(table);
            var identity = Enumerable.Range(0, first.Length).ToArray();
            for (var row = 0; row < circuit.R1cs.ConstraintCount; row++)
            {
                var (x, y, z) = (Read(circuit.R1cs.A, row), Read(circuit.R1cs.B, row), Read(circuit.R1cs.C, row));
                if (Bend(x, y, z, first, second) is { } bent)
                {
                    a.Add(x, identity);
                    b.Add(y, identity);
                    c.Add(bent, identity);
                }
            }

            return (circuit.R1cs with { A = a.Build(), B = b.Build(), C = c.Build() }, first, second);
        }

        /// <summary>The tape's values, whatever it requires; some instructions may write something else.</summary>
        private Fr[] Compute(Fr[] inputs, int faults)
        {
            var tape = circuit.Tape;
            var slots = new Fr[tape.SlotCount];
            slots[0] = Fr.One;
            inputs.CopyTo(slots, 1);
            var computing = Enumerable.Range(0, tape.Instructions.Length).Where(i => tape.OutputCount(tape.Instructions[i]) > 0).ToArray();
            var faulty = Enumerable.Range(0, faults).Select(_ => computing[random.Next(computing.Length)]).ToHashSet();
            foreach (var i in computing)
            {
                var instruction = tape.Instructions[i];
                var (x, to) = (tape.Linear.Evaluate(instruction.X, slots), instruction.Destination);
                switch (instruction.Operation)
                {
                    case TapeOperation.Linear:
                        slots[to] = x;
                        break;
                    case TapeOperation.Product:
                        slots[to] = x * tape.Linear.Evaluate(instruction.Y, slots);
                        break;
                    case TapeOperation.Inverse:
                        slots[to] = x.IsZero ? Fr.Zero : x.Invert();
                        break;
                    case TapeOperation.IsZero:
                        slots[to] = x.IsZero ? Fr.Zero : x.Invert();
                        slots[to + 1] = x.IsZero ? Fr.One : Fr.Zero;
                        break;
                    case TapeOperation.FloorDivide:
                        slots[to] = Divide(x.ToSignedInteger(), tape.Linear.Evaluate(instruction.Y, slots).ToSignedInteger());
                        break;
                    default:
                        // A wrong number is a number all the same: its bits and their products fit together.
                        WriteBits(slots, to, tape.Integers[instruction.Parameter], faulty.Contains(i) && random.Next(2) == 0 ? Other(x.ToInteger()) : x.ToInteger());
                        break;
                }

                if (faulty.Contains(i))
                {
                    ref var slot = ref slots[to + random.Next(tape.OutputCount(instruction))];
                    slot = random.Next(5) switch { 0 => slot + Fr.One, 1 => slot - Fr.One, 2 => Fr.One - slot, 3 => -slot, _ => Arbitrary() };
                }
            }

            return slots[..tape.WireCount];
        }

        private BigInteger Other(BigInteger value) => random.Next(3) switch
        {
            0 => value + Fr.Modulus,
            1 => value ^ (BigInteger.One << random.Next(254)),
            _ => random.NextInt64(),
        };

        private static Fr Divide(BigInteger a, BigInteger b)
        {
            if (b.Sign <= 0)
            {
                return Fr.Zero;
            }

            var quotient = BigInteger.DivRem(a, b, out var remainder);
            return Fr.FromInteger(remainder.Sign < 0 ? quotient - 1 : quotient);
        }

        private static void WriteBits(Fr[] slots, int to, BigInteger bound, BigInteger value)
        {
            var layout = new BoundedBitsLayout(bound);
            for (var bit = 1; bit < layout.BitCount; bit++)
            {
                slots[to++] = (value >> bit).IsEven ? Fr.Zero : Fr.One;
            }

            var product = !(value >> (layout.BitCount - 1)).IsEven;
            foreach (var position in layout.ProductPositions)
            {
                product &= !(value >> position).IsEven;
                slots[to++] = product ? Fr.One : Fr.Zero;
            }
        }

        /// <summary>Lets some wires stand for multiples of what they were, with an offset: no rule may rely on a gadget's own coefficients.</summary>
        private void Rename(Fr[] first, Fr[] second)
        {
            for (var wire = 1 + circuit.Inputs.Count; wire < _meaning.Length; wire++)
            {
                if (random.Next(4) == 0)
                {
                    Fr[] factors = [-Fr.One, 2, ((Fr)2).Invert(), ((Fr)3).Invert(), Arbitrary()];
                    var (factor, offset) = (factors[random.Next(factors.Length)], random.Next(3) switch { 0 => Fr.Zero, 1 => random.Next(-2, 3), _ => Arbitrary() });
                    _meaning[wire] = _meaning[wire].Scale(factor).AddConstant(offset);
                    first[wire] = (first[wire] - offset) * factor.Invert();
                    second[wire] = (second[wire] - offset) * factor.Invert();
                }
            }
        }

        private LinearCombination Read(SparseMatrix matrix, int row)
        {
            var sum = LinearCombination.Zero;
            for (var term = 0; term < matrix.WiresOf(row).Length; term++)
            {
                var (wire, coefficient) = (matrix.WiresOf(row)[term], matrix.Coefficients.Span[matrix.CoefficientIdsOf(row)[term]]);
                sum = wire == 0 ? sum.AddConstant(coefficient) : sum.AddScaled(_meaning[wire], coefficient);
            }

            return sum;
        }

        /// <summary>The row's product, changed so that both assignments satisfy it; null if the row is to go.</summary>
        private LinearCombination? Bend(LinearCombination x, LinearCombination y, LinearCombination z, Fr[] first, Fr[] second)
        {
            var missing = (x.Evaluate(first) * y.Evaluate(first)) - z.Evaluate(first);
            var missingNext = (x.Evaluate(second) * y.Evaluate(second)) - z.Evaluate(second);
            int[] wires = [.. new[] { x, y, z }.SelectMany(part => part.Variables.ToArray()).Where(wire => first[wire] != second[wire])];
            if (missing.IsZero && missingNext.IsZero)
            {
                return z;
            }

            if (wires.Length == 0 || random.Next(2) == 0)
            {
                return null;
            }

            var wire = wires[random.Next(wires.Length)];
            var slope = (missingNext - missing) * (second[wire] - first[wire]).Invert();
            return z.AddScaled(LinearCombination.FromVariable(wire), slope).AddConstant(missing - (slope * first[wire]));
        }

        private BigInteger Pick(BigInteger low, BigInteger high) => random.Next(4) switch
        {
            0 => low,
            1 => high,
            2 => BigInteger.Clamp(random.Next(-3, 12), low, high),
            _ => low + (random.NextInt64() * (high - low) / long.MaxValue),
        };

        private Fr Arbitrary() => Fr.FromUInt64(1 + (ulong)random.NextInt64());
    }
}
