using System.Numerics;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>One rank-1 row over wires: A·B = C.</summary>
internal readonly record struct Row(LinearCombination A, LinearCombination B, LinearCombination C)
{
    /// <summary>Whether the row has the form of <see cref="Linear"/>.</summary>
    public bool IsLinear => B.IsConstant && B.Constant.IsOne && C.IsConstant && C.Constant.IsZero;

    /// <summary>The linear row L·1 = 0.</summary>
    public static Row Linear(LinearCombination zero) => new(zero, LinearCombination.One, LinearCombination.Zero);
}

/// <summary>
/// A node of the circuit: the variables it defines, the instruction that computes them and the rows that force them. It is emitted
/// if it is a root or if something emitted uses its variables; pure nodes nobody uses vanish.
/// </summary>
internal sealed class Operation
{
    /// <summary>The instruction, or null if there is nothing to compute (inputs, extra rows).</summary>
    public TapeOperation? Code { get; init; }

    /// <summary>The first variable defined.</summary>
    public int FirstOutput { get; set; } = -1;

    /// <summary>How many consecutive variables are defined.</summary>
    public int OutputCount { get; init; }

    /// <summary>Whether the variables become wires; if not they are only ever slots of the tape.</summary>
    public bool DefinesWires { get; init; } = true;

    /// <summary>First operand, over slots.</summary>
    public LinearCombination? X { get; init; }

    /// <summary>Second operand or guard, over slots.</summary>
    public LinearCombination? Y { get; init; }

    /// <summary>The bound of a decomposition.</summary>
    public BigInteger? Bound { get; init; }

    /// <summary>The call that this node is, or null; its rows and instructions are the fragment's.</summary>
    public Placement? Placement { get; init; }

    /// <summary>What to say on failure.</summary>
    public Requirement? Requirement { get; init; }

    /// <summary>The accepted range, if the requirement is about one.</summary>
    public (BigInteger Low, BigInteger High) Range { get; init; }

    /// <summary>The rows, over wires.</summary>
    public Row[] Rows { get; set; } = [];

    /// <summary>Checks without which the outputs would not be forced: emitted whenever this node is.</summary>
    public List<Operation> Companions { get; } = [];

    /// <summary>Whether the node is emitted in any case: inputs and requirements.</summary>
    public bool IsRoot { get; set; }

    /// <summary>The source place, an index of the graph's table.</summary>
    public int Source { get; set; }
}
