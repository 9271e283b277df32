using Prover.Constraints;

namespace Prover.Compiler;

/// <summary>Numbers that rows have in common if they have the same coefficients, and a constant or none.</summary>
internal sealed class OperandShapes(SparseMatrix operands) : IEqualityComparer<int>
{
    private readonly int[] _known = NoneKnown(operands.RowCount);
    private Dictionary<int, int>? _numbers;

    /// <summary>The number of a row's shape.</summary>
    public int this[int row]
    {
        get
        {
            ref var number = ref _known[row];
            if (number < 0)
            {
                _numbers ??= new(this);
                if (!_numbers.TryGetValue(row, out number))
                {
                    number = _numbers.Count;
                    _numbers.Add(row, number);
                }
            }

            return number;
        }
    }

    /// <inheritdoc/>
    public bool Equals(int x, int y) => HasConstant(x) == HasConstant(y) && operands.CoefficientIdsOf(x).SequenceEqual(operands.CoefficientIdsOf(y));

    /// <inheritdoc/>
    public int GetHashCode(int row)
    {
        var hash = HasConstant(row) ? 1 : 0;
        foreach (var id in operands.CoefficientIdsOf(row))
        {
            hash = unchecked((hash * 0x01000193) ^ id); // As Fowler, Noll and Vo do with bytes.
        }

        return hash;
    }

    /// <summary>Whether the first term is one of slot 0.</summary>
    private bool HasConstant(int row) => operands.WiresOf(row) is [0, ..];

    private static int[] NoneKnown(int count)
    {
        var known = new int[count];
        known.AsSpan().Fill(-1);
        return known;
    }
}
