using System.Numerics;
using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Witness.Tests;

/// <summary>Long tapes, which are executed by several threads and eight instructions at a time, against one instruction after the other.</summary>
public class TapeExecutionTests
{
    private const int Inputs = 40;

    /// <summary>Constants that hide mistakes: ±1 have ways of their own, the others are small, great, and near r.</summary>
    private static readonly Fr[] Coefficients =
        [Fr.One, -Fr.One, 2, -3, Fr.FromInteger(BigInteger.One << 200), Fr.FromInteger(Fr.Modulus / 3), Fr.FromInteger(Fr.Modulus - 77), Fr.FromInteger((BigInteger.One << 26) - 1)];

    /// <summary>Too short for several threads, long enough, just too short to be executed in lanes, and long enough.</summary>
    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1 << 16, 2)]
    [InlineData((1 << 17) - 1, 3)]
    [InlineData(1 << 17, 4)]
    [InlineData(1 << 17, 5)]
    public void Slots_are_what_one_instruction_after_the_other_makes_of_them(int instructions, int seed)
    {
        var random = new Random(seed);
        var tape = Compose(instructions, random);
        Fr[] inputs = [.. Enumerable.Range(0, Inputs).Select(_ => Fr.FromInteger(new BigInteger(RandomBytes(random), isUnsigned: true)))];

        var expected = OneByOne(tape, inputs);
        var actual = tape.Solve(inputs).RequireAssignment();

        Assert.Equal(tape.WireCount, actual.Length);
        for (var slot = 0; slot < actual.Length; slot++)
        {
            Assert.True(expected[slot] == actual[slot], $"seed {seed}, slot {slot}: expected {expected[slot]}, got {actual[slot]}");
        }
    }

    [Fact]
    public void The_first_requirement_that_fails_is_told_whoever_executes_it()
    {
        var tape = Compose(1 << 17, new Random(5));
        var inputs = new Fr[Inputs];
        var rows = tape.Linear.RowCount - 1; // The last row is 1.
        TapeInstruction[] last = [.. Enumerable.Range(0, 300).Select(i => new TapeInstruction(TapeOperation.RequireZero, -1, rows, -1, 299 - i))];
        TapeRequirement[] requirements = [.. Enumerable.Range(0, 300).Select(i => new TapeRequirement($"number {i}", [], "a:1:1", "rule", 0, 0))];
        tape = tape with { Requirements = requirements };

        Assert.Null(tape.Solve(inputs).Failure);
        var failing = tape with { Instructions = [.. tape.Instructions, .. last], LevelEnds = [.. tape.LevelEnds, tape.Instructions.Length + last.Length] };
        Assert.Equal("number 0", failing.Solve(inputs).Failure?.Message);
    }

    /// <summary>Levels of runs of instructions that are alike, as calls make them, between others.</summary>
    private static WitnessTape Compose(int count, Random random)
    {
        var (starts, slots, ids) = (new List<int> { 0 }, new List<int>(), new List<int>());
        List<TapeInstruction> instructions = [];
        List<int> ends = [];
        var known = Inputs + 1;
        while (instructions.Count < count)
        {
            var written = known;
            var size = Math.Min(count - instructions.Count, random.Next(1, 400));
            var end = instructions.Count + size;
            AddInversions(Math.Min(size, random.Next(4)));
            while (instructions.Count < end)
            {
                AddRun(Math.Min(end - instructions.Count, random.Next(1, 20)));
            }

            ends.Add(instructions.Count);
            known = written;

            void AddInversions(int length)
            {
                for (var i = 0; i < length; i++)
                {
                    instructions.Add(new(TapeOperation.Inverse, written++, AddRow(Shape()), -1, -1));
                }
            }

            void AddRun(int length)
            {
                var (left, right) = (Shape(), Shape());
                var kind = random.Next(3);
                for (var i = 0; i < length; i++)
                {
                    var x = AddRow(left);
                    var y = kind == 0 ? -1 : kind == 1 ? x : AddRow(right);
                    instructions.Add(new(kind == 0 ? TapeOperation.Linear : TapeOperation.Product, written++, x, y, -1));
                }
            }
        }

        Append([0], [0]);
        return new(
            known, known, Inputs, [.. instructions], [.. ends],
            new SparseMatrix([.. starts], [.. slots], [.. ids], Coefficients), [], []);

        // The numbers of its coefficients, mostly few; now and then more than fit into lanes, or none.
        (int[] Ids, bool HasConstant) Shape() =>
            ([.. Enumerable.Range(0, random.Next(40) switch { 0 => 0, 1 => FrLanes.MostTerms, 2 => FrLanes.MostTerms + 1, _ => random.Next(1, 8) }).Select(_ => random.Next(Coefficients.Length))], random.Next(2) == 0);

        // At first there are fewer slots than the longest rows have terms.
        int AddRow((int[] Ids, bool HasConstant) shape)
        {
            SortedSet<int> row = [.. shape.HasConstant && shape.Ids.Length > 0 ? [0] : Array.Empty<int>()];
            while (row.Count < Math.Min(shape.Ids.Length, known - 1))
            {
                row.Add(random.Next(1, known));
            }

            return Append([.. row], shape.Ids[..row.Count]);
        }

        int Append(int[] row, int[] coefficients)
        {
            slots.AddRange(row);
            ids.AddRange(coefficients);
            starts.Add(slots.Count);
            return starts.Count - 2;
        }
    }

    private static Fr[] OneByOne(WitnessTape tape, Fr[] inputs)
    {
        Fr[] slots = [Fr.One, .. inputs, .. new Fr[tape.SlotCount - 1 - inputs.Length]];
        foreach (var (operation, destination, x, y, _) in tape.Instructions)
        {
            var left = tape.Linear.Evaluate(x, slots);
            slots[destination] = operation switch
            {
                TapeOperation.Linear => left,
                TapeOperation.Inverse => left.InvertNonZero(),
                _ => left * tape.Linear.Evaluate(y, slots),
            };
        }

        return slots;
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[40];
        random.NextBytes(bytes);
        return bytes;
    }
}
