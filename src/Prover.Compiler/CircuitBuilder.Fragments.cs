using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

public sealed partial class CircuitBuilder
{
    private readonly List<Formal> _formals = [];

    /// <summary>A wire that stands for a caller's value, whose interval the caller guarantees.</summary>
    /// <param name="argument">The value's number among the call's arguments.</param>
    /// <param name="interval">What the caller knows.</param>
    /// <param name="decomposed">The bound of the bits that the caller has of it, or null: if it needs bits it takes these instead of making its own.</param>
    internal Signal Formal(int argument, Interval? interval, BigInteger? decomposed)
    {
        var wire = AddFormal(new(argument));
        if (decomposed is { IsOne: false } bound)
        {
            _graph.Expect(wire.Wires, bound, () => DecompositionOf(argument, wire, bound));
        }

        return interval is { } known ? wire.With(known) : wire;
    }

    /// <summary>The finished fragment, for a result whose wires must be there.</summary>
    internal Fragment BuildFragment(string name, Value result, IReadOnlyList<bool> decisions)
    {
        List<LinearCombination> outputs = [];
        result.ForEach(scalar => outputs.Add(scalar.Signal(this).Wires));
        var (circuit, numbering) = Emitter().EmitFragment(name, outputs);
        return new(circuit, [.. _formals], result.Map(Local), decisions);

        Scalar Local(Scalar scalar) => scalar.IsKnown ? scalar : scalar.WithSignal(Translate(scalar.Signal(this)));

        Signal Translate(Signal signal)
        {
            var wires = signal.Wires.Rename(numbering.SlotOf);
            return new(wires, wires, signal.Interval);
        }
    }

    /// <summary>Places a fragment.</summary>
    /// <param name="fragment">What is called.</param>
    /// <param name="arguments">The scalars that are not known, in order.</param>
    /// <returns>The value of the call.</returns>
    internal Value Place(Fragment fragment, IReadOnlyList<Signal> arguments)
    {
        var wires = new LinearCombination[fragment.Formals.Count];
        var slots = new LinearCombination[wires.Length];
        List<Operation> checks = [];
        for (var i = 0; i < wires.Length; i++)
        {
            var (argument, bit) = fragment.Formals[i];
            var value = arguments[argument];
            if (bit >= 0)
            {
                var decomposition = _graph.FindDecomposition(value.Wires)!;
                checks.Add(decomposition.Operation);
                value = decomposition.Bits[bit];
            }

            (wires[i], slots[i]) = (value.Wires, value.Slots);
        }

        var placement = _graph.Place(new(fragment, wires, slots), checks);
        return fragment.Result.Map(scalar => scalar.IsKnown ? scalar : Scalar.Of(Translate(scalar.Signal(this)), scalar.Kind, scalar.Scale).WithUnit(scalar.Unit));

        Signal Translate(Signal local)
        {
            // Wire F + 1 + k of the fragment is variable k of the placement, wire 1 + i is formal i.
            var (first, formals) = (placement.FirstOutput, fragment.Formals.Count);
            _wireSum.Add(LinearCombination.FromConstant(local.Wires.Constant), Fr.One);
            _slotSum.Add(LinearCombination.FromConstant(local.Wires.Constant), Fr.One);
            for (var i = 0; i < local.Wires.Count; i++)
            {
                var (wire, coefficient) = (local.Wires.Variables[i], local.Wires.Coefficients[i]);
                var own = wire > formals ? LinearCombination.FromVariable(first + wire - formals - 1) : null;
                _wireSum.Add(own ?? wires[wire - 1], coefficient);
                _slotSum.Add(own ?? slots[wire - 1], coefficient);
            }

            return TakeSum(local.Interval);
        }
    }

    private Signal AddFormal(Formal formal)
    {
        _formals.Add(formal);
        _inputs.Add(new("", false, ValueKind.Field, 0, BigInteger.Zero, Fr.Modulus - 1));
        var operation = _graph.Add(new Operation { OutputCount = 1, IsRoot = true });
        _inputVariables.Add(operation.FirstOutput);
        return CircuitGraph.Wire(operation.FirstOutput, null);
    }

    /// <summary>The caller's bits as formals; the operation that forces them is the caller's, so here it has no rows.</summary>
    private BoundedBits DecompositionOf(int argument, Signal value, BigInteger bound)
    {
        var bits = new Signal[new BoundedBitsLayout(bound).BitCount];
        var powers = new Signal[bits.Length];
        var weights = new Fr[bits.Length];
        (powers[0], weights[0]) = (value, Fr.One);
        for (var i = 1; i < bits.Length; i++)
        {
            powers[i] = bits[i] = AddFormal(new(argument, i)).With(Interval.Bit);
            weights[i] = -Fr.FromInteger(BigInteger.One << i);
        }

        bits[0] = WeightedSum(weights, powers).With(Interval.Bit);
        return new(_graph.Add(new Operation()), bits, bound);
    }
}
