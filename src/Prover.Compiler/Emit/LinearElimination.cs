using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>A row to be emitted and the source place it comes from, or a call, whose rows are its fragment's.</summary>
internal readonly record struct EmittedPart(Row Row, int Source, Operation? Call = null);

/// <summary>Saves a linear row wherever it can be put into the row of a product that only it uses.</summary>
/// <remarks>
/// <para>
/// A row L·1 = 0 with a term c·p, where p is the wire of a product a·b = p and occurs in no third row, says p = −(L − c·p)/c. Written into the
/// product's row that is a·b = −(L − c·p)/c: the linear row and the wire p are not needed any more, and p stays a slot of the tape.
/// </para>
/// <para>
/// Equivalent: an assignment of the other wires satisfies the new row if and only if it satisfies both old ones with p = a·b. Unique: nothing else
/// mentioned p, so no wire was forced by way of it. Sparse: terms move from one row to another. The order is that of the rows, and within
/// a row that of the variables, so the result is the same everywhere.
/// </para>
/// </remarks>
internal sealed class LinearElimination
{
    private readonly List<EmittedPart?> _rows;
    private readonly int[] _occurrences;

    /// <summary>For a product's wire the index of its row, otherwise −1.</summary>
    private readonly int[] _definingRow;

    private LinearElimination(CircuitGraph graph, Liveness liveness, IEnumerable<LinearCombination> outputs)
    {
        _rows = [];
        _occurrences = new int[graph.VariableCount];
        _definingRow = new int[graph.VariableCount];
        _definingRow.AsSpan().Fill(-1);
        for (var i = 0; i < graph.Operations.Count; i++)
        {
            var operation = graph.Operations[i];
            if (liveness[i] != Need.Rows)
            {
                continue;
            }

            if (operation is { Code: TapeOperation.Product, Rows.Length: 1 })
            {
                _definingRow[operation.FirstOutput] = _rows.Count;
            }

            foreach (var row in operation.Rows)
            {
                _rows.Add(new(row, operation.Source));
                Count(row, 1);
            }

            if (operation.Placement is { } placement)
            {
                _rows.Add(new(default, operation.Source, operation));
                Keep(placement.Wires);
            }
        }

        Keep(outputs);
    }

    /// <summary>The rows of all operations that need rows, in their order, and which variables are no wires any more.</summary>
    public static (List<EmittedPart> Parts, bool[] IsEliminated) Run(CircuitGraph graph, Liveness liveness, IEnumerable<LinearCombination> outputs)
    {
        var elimination = new LinearElimination(graph, liveness, outputs);
        var isEliminated = new bool[graph.VariableCount];
        for (var i = 0; i < elimination._rows.Count; i++)
        {
            if (elimination._rows[i] is { Call: null, Row: var row } && row.IsLinear && elimination.FindOwnProduct(row.A) is { } variable)
            {
                elimination.Eliminate(variable, i, row.A);
                isEliminated[variable] = true;
            }
        }

        return ([.. elimination._rows.OfType<EmittedPart>()], isEliminated);
    }

    /// <summary>The first variable that is a product's wire which only this row and the product's own know.</summary>
    private int? FindOwnProduct(LinearCombination combination)
    {
        foreach (var variable in combination.Variables)
        {
            if (_definingRow[variable] >= 0 && _occurrences[variable] == 2)
            {
                return variable;
            }
        }

        return null;
    }

    private void Eliminate(int variable, int linearRow, LinearCombination combination)
    {
        var position = combination.Variables.BinarySearch(variable);
        var coefficient = combination.Coefficients[position];
        var own = LinearCombination.FromVariable(variable);
        var rest = combination.AddScaled(own, -coefficient).Scale(-coefficient.Invert());
        var product = _rows[_definingRow[variable]]!.Value;
        Count(product.Row, -1);
        Count(_rows[linearRow]!.Value.Row, -1);
        var merged = product.Row with { C = product.Row.C.AddScaled(own, -Fr.One).AddScaled(rest, Fr.One) };
        Count(merged, 1);
        _rows[_definingRow[variable]] = product with { Row = merged };
        _rows[linearRow] = null;
    }

    /// <summary>Counts variables that calls or outsiders use as used twice more, so that none of them is eliminated.</summary>
    private void Keep(IEnumerable<LinearCombination> combinations)
    {
        foreach (var combination in combinations)
        {
            foreach (var variable in combination.Variables)
            {
                _occurrences[variable] += 2;
            }
        }
    }

    /// <summary>Counts a row once for every variable in it.</summary>
    private void Count(in Row row, int step)
    {
        Add(row.A, step);
        Add(row.B, step);
        Add(row.C, step);
        void Add(LinearCombination combination, int one)
        {
            foreach (var variable in combination.Variables)
            {
                _occurrences[variable] += one;
            }
        }
    }
}
