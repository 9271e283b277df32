using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// A function compiled once as a circuit of its own, to be placed wherever it is called with arguments of the same constants, intervals and
/// decompositions. Its inputs are the formals: wires 1 … F that stand for what a call hands over, without rows of their own.
/// </summary>
/// <param name="Circuit">Rows and tape.</param>
/// <param name="Formals">What each formal stands for, in wire order.</param>
/// <param name="Result">The value of the function, its signals ranging over the circuit's wires.</param>
/// <param name="Decisions">The conditions met, see <see cref="Elaborator.Decisions"/>.</param>
internal sealed record Fragment(CompiledCircuit Circuit, IReadOnlyList<Formal> Formals, Value Result, IReadOnlyList<bool> Decisions)
{
    /// <summary>Wires that a call adds.</summary>
    public int WireCount { get; } = Circuit.R1cs.WireCount - 1 - Formals.Count;

    /// <summary>Whether a call is needed even if nobody uses its result.</summary>
    public bool HasRequirements { get; } = Circuit.Tape.Requirements.Length > 0;

    /// <summary>Terms of all rows, the work of placing them.</summary>
    public long TermCount { get; } = Circuit.R1cs.A.TermCount + (long)Circuit.R1cs.B.TermCount + Circuit.R1cs.C.TermCount;

    /// <summary>For each formal whether rows mention it; if not, only the tape does.</summary>
    public bool[] IsInRows { get; } = FormalsInRows(Circuit.R1cs, Formals.Count);

    private static bool[] FormalsInRows(R1cs r1cs, int formals)
    {
        var found = new bool[formals];
        foreach (var matrix in new[] { r1cs.A, r1cs.B, r1cs.C })
        {
            foreach (var wire in matrix.Wires.Span)
            {
                if (wire > 0 && wire <= formals)
                {
                    found[wire - 1] = true;
                }
            }
        }

        return found;
    }
}

/// <summary>What a formal stands for: an argument's scalar, or one bit of its decomposition, which the caller has already.</summary>
/// <param name="Argument">The scalar's number among all that are not known.</param>
/// <param name="Bit">The bit, or −1 for the scalar itself.</param>
internal readonly record struct Formal(int Argument, int Bit = -1);

/// <summary>A fragment placed: which, and the combinations of the caller's variables that its formals stand for.</summary>
internal sealed record Placement(Fragment Fragment, LinearCombination[] Wires, LinearCombination[] Slots);
