using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Finds ranges that every satisfying assignment keeps, row by row until nothing changes.</summary>
/// <remarks>Each fact is a consequence of the rows alone; what is an input and what is determined plays no part here.</remarks>
internal sealed class RangeAnalysis
{
    /// <summary>In longer equations the wires' ranges are not handed on to sums of the others.</summary>
    private const int ShortEquation = 6;

    private readonly RowTable _rows;
    private readonly Queue<int> _pending = new();
    private readonly bool[] _isPending;
    private readonly Dictionary<int, List<int>> _formsOf = [];
    private readonly bool[] _isDone;
    private readonly BoundedNumbers _bounded;

    private RangeAnalysis(RowTable rows)
    {
        _rows = rows;
        _isPending = new bool[rows.Count];
        Facts = new(rows.WireCount);
        _isDone = new bool[rows.Count];
        _bounded = new(rows, Facts);
    }

    private RangeFacts Facts { get; }

    /// <summary>All ranges, and the numbers whose bits are bounded.</summary>
    public static (RangeFacts Facts, IReadOnlyList<BoundedNumber> Bounded) Run(RowTable rows)
    {
        var analysis = new RangeAnalysis(rows);
        analysis.Run();
        return (analysis.Facts, [.. analysis._bounded.Found, .. new ComparedNumbers(rows, analysis.Facts).Search()]);
    }

