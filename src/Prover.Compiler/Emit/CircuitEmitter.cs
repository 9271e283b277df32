using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Turns the graph into constraints and tape: decides what is needed, numbers it, writes it.</summary>
internal sealed class CircuitEmitter(CircuitGraph graph, IReadOnlyList<CircuitInput> inputs, IReadOnlyList<int> inputVariables, StateLog states)
{
    /// <summary>The whole circuit.</summary>
    /// <param name="name">The rule instance.</param>
    /// <param name="emitted">Gets the rows as soon as there are any, before the tape; null if nobody waits for them.</param>
    public CompiledCircuit Emit(string name, Action<R1cs>? emitted)
    {
        var (circuit, _) = EmitFragment(name, [], emitted);
        var (tape, program) = TapeSchedule.Order(circuit.Tape, circuit.States);
        circuit = circuit with { Tape = tape, States = program };
        return circuit with { Hash = CircuitHash.Compute(circuit.Inputs, circuit.R1cs, circuit.Tape, circuit.States) };
    }

    /// <summary>The circuit, without a hash, in which the variables of the outputs are wires.</summary>
    public (CompiledCircuit Circuit, SlotNumbering Numbering) EmitFragment(
        string name, IReadOnlyList<LinearCombination> outputs, Action<R1cs>? emitted = null)
    {
        var liveness = new Liveness(graph, outputs, states.Operands);
        int[] order = [.. Enumerable.Range(0, inputs.Count).Where(i => inputs[i].IsPublic), .. Enumerable.Range(0, inputs.Count).Where(i => !inputs[i].IsPublic)];
        CircuitInput[] ordered = [.. order.Select(i => inputs[i])];
        var (parts, isEliminated) = LinearElimination.Run(graph, liveness, outputs);
        var numbering = Number(liveness, isEliminated, order);
        var rows = new RowEmitter(graph, numbering);
        foreach (var part in parts)
        {
            rows.Add(part);
        }

        var r1cs = rows.Build(ordered.Count(input => input.IsPublic), ordered.Length);
        emitted?.Invoke(r1cs);
        var (tape, program) = new TapeEmitter(graph, liveness, numbering).Emit(ordered.Length, states, [.. inputVariables.Select(variable => numbering.SlotOf[variable] - 1)]);
        return (new(name, "", r1cs, tape, ordered, rows.Sources, [.. rows.RowSources]) { States = program }, numbering);
    }

    /// <summary>Slots: the constant, the inputs in their order, the other wires, what only the tape needs, the inner slots of calls; each in creation order.</summary>
    private SlotNumbering Number(Liveness liveness, bool[] isEliminated, int[] order)
    {
        var slotOf = new int[graph.VariableCount];
        var next = 1;
        foreach (var input in order)
        {
            slotOf[inputVariables[input]] = next++;
        }

        AssignSlots(areWires: true);
        var wireCount = next;
        AssignSlots(areWires: false);
        var inner = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < graph.Operations.Count; i++)
        {
            if (graph.Operations[i] is { Placement: { } placement } call && liveness[i] != Need.None)
            {
                inner.Add(call, next);
                next += TapeEmitter.InnerSlots(placement);
            }
        }

        return new(slotOf, wireCount, next, inner);

        void AssignSlots(bool areWires)
        {
            for (var i = 0; i < graph.Operations.Count; i++)
            {
                var operation = graph.Operations[i];
                for (var k = 0; liveness[i] != Need.None && k < operation.OutputCount; k++)
                {
                    var variable = operation.FirstOutput + k;
                    if (slotOf[variable] == 0 && (liveness[i] == Need.Rows && !isEliminated[variable]) == areWires)
                    {
                        slotOf[variable] = next++;
                    }
                }
            }
        }
    }
}

/// <summary>Where variables live in the assignment and on the tape.</summary>
/// <param name="SlotOf">The slot of each variable that is needed, otherwise 0.</param>
/// <param name="WireCount">Slots below this are wires.</param>
/// <param name="SlotCount">All slots.</param>
/// <param name="InnerSlots">For each call the first of the slots that only its instructions use.</param>
internal sealed record SlotNumbering(int[] SlotOf, int WireCount, int SlotCount, IReadOnlyDictionary<Operation, int> InnerSlots);
