using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>The product of two signals: one row.</summary>
/// <remarks>
/// Requires: nothing. Gives: a·b, in the interval of all products.
/// Unique: a·b = p is the row, and p occurs in it alone and linearly.
/// Constant factors are left outside, so that 2x·y and x·3y share one row.
/// </remarks>
internal static class ProductGadget
{
    public static Signal Apply(CircuitBuilder builder, Signal a, Signal b, Interval? interval)
    {
        var graph = builder.Graph;
        var (aWires, aSlots, aFactor) = a.Unscaled;
        var (bWires, bSlots, bFactor) = b.Unscaled;
        if (!graph.TryFind(TapeOperation.Product, aWires, bWires, out var variable))
        {
            var operation = graph.Add(new Operation { Code = TapeOperation.Product, OutputCount = 1, X = aSlots, Y = bSlots });
            graph.SetRows(operation, [new(aWires, bWires, LinearCombination.FromVariable(operation.FirstOutput))]);
            variable = graph.Record(TapeOperation.Product, aWires, bWires, operation);
        }

        var factor = aFactor * bFactor;
        var product = CircuitGraph.Wire(variable, factor.IsOne ? interval : null);
        return builder.Refine(factor.IsOne ? product : product.Scale(factor, interval), interval);
    }
}
