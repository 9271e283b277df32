using Prover.Language;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

public class EmissionTests
{
    [Fact]
    public void Equal_programs_give_equal_circuits()
    {
        Assert.Equal(Build(5).Hash, Build(5).Hash);
        Assert.NotEqual(Build(5).Hash, Build(6).Hash);
    }

    [Fact]
    public void Public_inputs_come_first_whatever_the_order_of_declaration() =>
        Assert.Equal(["b", "a", "c"], Build(5).Inputs.Select(input => input.Name));

    [Fact]
    public void Values_that_only_a_message_prints_are_no_wires()
    {
        var plain = Circuit(withMessage: false);
        var verbose = Circuit(withMessage: true);
        Assert.Equal(plain.R1cs.WireCount, verbose.R1cs.WireCount);
        Assert.Equal(plain.R1cs.ConstraintCount, verbose.R1cs.ConstraintCount);
        Assert.True(verbose.Tape.SlotCount > plain.Tape.SlotCount);
        Assert.Equal("square 49", verbose.Tape.Solve([7]).Failure?.Message);

        static CompiledCircuit Circuit(bool withMessage)
        {
            var builder = new CircuitBuilder();
            var x = builder.Input("x", false, new(0, 100));
            var square = builder.Multiply(x, x);
            builder.RequireEqual(x, builder.Constant(6), new("square {0}", withMessage ? [new(square)] : [], default, "test"));
            return builder.Build("test");
        }
    }

