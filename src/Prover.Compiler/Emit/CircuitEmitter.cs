using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Turns the graph into constraints and tape: decides what is needed, numbers it, writes it.</summary>
internal sealed class CircuitEmitter(CircuitGraph graph, IReadOnlyList<CircuitInput> inputs, IReadOnlyList<int> inputVariables)
{
    public CompiledCircuit Emit(string name)
    {
        var liveness = new Liveness(graph);
        int[] order = [.. Enumerable.Range(0, inputs.Count).Where(i => inputs[i].IsPublic), .. Enumerable.Range(0, inputs.Count).Where(i => !inputs[i].IsPublic)];
        CircuitInput[] ordered = [.. order.Select(i => inputs[i])];
        var (rows, isEliminated) = LinearElimination.Run(graph, liveness);
        var numbering = Number(liveness, isEliminated, order);
        var (r1cs, rowSources) = EmitRows(rows, numbering, ordered);
        var tape = new TapeEmitter(graph, liveness, numbering).Emit(ordered.Length);
        return new(name, CircuitHash.Compute(ordered, r1cs, tape), r1cs, tape, ordered, [.. graph.Sources], rowSources);
    }

    /// <summary>Slots: the constant, the inputs in their order, the other wires and then what only the tape needs, both in creation order.</summary>
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
        return new(slotOf, wireCount, next);

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

    private static (R1cs R1cs, int[] RowSources) EmitRows(List<SourcedRow> rows, SlotNumbering numbering, CircuitInput[] ordered)
    {
        var coefficients = new CoefficientTable();
        SparseMatrixBuilder a = new(coefficients), b = new(coefficients), c = new(coefficients);
        foreach (var (row, _) in rows)
        {
            a.Add(row.A, numbering.SlotOf);
            b.Add(row.B, numbering.SlotOf);
            c.Add(row.C, numbering.SlotOf);
        }

        var publicCount = ordered.Count(input => input.IsPublic);
        var r1cs = new R1cs(numbering.WireCount, 0, publicCount, ordered.Length - publicCount, a.Build(), b.Build(), c.Build());
        return (r1cs, [.. rows.Select(row => row.Source)]);
    }
}

/// <summary>Where variables live in the assignment and on the tape.</summary>
/// <param name="SlotOf">The slot of each variable that is needed, otherwise 0.</param>
/// <param name="WireCount">Slots below this are wires.</param>
/// <param name="SlotCount">All slots.</param>
internal sealed record SlotNumbering(int[] SlotOf, int WireCount, int SlotCount);
