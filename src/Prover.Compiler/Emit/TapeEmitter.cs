using System.Numerics;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Writes the instructions of every needed operation in creation order.</summary>
internal sealed class TapeEmitter(CircuitGraph graph, Liveness liveness, SlotNumbering numbering)
{
    private readonly SparseMatrixBuilder _linear = new(new CoefficientTable());
    private readonly Dictionary<LinearCombination, int> _linearIds = [];
    private readonly Dictionary<BigInteger, int> _integerIds = [];
    private readonly List<BigInteger> _integers = [];
    private readonly List<TapeRequirement> _requirements = [];
    private readonly List<TapeInstruction> _instructions = [];

    /// <summary>The tape, and the steps of states with the rows of their operands on it.</summary>
    /// <param name="inputCount">How many inputs there are.</param>
    /// <param name="states">The steps.</param>
    /// <param name="inputOf">For each input in the order of the declarations its number in the circuit.</param>
    public (WitnessTape Tape, StateProgram States) Emit(int inputCount, StateLog states, IReadOnlyList<int> inputOf)
    {
        for (var i = 0; i < graph.Operations.Count; i++)
        {
            if (liveness[i] != Need.None && graph.Operations[i] is { Placement: { } placement } call)
            {
                Emit(call, placement);
            }
            else if (liveness[i] != Need.None && graph.Operations[i] is { Code: { } code, X: { } x } operation)
            {
                Emit(operation, code, x);
            }
        }

        var program = states.Build(LinearId, inputOf);
        return (
            new(numbering.WireCount, numbering.SlotCount, inputCount, [.. _instructions], [], _linear.Build(), [.. _integers], [.. _requirements]), program);
    }

    /// <summary>Slots that a call needs beside its wires: the fragment's own, and one for each formal that stands for more than a slot.</summary>
    public static int InnerSlots(Placement placement) =>
        placement.Fragment.Circuit.Tape.SlotCount - placement.Fragment.Circuit.Tape.WireCount + placement.Slots.Count(slots => !slots.IsVariable(out _));

    /// <summary>The instructions of a fragment with its slots renamed.</summary>
    private void Emit(Operation call, Placement placement)
    {
        var tape = placement.Fragment.Circuit.Tape;
        var slotOf = new int[tape.SlotCount];
        var inner = numbering.InnerSlots[call];
        for (var i = 0; i < placement.Slots.Length; i++)
        {
            if (placement.Slots[i].IsVariable(out var variable))
            {
                slotOf[1 + i] = numbering.SlotOf[variable];
            }
            else
            {
                slotOf[1 + i] = inner++;
                _instructions.Add(new(TapeOperation.Linear, slotOf[1 + i], LinearId(placement.Slots[i]), -1, -1));
            }
        }

        for (var slot = 1 + placement.Slots.Length; slot < slotOf.Length; slot++)
        {
            slotOf[slot] = slot < tape.WireCount ? numbering.SlotOf[call.FirstOutput + slot - 1 - placement.Slots.Length] : inner++;
        }

        var firstRow = Rename(tape.Linear, slotOf);
        var firstRequirement = _requirements.Count;
        _requirements.AddRange(tape.Requirements.Select(requirement => requirement with
        {
            Arguments = [.. requirement.Arguments.Select(argument => argument with { Linear = argument.Linear + firstRow })],
        }));
        foreach (ref readonly var instruction in tape.Instructions.AsSpan())
        {
            _instructions.Add(new(
                instruction.Operation,
                instruction.Destination < 0 ? -1 : slotOf[instruction.Destination],
                instruction.X + firstRow,
                instruction.Y < 0 ? -1 : instruction.Y + firstRow,
                instruction.Operation >= TapeOperation.RequireZero ? instruction.Parameter + firstRequirement
                : instruction.Operation == TapeOperation.BoundedBits ? IntegerId(tape.Integers[instruction.Parameter]) : -1));
        }
    }

    /// <summary>Appends the rows of a fragment's operands and returns the number of the first.</summary>
    private int Rename(SparseMatrix operands, int[] slotOf)
    {
        var first = _linear.RowCount;
        var coefficients = _linear.NumbersOf(operands.Coefficients.Span);
        for (var row = 0; row < operands.RowCount; row++)
        {
            if (!_linear.TryAdd(operands, row, slotOf, coefficients))
            {
                var (wires, ids) = (operands.WiresOf(row).ToArray(), operands.CoefficientIdsOf(row).ToArray());
                _linear.Add([.. wires.Select((slot, i) => (slotOf[slot], operands.Coefficients.Span[ids[i]]))]);
            }
        }

        return first;
    }

    private void Emit(Operation operation, TapeOperation code, LinearCombination x)
    {
        var destination = operation.OutputCount == 0 ? -1 : numbering.SlotOf[operation.FirstOutput];
        var y = operation.Y is { } second ? LinearId(second) : -1;
        var parameter = operation.Requirement is { } requirement ? RequirementId(requirement, operation)
            : operation.Bound is { } bound ? IntegerId(bound) : -1;
        _instructions.Add(new(code, destination, LinearId(x), y, parameter));
    }

    private int LinearId(LinearCombination combination)
    {
        if (!_linearIds.TryGetValue(combination, out var id))
        {
            id = _linear.Add(combination, numbering.SlotOf);
            _linearIds.Add(combination, id);
        }

        return id;
    }

    private int IntegerId(BigInteger value)
    {
        if (!_integerIds.TryGetValue(value, out var id))
        {
            id = _integers.Count;
            _integers.Add(value);
            _integerIds.Add(value, id);
        }

        return id;
    }

    private int RequirementId(Requirement requirement, Operation operation)
    {
        TapeArgument[] arguments = [.. requirement.Arguments.Select(argument =>
            new TapeArgument(LinearId(argument.Value.Slots), KindOf(argument), argument.Scale))];
        _requirements.Add(new(
            requirement.Message, arguments, requirement.Span.ToString(), requirement.Rule, operation.Range.Low, operation.Range.High));
        return _requirements.Count - 1;
    }

    private static ValueKind KindOf(RequirementArgument argument) =>
        argument.IsBoolean ? ValueKind.Boolean : argument.Value.Interval is null ? ValueKind.Field : ValueKind.Integer;
}
