using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Which combinations are not zero in any satisfying assignment.</summary>
/// <remarks>
/// A row D·X = C with C + λ·D = e for constants λ and e ≠ 0 says that D is not zero: otherwise C = e would have to be zero. A constant C ≠ 0
/// is the case λ = 0, which serves both factors.
/// </remarks>
internal sealed class NonZeroFacts
{
    private readonly HashSet<LinearCombination> _forms = [];
    private readonly RangeFacts _ranges;

    public NonZeroFacts(RowTable rows, RangeFacts ranges)
    {
        _ranges = ranges;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.KindOf(row) == RowKind.Product)
            {
                var product = rows.System.C.WiresOf(row);
                Note(rows, row, rows.System.A.WiresOf(row), product, rows.A);
                Note(rows, row, rows.System.B.WiresOf(row), product, rows.B);
            }
        }
    }

    /// <summary>Whether the combination cannot be zero.</summary>
    public bool Contains(LinearCombination form) =>
        form.IsConstant ? !form.Constant.IsZero
        : _forms.Contains(Forms.Monic(form)) || _ranges.Of(form) is { ExcludesZero: true };

    private void Note(RowTable rows, int row, ReadOnlySpan<int> factor, ReadOnlySpan<int> product, Func<int, LinearCombination> read)
    {
        if (product is [0])
        {
            _forms.Add(Forms.Monic(read(row)));
        }
        else if (WithoutOne(factor).SequenceEqual(WithoutOne(product)))
        {
            var form = read(row);
            if (Forms.IsAffine(form, rows.C(row), out _, out var e) && !e.IsZero)
            {
                _forms.Add(Forms.Monic(form));
            }
        }
    }

    private static ReadOnlySpan<int> WithoutOne(ReadOnlySpan<int> wires) => wires is [0, ..] ? wires[1..] : wires;
}
