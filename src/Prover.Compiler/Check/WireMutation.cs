using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Changes single wires of a satisfying assignment; the constraints must refuse every change.</summary>
internal sealed class WireMutation
{
    /// <summary>Large circuits are sampled evenly: every wire of every gadget is tried in the gadgets' own tests.</summary>
    private const int MaximumWires = 512;

    private readonly CompiledCircuit _circuit;
    private readonly int[] _wires;
    private readonly Dictionary<int, List<int>> _rowsOf;

    public WireMutation(CompiledCircuit circuit)
    {
        _circuit = circuit;
        var first = 1 + circuit.Inputs.Count;
        var count = circuit.R1cs.WireCount - first;
        var step = Math.Max(1, count / MaximumWires);
        _wires = [.. Enumerable.Range(first, count).Where(wire => (wire - first) % step == 0)];
        _rowsOf = _wires.ToDictionary(wire => wire, _ => new List<int>());
        foreach (var matrix in new[] { circuit.R1cs.A, circuit.R1cs.B, circuit.R1cs.C })
        {
            Index(matrix);
        }
    }

    /// <summary>A wire that may carry another value, or null.</summary>
    public WireId? FindUnforcedWire(Fr[] assignment)
    {
        var values = (Fr[])assignment.Clone();
        foreach (var wire in _wires)
        {
            var honest = values[wire];
            foreach (var forged in new[] { honest + Fr.One, honest - Fr.One, -honest - Fr.One, (Fr)0x5eed })
            {
                values[wire] = forged;
                if (forged != honest && _rowsOf[wire].TrueForAll(row => Holds(row, values)))
                {
                    return new(wire);
                }
            }

            values[wire] = honest;
        }

        return null;
    }

    private bool Holds(int row, Fr[] values) =>
        _circuit.R1cs.A.Evaluate(row, values) * _circuit.R1cs.B.Evaluate(row, values) == _circuit.R1cs.C.Evaluate(row, values);

    private void Index(SparseMatrix matrix)
    {
        for (var row = 0; row < matrix.RowCount; row++)
        {
            foreach (var wire in matrix.WiresOf(row))
            {
                if (_rowsOf.TryGetValue(wire, out var rows) && (rows.Count == 0 || rows[^1] != row))
                {
                    rows.Add(row);
                }
            }
        }
    }
}
