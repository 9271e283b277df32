using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Whether a value is zero: three rows; one if it lies in [−1, 1]; none if it is a boolean or cannot be zero.</summary>
/// <remarks>
/// <para>Requires: nothing. Gives: z = 1 if x = 0, otherwise z = 0.</para>
/// <para>
/// Rows: x·i = 1 − z, x·z = 0 and z·i = 0. Unique: if x ≠ 0, the second row forces z = 0, and the first i = x⁻¹. If x = 0, the first forces
/// z = 1, and the third i = 0. Without the third z would be as sure, but i free: a witness could be changed and stay one.
/// </para>
/// <para>For x in [−1, 1] z = 1 − x², and x² is forced by its row.</para>
/// </remarks>
internal static class IsZeroGadget
{
    /// <summary>1 if x is zero, otherwise 0.</summary>
    public static Signal Apply(CircuitBuilder builder, Signal x, Interval? known)
    {
        if (x.IsConstant)
        {
            return x.Constant.IsZero ? builder.True : builder.False;
        }

        if (known is { } interval)
        {
            if (!interval.Contains(0))
            {
                return builder.False;
            }

            if (new Interval(-1, 1).Contains(interval))
            {
                var magnitude = interval.Low.IsZero ? x.With(interval)
                    : interval.High.IsZero ? builder.Negate(x.With(interval))
                    : builder.Multiply(x.With(interval), x.With(interval)).With(Interval.Bit);
                return builder.Subtract(builder.True, magnitude).With(Interval.Bit, new IsZeroPredicate(x));
            }
        }

        var graph = builder.Graph;
        var (wires, slots, _) = x.Unscaled;
        if (!graph.TryFind(TapeOperation.IsZero, wires, LinearCombination.Zero, out var inverse))
        {
            var operation = graph.Add(new Operation { Code = TapeOperation.IsZero, OutputCount = 2, X = slots });
            inverse = graph.Record(TapeOperation.IsZero, wires, LinearCombination.Zero, operation);
            var zero = LinearCombination.FromVariable(inverse + 1);
            operation.Rows =
            [
                new(wires, LinearCombination.FromVariable(inverse), LinearCombination.One.AddScaled(zero, -Fr.One)),
                new(wires, zero, LinearCombination.Zero),
                new(zero, LinearCombination.FromVariable(inverse), LinearCombination.Zero),
            ];
        }

        return CircuitGraph.Wire(inverse + 1, Interval.Bit).With(Interval.Bit, new IsZeroPredicate(x));
    }
}
