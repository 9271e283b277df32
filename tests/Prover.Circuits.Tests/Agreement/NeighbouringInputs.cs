using System.Numerics;
using Prover.Compiler;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>
/// Inputs of a circuit at the edges of the types, at random, or beside given ones. Random inputs nearly always fail the first requirement;
/// beside inputs that pass, or with outputs mended to what the rows make of the other inputs, they fail anywhere or pass.
/// </summary>
internal sealed class NeighbouringInputs(CompiledCircuit circuit, Random random)
{
    /// <summary>Each round mends one input; the batch has five public ones.</summary>
    private const int MendedInputs = 8;

    /// <summary>Inputs near a start, or, without one, drawn from the types alone.</summary>
    public Fr[] Draw(Fr[]? start)
    {
        var values = start?.ToArray() ?? DrawFromTypes();
        for (var changes = random.Next(start is null ? 2 : 4); changes > 0 && values.Length > 0; changes--)
        {
            var input = random.Next(values.Length);
            values[input] = Change(circuit.Inputs[input], values[input], values);
        }

        return random.Next(2) == 0 ? values : Mend(values);
    }

    private Fr[] DrawFromTypes() =>
        [.. new PropertyInputs(circuit.Inputs, new(random.Next(), 100)).Draw().ElementAt(random.Next(6)).Select(Fr.FromInteger)];

    private Fr Change(CircuitInput input, Fr value, Fr[] all) => random.Next(10) switch
    {
        0 or 1 => value + Fr.One,
        2 or 3 => value - Fr.One,
        4 => -value,
        5 => all[random.Next(all.Length)],
        6 => Fr.FromInteger(random.Next(2) == 0 ? input.Low : input.High),
        7 => Fr.FromInteger(random.Next(2) == 0 ? input.Low - 1 : input.High + 1),
        8 => value + Fr.FromInteger(BigInteger.One << random.Next(254)),
        _ => Fr.FromInteger(input.Low + (random.NextInt64() * (input.High - input.Low) / long.MaxValue)),
    };

    /// <summary>Solves row after row that is violated for an input in which it is linear, a public one if there is one.</summary>
    private Fr[] Mend(Fr[] values)
    {
        var mended = values.ToArray();
        for (var round = 0; round < MendedInputs; round++)
        {
            var assignment = circuit.Tape.SolveUnchecked(mended);
            if (circuit.R1cs.FindViolation(assignment) is not { } violation || Solve(violation.Row.Index, assignment) is not var (input, value))
            {
                break;
            }

            mended[input] = value;
        }

        return mended;
    }

    private (int Input, Fr Value)? Solve(int row, Fr[] assignment)
    {
        var (a, b, c) = (circuit.R1cs.A, circuit.R1cs.B, circuit.R1cs.C);
        var inputs = new[] { a, b, c }
            .SelectMany(matrix => matrix.WiresOf(row).ToArray())
            .Where(wire => wire > 0 && wire <= circuit.Inputs.Count)
            .Distinct()
            .OrderBy(wire => circuit.Inputs[wire - 1].IsPublic ? 0 : 1);
        foreach (var wire in inputs)
        {
            // Where the row is not linear in the input, the line through two points misses, which is one more input to try.
            var value = assignment[wire];
            var excess = Excess();
            assignment[wire] = value + Fr.One;
            var slope = Excess() - excess;
            assignment[wire] = value;
            if (slope != Fr.Zero)
            {
                return (wire - 1, value - (excess * slope.InvertNonZero()));
            }
        }

        return null;

        Fr Excess() => (a.Evaluate(row, assignment) * b.Evaluate(row, assignment)) - c.Evaluate(row, assignment);
    }
}
