using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>The inverse of a field element that is not zero: one row, and it is the proof that the element is not zero.</summary>
/// <remarks>
/// Requires: x ≠ 0, checked when the witness is computed. Gives: x⁻¹.
/// Unique: x·i = 1 has no solution for x = 0 and one otherwise.
/// </remarks>
internal static class InverseGadget
{
    /// <summary>x⁻¹; or 1 where the guard is false.</summary>
    public static Signal Apply(CircuitBuilder builder, Signal x, Signal guard, Requirement info)
    {
        var graph = builder.Graph;
        var value = builder.Select(guard, x.With(null), builder.Constant(Fr.One));
        if (value.IsConstant && !value.Constant.IsZero)
        {
            return builder.Constant(value.Constant.Invert());
        }

        graph.Add(new Operation { Code = TapeOperation.RequireNonZero, X = value.Slots, Requirement = info, IsRoot = true });
        if (!graph.TryFind(TapeOperation.Inverse, value.Wires, LinearCombination.Zero, out var variable))
        {
            var operation = graph.Add(new Operation { Code = TapeOperation.Inverse, OutputCount = 1, X = value.Slots, IsRoot = true });
            graph.SetRows(operation, [new(value.Wires, LinearCombination.FromVariable(operation.FirstOutput), LinearCombination.One)]);
            variable = graph.Record(TapeOperation.Inverse, value.Wires, LinearCombination.Zero, operation);
        }

        return CircuitGraph.Wire(variable, null);
    }
}
