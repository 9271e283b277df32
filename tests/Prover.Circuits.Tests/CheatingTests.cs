using Prover.Constraints;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>A prover that ignores the witness program: a changed input of a full batch breaks a row.</summary>
public class CheatingTests
{
    private const int Stride = 5;

    private static readonly Batch Full = Desk.Batch(Desk.Tick(), Desk.Deposit(Desk.Carol, 77), Desk.Trade(), Desk.Withdrawal(Desk.Alice, 500));

    private static readonly Fr[] Honest = TinyBatch.Inputs(Full).InOrder(TinyBatch.Circuit);

    [Fact]
    public void The_honest_assignment_satisfies_every_row() =>
        Assert.Null(TinyBatch.Circuit.R1cs.FindViolation(TinyBatch.Circuit.Tape.SolveUnchecked(Honest)));

    [Fact]
    public void Inputs_matter_even_if_all_that_follows_is_computed_anew() => EachInSome(input =>
    {
        var inputs = (Fr[])Honest.Clone();
        inputs[input] += Fr.One;
        return TinyBatch.Circuit.Tape.SolveUnchecked(inputs);
    });

    [Fact]
    public void Inputs_matter_if_nothing_else_is_changed()
    {
        var honest = TinyBatch.Circuit.Tape.SolveUnchecked(Honest);
        EachInSome(input =>
        {
            var assignment = (Fr[])honest.Clone();
            assignment[1 + input] += Fr.One;
            return assignment;
        });
    }

    /// <summary>No wire of a full batch's witness can be changed alone. (The inputs of an unused lane can: nothing is done with them.)</summary>
    [Fact]
    public void Every_wire_is_forced()
    {
        var r1cs = TinyBatch.Circuit.R1cs;
        var rows = RowsOfEachWire(r1cs);
        var assignment = TinyBatch.Circuit.Tape.SolveUnchecked(Honest);
        for (var wire = 0; wire < assignment.Length; wire++)
        {
            assignment[wire] += Fr.One;
            Assert.True(rows[wire].Exists(row => !Holds(r1cs, row, assignment)), $"wire {wire} is free");
            assignment[wire] -= Fr.One;
        }
    }

    private static List<int>[] RowsOfEachWire(R1cs r1cs)
    {
        var rows = Enumerable.Range(0, r1cs.WireCount).Select(_ => new List<int>()).ToArray();
        foreach (var matrix in new[] { r1cs.A, r1cs.B, r1cs.C })
        {
            for (var row = 0; row < matrix.RowCount; row++)
            {
                foreach (var wire in matrix.WiresOf(row))
                {
                    rows[wire].Add(row);
                }
            }
        }

        return rows;
    }

    private static bool Holds(R1cs r1cs, int row, Fr[] values) => r1cs.A.Evaluate(row, values) * r1cs.B.Evaluate(row, values) == r1cs.C.Evaluate(row, values);

    /// <summary>Every fifth input, from a random one on: five runs or so see them all.</summary>
    private static void EachInSome(Func<int, Fr[]> forge) => Gen.Int[0, Stride - 1].Sample(
        first =>
        {
            var unnoticed = new List<string>();
            for (var input = first; input < Honest.Length; input += Stride)
            {
                if (TinyBatch.Circuit.R1cs.FindViolation(forge(input)) is null)
                {
                    unnoticed.Add(TinyBatch.Circuit.Inputs[input].Name);
                }
            }

            Assert.Equal([], unnoticed);
        },
        iter: 1,
        threads: 1);
}
