using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class RangeAnalysis
{
    /// <summary>So often are the cases of all rows looked at again, as long as that leads to anything.</summary>
    private const int MostPasses = 4;

    /// <summary>Products, and rows A·B = 0 whose factors have nothing to do with each other.</summary>
    private readonly List<int> _refined = [];

    /// <summary>Notes the rows to refine, and of a row D·Z = 0 where Z says whether D is zero, by being e or 0, that Z/e is a bit.</summary>
    private void NoteIndicators()
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows.KindOf(row) == RowKind.Product)
            {
                _refined.Add(row);
            }
            else if (_rows.KindOf(row) == RowKind.ZeroProduct && !_isDone[row] && (_rows.A(row), _rows.B(row)) is var (a, b) && Forms.Cancel(a, b) is null)
            {
                _refined.Add(row);
                NoteIndicator(a, b);
                NoteIndicator(b, a);
            }
        }
    }

    private void NoteIndicator(LinearCombination d, LinearCombination z)
    {
        if (ZeroIndicators.Find(_rows, d, z) is { } e)
        {
            Facts.Narrow(z.Scale(Forms.Ratio(Fr.One, e)), IntegerRange.Bit);
        }
    }

    /// <summary>Looks at the cases of what each row says, a few times or until nothing is new; in the rows' order, so that one finds what those before it led to.</summary>
    private void Refine(CaseSplit cases)
    {
        var isNew = true;
        for (var pass = 0; pass < MostPasses && isNew; pass++)
        {
            isNew = false;
            foreach (var row in _refined)
            {
                if (_rows.KindOf(row) == RowKind.Product)
                {
                    RefineProduct(row, cases);
                }
                else
                {
                    RefineZeroProduct(row);
                }

                isNew |= Facts.HasChanged;
                Settle();
            }

            SettleAll();
        }
    }

    /// <summary>A·B = 0 makes one factor zero if the other cannot be.</summary>
    private void RefineZeroProduct(int row)
    {
        var (a, b) = (_rows.A(row), _rows.B(row));
        if (NonZero.Contains(a))
        {
            Facts.Narrow(b, IntegerRange.Point(0));
        }
        else if (NonZero.Contains(b))
        {
            Facts.Narrow(a, IntegerRange.Point(0));
        }
    }

    /// <summary>A·B = C where a factor contains a choice or C is one: C is in the product of the hulls of their cases, and in that of its own.</summary>
    private void RefineProduct(int row, CaseSplit cases)
    {
        if (!cases.HasChoice(_rows.System.A.WiresOf(row)) && !cases.HasChoice(_rows.System.B.WiresOf(row)) && !cases.HasChoice(_rows.System.C.WiresOf(row)))
        {
            return;
        }

        var (a, b, c) = (_rows.A(row), _rows.B(row), _rows.C(row));
        if (c is { Count: 1 } && Facts.IsBit(c.Variables[0]))
        {
            return;
        }

        if (cases.Of(a) is { } x && cases.Of(b) is { } y)
        {
            Facts.Narrow(c, Product(a, x, b, y));
            if (cases.HasChoice(c.Variables) && cases.Of(c) is { } narrower)
            {
                Facts.Narrow(c, narrower);
            }
        }
    }
}
