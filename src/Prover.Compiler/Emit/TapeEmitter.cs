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

    public WitnessTape Emit(int inputCount)
    {
        for (var i = 0; i < graph.Operations.Count; i++)
        {
            if (liveness[i] != Need.None && graph.Operations[i] is { Code: { } code, X: { } x } operation)
            {
                Emit(operation, code, x);
            }
        }

        return new(
            numbering.WireCount, numbering.SlotCount, inputCount, [.. _instructions], _linear.Build(), [.. _integers], [.. _requirements]);
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