    [Fact]
    public void Rows_know_their_source()
    {
        var file = new SourceFile("a.circuit", "first\nsecond\n");
        var builder = new CircuitBuilder();
        var x = builder.Input("x", false, null);
        using (builder.At(new(file, 6, 6)))
        {
            var square = builder.Multiply(x, x);
            builder.RequireEqual(square, x, GadgetCircuit.Info("boolean"));
            builder.RequireEqual(builder.Multiply(square, x), x, GadgetCircuit.Info("no sign either"));
        }

        var circuit = builder.Build("test");
        Assert.Equal(["a.circuit:2:1", "a.circuit:2:1", "a.circuit:2:1"], circuit.RowSources.Select(source => circuit.Sources[source]));
        var violation = circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked([2]));
        Assert.Equal("row 1: 2 · 1 ≠ 0 at a.circuit:2:1 in test", circuit.Describe(violation!));
    }

    [Fact]
    public void Requirements_that_can_never_hold_are_refused_by_tape_and_constraints()
    {
        var builder = new CircuitBuilder();
        builder.Input("x", false, null);
        builder.Require(builder.False, GadgetCircuit.Info("never"));
        var circuit = builder.Build("test");
        Assert.Equal("never", circuit.Tape.Solve([1]).Failure?.Message);
        Assert.NotNull(circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked([1])));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Numbers_below_zero_are_refused_by_tape_and_constraints_although_their_range_says_so(int greatest, bool isAccepted)
    {
        var builder = new CircuitBuilder();
        builder.RequireNonNegative(builder.Input("x", false, new(-9, greatest)), GadgetCircuit.Info("negative"));
        var circuit = builder.Build("test");
        Assert.Equal(isAccepted ? null : "negative", circuit.Tape.Solve([greatest]).Failure?.Message);
        Assert.Equal(isAccepted, circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked([greatest])) is null);
    }

    private static CompiledCircuit Build(int constant)
    {
        var builder = new CircuitBuilder();
        var a = builder.Input("a", false, new(0, 1000));
        var b = builder.Input("b", true, new(-50, 50));
        var c = builder.Input("c", false, Interval.Bit, isBoolean: true);
        var (quotient, _) = builder.FloorDivide(builder.Multiply(a, b), builder.Constant(constant));
        builder.Require(builder.Equal(builder.Select(c, quotient, a), b), GadgetCircuit.Info("equal"));
        return builder.Build("test");
    }

    [Fact]
    public void No_instruction_reads_what_its_own_level_writes()
    {
        var tape = CircuitCompiler.Compile(Repository.PathOf("circuits", "std", "merkle.circuit"), "merkle_test<2>").Circuit!.Tape;
        var written = new bool[tape.SlotCount];
        written.AsSpan(0, 1 + tape.InputCount).Fill(true);
        var start = 0;
        foreach (var end in tape.LevelEnds)
        {
            var level = tape.Instructions[start..end];
            Assert.All(level, instruction => Assert.All(Reads(instruction), slot => Assert.True(written[slot])));
            foreach (var instruction in level.Where(instruction => tape.OutputCount(instruction) > 0))
            {
                written.AsSpan(instruction.Destination, tape.OutputCount(instruction)).Fill(true);
            }

            start = end;
        }

        Assert.Equal(tape.Instructions.Length, start);
        Assert.DoesNotContain(false, written);
        Assert.InRange(tape.LevelEnds.Length, 100, tape.Instructions.Length - 100);

        int[] Reads(TapeInstruction instruction) =>
            [.. tape.Linear.WiresOf(instruction.X), .. instruction.Y < 0 ? [] : tape.Linear.WiresOf(instruction.Y)];
    }

    [Fact]
    public void Instructions_of_a_level_that_do_the_same_lie_together_behind_the_inversions()
    {
        var tape = CircuitCompiler.Compile(Repository.PathOf("circuits", "std", "merkle.circuit"), "merkle_test<2>").Circuit!.Tape;
        var (start, longest) = (0, 0);
        foreach (var end in tape.LevelEnds)
        {
            // Where the operation or the coefficients change, they do not come back in that level.
            var kinds = tape.Instructions[start..end].Select(KindOf).ToList();
            var runs = kinds.Where((kind, i) => i == 0 || kind != kinds[i - 1]).ToList();
            Assert.Equal(runs.Distinct(), runs);
            Assert.DoesNotContain(true, tape.Instructions[start..end].Select(IsInversion).SkipWhile(isInversion => isInversion));
            longest = Math.Max(longest, kinds.GroupBy(kind => kind).Max(kind => kind.Count()));
            start = end;
        }

        Assert.InRange(longest, 2, int.MaxValue);

        static bool IsInversion(TapeInstruction instruction) => instruction.Operation is TapeOperation.Inverse or TapeOperation.IsZero;

        string KindOf(TapeInstruction instruction) =>
            $"{instruction.Operation} {ShapeOf(instruction.X)} {(instruction.Y == instruction.X ? "the same" : instruction.Y < 0 ? "" : ShapeOf(instruction.Y))}";

        string ShapeOf(int row) => $"{tape.Linear.WiresOf(row) is [0, ..]}:{string.Join(',', tape.Linear.CoefficientIdsOf(row).ToArray())}";
    }

    [Fact]
    public void Operands_are_in_the_order_of_their_first_use()
    {
        var tape = CircuitCompiler.Compile(Repository.PathOf("circuits", "std", "merkle.circuit"), "merkle_test<2>").Circuit!.Tape;
        int[] used = [.. tape.Instructions.SelectMany(instruction => new[] { instruction.X, instruction.Y }).Where(row => row >= 0).Distinct()];
        Assert.Equal(Enumerable.Range(0, used.Length), used);
    }

    [Fact]
    public void Of_two_requirements_that_fail_the_first_in_the_program_is_named()
    {
        var builder = new CircuitBuilder();
        var x = builder.Input("x", false, null);
        builder.RequireEqual(builder.Multiply(builder.Multiply(x, x), x), builder.Constant(8), GadgetCircuit.Info("cube"));
        builder.RequireEqual(x, builder.Constant(2), GadgetCircuit.Info("number"));
        var tape = builder.Build("test").Tape;
        Assert.Null(tape.Solve([2]).Failure);
        Assert.Equal("cube", tape.Solve([3]).Failure!.Message);
    }

    /// <summary>Neither waits for the other, so that both are met at once.</summary>
    [Fact]
    public void Of_two_requirements_on_one_level_the_first_in_the_program_is_named()
    {
        var builder = new CircuitBuilder();
        builder.RequireEqual(builder.Input("x", false, null), builder.Constant(1), GadgetCircuit.Info("x"));
        builder.RequireEqual(builder.Input("y", false, null), builder.Constant(2), GadgetCircuit.Info("y"));
        var tape = builder.Build("test").Tape;
        Assert.Single(tape.LevelEnds);
        Assert.Null(tape.Solve([1, 2]).Failure);
        Assert.Equal("y", tape.Solve([1, 1]).Failure!.Message);
        Assert.Equal("x", tape.Solve([2, 1]).Failure!.Message);
    }
}
