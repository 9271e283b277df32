using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Which combinations are not zero in any satisfying assignment.</summary>
/// <remarks>
/// A row D·X = C with C + λ·D = e for constants λ and e ≠ 0 says that D is not zero: otherwise C = e would have to be zero. A constant C ≠ 0
/// is the case λ = 0, which serves both factors.
/// </remarks>
internal sealed class NonZeroFacts
{
    private readonly HashSet<LinearCombination> _forms = new(MultipleComparer.Instance);
    private readonly RangeFacts _ranges;
    private readonly CaseSplit? _cases;

    public NonZeroFacts(RowTable rows, RangeFacts ranges, CaseSplit? cases)
    {
        (_ranges, _cases) = (ranges, cases);
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.KindOf(row) == RowKind.Product)
            {
                var product = rows.System.C.WiresOf(row);
                Note(rows, row, 0, product);
                Note(rows, row, 1, product);
            }
        }
    }

    /// <summary>Whether the combination cannot be zero.</summary>
    public bool Contains(LinearCombination form) =>
        form.IsConstant ? !form.Constant.IsZero
        : _forms.Contains(form) || _ranges.ExcludesZero(form) || _cases?.Of(form) is { ExcludesZero: true };

    private void Note(RowTable rows, int row, int part, ReadOnlySpan<int> product)
    {
        if (product is [0])
        {
            _forms.Add(rows.Part(row, part));
        }
        else if (RowTable.WithoutOne(rows[part].WiresOf(row)).SequenceEqual(RowTable.WithoutOne(product)))
        {
            var form = rows.Part(row, part);
            if (Forms.IsShiftedMultiple(form, rows.C(row)))
            {
                _forms.Add(form);
            }
        }
    }
}
