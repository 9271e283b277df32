using Prover.Constraints;

namespace Prover.Compiler;

/// <summary>How far an operation is needed.</summary>
internal enum Need : byte
{
    /// <summary>Nothing emitted depends on it.</summary>
    None,

    /// <summary>The witness computation or a message uses its value, the constraints do not.</summary>
    TapeOnly,

    /// <summary>Constraints use it: its variables are wires and its rows are emitted.</summary>
    Rows,
}

/// <summary>Which operations are needed by inputs and requirements, found by walking back from those.</summary>
internal sealed class Liveness
{
    private readonly CircuitGraph _graph;
    private readonly Need[] _needs;
    private readonly Stack<int> _pending = new();
    private readonly Dictionary<Operation, int> _indices = new(ReferenceEqualityComparer.Instance);

    /// <param name="graph">The operations.</param>
    /// <param name="outputs">Combinations that somebody outside builds rows from.</param>
    /// <param name="onTape">Combinations of slots that somebody outside computes.</param>
    public Liveness(CircuitGraph graph, IEnumerable<LinearCombination> outputs, IEnumerable<LinearCombination> onTape)
    {
        _graph = graph;
        _needs = new Need[graph.Operations.Count];
        for (var i = 0; i < _needs.Length; i++)
        {
            foreach (var companion in graph.Operations[i].Companions)
            {
                _indices[companion] = -1;
            }
        }

        for (var i = 0; i < _needs.Length; i++)
        {
            if (_indices.ContainsKey(graph.Operations[i]))
            {
                _indices[graph.Operations[i]] = i;
            }

            if (graph.Operations[i].IsRoot)
            {
                Raise(i, Need.Rows);
            }
        }

        foreach (var output in outputs)
        {
            RaiseAll(output, Need.Rows);
        }

        foreach (var combination in onTape)
        {
            RaiseAll(combination, Need.TapeOnly);
        }

        while (_pending.TryPop(out var index))
        {
            Visit(index);
        }
    }

    public Need this[int operation] => _needs[operation];

    private void Visit(int index)
    {
        var operation = _graph.Operations[index];
        RaiseAll(operation.X, Need.TapeOnly);
        RaiseAll(operation.Y, Need.TapeOnly);
        foreach (var slots in operation.Placement?.Slots ?? [])
        {
            RaiseAll(slots, Need.TapeOnly);
        }

        foreach (var argument in operation.Requirement?.Arguments ?? [])
        {
            RaiseAll(argument.Value.Slots, Need.TapeOnly);
        }

        if (_needs[index] != Need.Rows)
        {
            return;
        }

        foreach (var row in operation.Rows)
        {
            RaiseAll(row.A, Need.Rows);
            RaiseAll(row.B, Need.Rows);
            RaiseAll(row.C, Need.Rows);
        }

        for (var i = 0; i < operation.Placement?.Wires.Length; i++)
        {
            if (operation.Placement.Fragment.IsInRows[i])
            {
                RaiseAll(operation.Placement.Wires[i], Need.Rows);
            }
        }

        foreach (var companion in operation.Companions)
        {
            Raise(_indices[companion], Need.Rows);
        }
    }

    private void RaiseAll(LinearCombination? combination, Need need)
    {
        foreach (var variable in combination is null ? [] : combination.Variables)
        {
            Raise(_graph.DefinitionIndexOf(variable), need);
        }
    }

    private void Raise(int index, Need need)
    {
        if (need == Need.Rows && !_graph.Operations[index].DefinesWires)
        {
            need = Need.TapeOnly;
        }

        if (_needs[index] < need)
        {
            _needs[index] = need;
            _pending.Push(index);
        }
    }
}
