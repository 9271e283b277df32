using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

public sealed partial class CircuitBuilder
{
    /// <summary>Demands that the bit is true; cheaper than the bit itself where that was a comparison nobody else uses.</summary>
    public void Require(Signal bit, Requirement info) => Require(bit, True, info);

    /// <summary>Demands that the bit is true wherever the guard is.</summary>
    public void Require(Signal bit, Signal guard, Requirement info)
    {
        RequireBit(bit);
        RequireBit(guard);
        if (IsFalse(guard) || (bit.IsConstant && !bit.Constant.IsZero))
        {
            return;
        }

        switch (bit.Origin)
        {
            case IsZeroPredicate zero:
                RequireZero(zero.Value, guard, info);
                break;
            case IsNonZeroPredicate nonZero:
                InverseGadget.Apply(this, nonZero.Value, guard, info);
                break;
            case IsNonNegativePredicate sign:
                RangeGadget.EnforceNonNegative(this, sign.Value, guard, info);
                break;
            case AllPredicate all:
                foreach (var part in all.Parts)
                {
                    Require(part, guard, info);
                }

                break;
            default:
                RequireZero(Subtract(True, bit), guard, info);
                break;
        }
    }

    /// <summary>Demands a = b. One row.</summary>
    public void RequireEqual(Signal a, Signal b, Requirement info) => RequireZero(Difference(a, b), True, info);

    /// <summary>Demands a ≥ 0 of an integer. As many rows as its greatest value has bits.</summary>
    public void RequireNonNegative(Signal a, Requirement info) => RangeGadget.EnforceNonNegative(this, a, True, info);

    /// <summary>a as an integer in <paramref name="range"/>, demanded wherever the guard is true; elsewhere the nearest value of the range to 0.</summary>
    /// <param name="a">An integer or a field element; of the latter the representative of least magnitude is meant.</param>
    public Signal Narrow(Signal a, Interval range, Signal guard, Requirement info)
    {
        RequireBit(guard);
        Checked(range, "The range");
        if (a.Interval is { } known && range.Contains(known))
        {
            return a;
        }

        var clamp = BigInteger.Clamp(BigInteger.Zero, range.Low, range.High);
        var other = a.Interval is null ? Constant(Fr.FromInteger(clamp)) : Constant(clamp);
        return IsFalse(guard) ? Constant(clamp) : RangeGadget.Enforce(this, Select(guard, a, other), range, info);
    }

    /// <summary>a⁻¹, demanding a ≠ 0 wherever the guard is true; elsewhere 1. One row, and one for a guard.</summary>
    public Signal Inverse(Signal a, Signal guard, Requirement info) =>
        IsFalse(guard) ? Constant(Fr.One) : InverseGadget.Apply(this, a, guard, info);

    /// <summary>a/b in the field, demanding b ≠ 0 wherever the guard is true; elsewhere a. Two rows; one if a is constant.</summary>
    public Signal Quotient(Signal a, Signal b, Signal guard, Requirement info) => Multiply(a.With(null), Inverse(b, guard, info));

    private void RequireZero(Signal value, Signal guard, Requirement info)
    {
        _graph.Add(new Operation
        {
            Code = TapeOperation.RequireZero,
            X = value.Slots,
            Y = guard.IsConstant ? null : guard.Slots,
            Requirement = info,
            Rows = [guard.IsConstant ? Row.Linear(value.Wires) : new(guard.Wires, value.Wires, LinearCombination.Zero)],
            IsRoot = true,
        });
    }

    internal static bool IsFalse(Signal guard) => guard.IsConstant && guard.Constant.IsZero;
}
