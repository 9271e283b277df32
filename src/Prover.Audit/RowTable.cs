using Prover.Constraints;

namespace Prover.Audit;

/// <summary>What a row demands.</summary>
internal enum RowKind : byte
{
    /// <summary>A factor is constant: a linear equation.</summary>
    Linear,

    /// <summary>A·B = 0.</summary>
    ZeroProduct,

    /// <summary>A·B = C.</summary>
    Product,
}

/// <summary>The rows of a system as linear combinations of wires, and the places where each wire occurs.</summary>
internal sealed class RowTable
{
    private readonly RowKind[] _kinds;
    private readonly int[] _starts;
    private readonly int[] _places;

    public RowTable(R1cs system)
    {
        System = system;
        _kinds = new RowKind[system.ConstraintCount];
        for (var row = 0; row < _kinds.Length; row++)
        {
            _kinds[row] = IsConstant(system.A.WiresOf(row)) || IsConstant(system.B.WiresOf(row)) ? RowKind.Linear
                : system.C.WiresOf(row).IsEmpty ? RowKind.ZeroProduct
                : RowKind.Product;
        }

        (_starts, _places) = Index(system);
    }

    /// <summary>The system.</summary>
    public R1cs System { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _kinds.Length;

    /// <summary>Number of wires, the constant one included.</summary>
    public int WireCount => System.WireCount;

    /// <summary>The three matrices.</summary>
    public SparseMatrix this[int part] => part switch { 0 => System.A, 1 => System.B, _ => System.C };

    /// <summary>What the row demands.</summary>
    public RowKind KindOf(int row) => _kinds[row];

    /// <summary>Where a wire occurs: row·3 + part, the parts being A, B and C.</summary>
    public ReadOnlySpan<int> PlacesOf(int wire) => _places.AsSpan(_starts[wire].._starts[wire + 1]);

    /// <summary>The left factor.</summary>
    public LinearCombination A(int row) => Part(row, 0);

    /// <summary>The right factor.</summary>
    public LinearCombination B(int row) => Part(row, 1);

    /// <summary>The product.</summary>
    public LinearCombination C(int row) => Part(row, 2);

    /// <summary>A factor or the product: 0, 1 or 2 for A, B and C.</summary>
    public LinearCombination Part(int row, int part) => Combination(this[part], row);

    /// <summary>The combination that a linear row demands to be zero.</summary>
    public LinearCombination Equation(int row)
    {
        var (a, b, c) = (A(row), B(row), C(row));
        var product = a.IsConstant ? b.Scale(a.Constant) : a.Scale(b.Constant);
        return product.AddScaled(c, -Fr.One);
    }

    /// <summary>The wires of a combination without the constant one.</summary>
    public static ReadOnlySpan<int> WithoutOne(ReadOnlySpan<int> wires) => wires is [0, ..] ? wires[1..] : wires;

    private static bool IsConstant(ReadOnlySpan<int> wires) => wires.IsEmpty || wires is [0];

    private static LinearCombination Combination(SparseMatrix matrix, int row)
    {
        var wires = matrix.WiresOf(row);
        var ids = matrix.CoefficientIdsOf(row);
        var table = matrix.Coefficients.Span;
        var skip = wires is [0, ..] ? 1 : 0;
        var coefficients = new Fr[wires.Length - skip];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = table[ids[i + skip]];
        }

        return LinearCombination.FromSorted(wires[skip..].ToArray(), coefficients, skip == 1 ? table[ids[0]] : Fr.Zero);
    }

    private static (int[] Starts, int[] Places) Index(R1cs system)
    {
        SparseMatrix[] parts = [system.A, system.B, system.C];
        var starts = new int[system.WireCount + 1];
        foreach (var part in parts)
        {
            foreach (var wire in part.Wires.Span)
            {
                starts[wire + 1]++;
            }
        }

        for (var wire = 0; wire < system.WireCount; wire++)
        {
            starts[wire + 1] += starts[wire];
        }

        var places = new int[starts[^1]];
        var next = starts.AsSpan(0, system.WireCount).ToArray();
        for (var row = 0; row < system.ConstraintCount; row++)
        {
            for (var part = 0; part < parts.Length; part++)
            {
                foreach (var wire in parts[part].WiresOf(row))
                {
                    places[next[wire]++] = (row * 3) + part;
                }
            }
        }

        return (starts, places);
    }
}