    private void Run()
    {
        // Rows about single bits first: what else there is then sees all bits at once.
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows.KindOf(row) == RowKind.ZeroProduct)
            {
                ZeroProduct(row);
            }
        }

        Facts.ChangedWires.Clear();
        for (var row = 0; row < _rows.Count; row++)
        {
            Enqueue(row);
        }

        do
        {
            Settle();
        }
        while (_bounded.Search());
    }

    /// <summary>Cheap conclusions first: a form is long, and waits until its wires have settled.</summary>
    private void Settle()
    {
        while (true)
        {
            if (Facts.ChangedWires.TryDequeue(out var wire))
            {
                EnqueueAround(wire);
            }
            else if (_pending.TryDequeue(out var row))
            {
                _isPending[row] = false;
                Visit(row);
            }
            else if (Facts.TakeChangedForm(out var form))
            {
                Subscribe(form);
                Deduce(Facts.Forms[form].Form, Facts.Forms[form].Range);
            }
            else
            {
                return;
            }
        }
    }

    private void EnqueueAround(int wire)
    {
        foreach (var place in _rows.PlacesOf(wire))
        {
            Enqueue(place / 3);
        }

        if (_formsOf.TryGetValue(wire, out var forms))
        {
            foreach (var form in forms)
            {
                Facts.Reconsider(form);
            }

            _formsOf.Remove(wire);
        }
    }

    private void Enqueue(int row)
    {
        if (!_isPending[row] && !_isDone[row])
        {
            _isPending[row] = true;
            _pending.Enqueue(row);
        }
    }

    /// <summary>A form is looked at again after one of its wires changes; until then once is enough.</summary>
    private void Subscribe(int form)
    {
        foreach (var wire in Facts.Forms[form].Form.Variables)
        {
            if (!_formsOf.TryGetValue(wire, out var forms))
            {
                _formsOf.Add(wire, forms = []);
            }

            if (forms.Count == 0 || forms[^1] != form)
            {
                forms.Add(form);
            }
        }
    }

    private void Visit(int row)
    {
        switch (_rows.KindOf(row))
        {
            case RowKind.Linear:
                Deduce(_rows.Equation(row), IntegerRange.Point(0));
                break;
            case RowKind.ZeroProduct:
                ZeroProduct(row);
                break;
            default:
                Product(row);
                break;
        }
    }

    /// <summary>A·B = 0 with K = A + λB of small range: A and λB are in the hull of 0 and K.</summary>
    /// <remarks>
    /// One of A and B is zero. If A = 0, then λB = K; if B = 0, then A = K. A constant K ≠ 0 makes A/K a bit. The row bᵢ·(1 − t − bᵢ) = 0 of
    /// a bounded decomposition has λ = 1 and K = 1 − t, so that bᵢ is a bit if t is one.
    /// </remarks>
    private void ZeroProduct(int row)
    {
        var (a, b) = (_rows.A(row), _rows.B(row));
        if (Forms.Cancel(a, b) is not var (k, lambda))
        {
            return;
        }

        if (k.IsConstant && !k.Constant.IsZero)
        {
            Facts.Narrow(a.Scale(Forms.Ratio(Fr.One, k.Constant)), IntegerRange.Bit);
            _isDone[row] = true;
            return;
        }

        if (Facts.Of(k) is { } range)
        {
            var hull = range.Hull(IntegerRange.Point(0));
            Facts.Narrow(a, hull);
            Facts.Narrow(b.Scale(lambda), hull);
        }
    }

    /// <summary>A·B = C: C is in the product of the ranges of A and B; in that of squares if A = B.</summary>
    private void Product(int row)
    {
        if (!HasRange(_rows.System.A.WiresOf(row)) || !HasRange(_rows.System.B.WiresOf(row)))
        {
            return;
        }

        var (a, b) = (_rows.A(row), _rows.B(row));
        if (Facts.Of(a) is { } x && Facts.Of(b) is { } y)
        {
            var range = x * y;
            if (a.Equals(b))
            {
                var greatest = BigInteger.Max(x.Low * x.Low, x.High * x.High);
                range = new(BigInteger.Zero, greatest);
            }

            Facts.Narrow(_rows.C(row), range);
        }
    }

    /// <summary>Whether it is worth asking for a combination's range: all wires have one, or it may be known as a whole.</summary>
    private bool HasRange(ReadOnlySpan<int> wires) => Facts.AreRanged(wires) || Facts.MayHaveForm(RowTable.WithoutOne(wires));

    /// <summary>Draws conclusions from v = Σ cᵢ·wᵢ + k being in a range.</summary>
    private void Deduce(LinearCombination form, IntegerRange range)
    {
        if (form.Count < 2)
        {
            Facts.Narrow(form, range);
            return;
        }

        if (range == IntegerRange.Point(0) && TryPin(form))
        {
            return;
        }

        var (bits, others, unknown, lastUnknown) = (0, 0, 0, -1);
        var lastOther = -1;
        for (var i = 0; i < form.Count; i++)
        {
            if (Facts.IsBit(form.Variables[i]))
            {
                bits++;
                continue;
            }

            others++;
            lastOther = i;
            if (Facts.Of(form.Variables[i]) is null)
            {
                unknown++;
                lastUnknown = i;
            }
        }

        if (unknown == 1 || others == 1)
        {
            SolveFor(unknown == 1 ? lastUnknown : lastOther, form, range);
        }

        if (bits > 0 && others > 1)
        {
            TakeBitsOut(form, range);
        }

        if (unknown == 0 && range.IsPoint && form.Count is > 2 and <= ShortEquation)
        {
            Transfer(form, range);
        }
    }

    /// <summary>In Σ cᵢ·wᵢ + k = v each wire's range is one of the sum of the others: x − y inherits z's in z = x − y.</summary>
    private void Transfer(LinearCombination form, IntegerRange value)
    {
        for (var i = 0; i < form.Count; i++)
        {
            var wire = LinearCombination.FromVariable(form.Variables[i]);
            var range = value + (Facts.Of(form.Variables[i])!.Value * (-form.Coefficients[i]).ToSignedInteger());
            Facts.Narrow(form.AddScaled(wire, -form.Coefficients[i]), range);
        }
    }

    /// <summary>
    /// If Σ cᵢ·wᵢ + k = 0 and 0 is the least or the greatest value that the ranges allow, every wire is at that end of its range.
    /// </summary>
    /// <remarks>The sum of the integers is a multiple of r in a range [0, h] or [−h, 0] with h &lt; r, hence 0; no summand can be further in.</remarks>
    private bool TryPin(LinearCombination form)
    {
        if (Facts.SumOf(form, Fr.One) is not { } sum || !(sum.Low.IsZero || sum.High.IsZero))
        {
            return false;
        }

        for (var i = 0; i < form.Count; i++)
        {
            var range = Facts.Of(form.Variables[i])!.Value;
            var atLow = (form.Coefficients[i].ToSignedInteger().Sign > 0) == sum.Low.IsZero;
            Facts.Narrow(LinearCombination.FromVariable(form.Variables[i]), IntegerRange.Point(atLow ? range.Low : range.High));
        }

        return true;
    }

    /// <summary>w = (v − k − Σ others)/c, in integers congruent to the coefficients divided by c.</summary>
    private void SolveFor(int index, LinearCombination form, IntegerRange range)
    {
        var scale = -form.Coefficients[index].Invert();
        var wire = LinearCombination.FromVariable(form.Variables[index]);
        var rest = form.AddScaled(wire, -form.Coefficients[index]);
        if (Facts.SumOf(rest, scale) is { } sum)
        {
            Facts.Narrow(wire, sum + (range * (-scale).ToSignedInteger()));
        }
    }

    /// <summary>s·(form without its bits) = s·v − Σ s·cᵢ·bᵢ: what x − Σ 2ⁱ·bᵢ in {0, 1} says of x.</summary>
    private void TakeBitsOut(LinearCombination form, IntegerRange range)
    {
        var wires = form.Variables.ToArray().Where(Facts.IsBit).ToArray();
        var weights = wires.Select(wire => form.Coefficients[form.Variables.BinarySearch(wire)]).ToArray();
        var bits = LinearCombination.FromSorted(wires, weights, Fr.Zero);
        var rest = form.AddScaled(bits, -Fr.One);
        (IntegerRange Range, Fr Scale)? best = null;
        foreach (var scale in Forms.Scales(weights))
        {
            if (Facts.SumOf(bits, -scale) is { } sum)
            {
                var total = sum + (range * scale.ToSignedInteger());
                best = best is { } found && found.Range.Width <= total.Width ? best : (total, scale);
            }
        }

        if (best is { } narrowest)
        {
            Facts.Narrow(rest.Scale(narrowest.Scale), narrowest.Range);
        }
    }
}
