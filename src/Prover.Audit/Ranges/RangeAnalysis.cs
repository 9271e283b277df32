using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Finds ranges that every satisfying assignment keeps, row by row until nothing changes.</summary>
/// <remarks>Each fact is a consequence of the rows alone; what is an input and what is determined plays no part here.</remarks>
internal sealed partial class RangeAnalysis
{
    /// <summary>In longer equations the wires' ranges are not handed on to sums of the others.</summary>
    private const int ShortEquation = 6;

    private readonly RowTable _rows;
    private readonly Queue<int> _pending = new();
    private readonly bool[] _isPending;
    private readonly Dictionary<int, List<int>> _formsOf = [];
    private readonly bool[] _isDone;
    private readonly BoundedNumbers _boundedBits;

    private RangeAnalysis(RowTable rows, bool byCases)
    {
        _rows = rows;
        _isPending = new bool[rows.Count];
        _isDone = new bool[rows.Count];
        Facts = new(rows.WireCount);
        Cases = byCases ? new(rows, Facts) : null;
        NonZero = new(rows, Facts, Cases);
        _boundedBits = new(rows, Facts);
    }

    /// <summary>All ranges.</summary>
    public RangeFacts Facts { get; }

    /// <summary>Ranges of combinations that contain choices; null if they are not looked at.</summary>
    public CaseSplit? Cases { get; }

    /// <summary>What is known to be non-zero.</summary>
    public NonZeroFacts NonZero { get; }

    /// <summary>Numbers whose bits are bounded.</summary>
    public IReadOnlyList<BoundedNumber> Bounded { get; private set; } = [];

    /// <summary>The range of a combination, by cases if they are looked at.</summary>
    public IntegerRange? Of(LinearCombination form) => Cases is null ? Facts.Of(form) : Cases.Of(form);

    /// <summary>Finds all that it can.</summary>
    /// <param name="rows">The system.</param>
    /// <param name="byCases">Whether to look at the cases of choices as well, which takes several times as long.</param>
    public static RangeAnalysis Run(RowTable rows, bool byCases)
    {
        var analysis = new RangeAnalysis(rows, byCases);
        analysis.Run();
        analysis.Bounded = [.. analysis._boundedBits.Found, .. new ComparedNumbers(rows, analysis.Facts).Search()];
        return analysis;
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

        if (Cases is not null)
        {
            NoteIndicators();
        }

        Facts.ChangedWires.Clear();
        for (var row = 0; row < _rows.Count; row++)
        {
            Enqueue(row);
        }

        SettleAll();
        if (Cases is not null)
        {
            Refine(Cases);
        }
    }

    private void SettleAll()
    {
        do
        {
            Settle();
        }
        while (_boundedBits.Search() && !Facts.AreContradictory);
    }

    /// <summary>Cheap conclusions first: a form is long, and waits until its wires have settled.</summary>
    private void Settle()
    {
        while (!Facts.AreContradictory)
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
            else if (Facts.Forms.TakeChanged(out var form))
            {
                Subscribe(form);
                Deduce(Facts.Forms.All[form].Form, Facts.Forms.All[form].Range);
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
                Facts.Forms.Reconsider(form);
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
        foreach (var wire in Facts.Forms.All[form].Form.Variables)
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
        if (IsZero(row, 0) || IsZero(row, 1))
        {
            Facts.Narrow(_rows.C(row), IntegerRange.Point(0));
            return;
        }

        if (!HasRange(_rows.System.A.WiresOf(row)) || !HasRange(_rows.System.B.WiresOf(row)))
        {
            return;
        }

        var (a, b) = (_rows.A(row), _rows.B(row));
        if (Facts.Of(a) is { } x && Facts.Of(b) is { } y)
        {
            var c = _rows.C(row);
            Facts.Narrow(c, Product(a, x, b, y));
            if (Cases is not null && (Cases.IsChoice(a, x) || Cases.IsChoice(b, y)))
            {
                Cases.NoteChoice(c.Variables);
            }
        }
    }

    private static IntegerRange Product(LinearCombination a, IntegerRange x, LinearCombination b, IntegerRange y) =>
        a.Equals(b) ? new(BigInteger.Zero, BigInteger.Max(x.Low * x.Low, x.High * x.High)) : x * y;

    /// <summary>Whether a factor of one wire is zero.</summary>
    private bool IsZero(int row, int part) =>
        RowTable.WithoutOne(_rows[part].WiresOf(row)) is [var wire] && Facts.Of(wire) is { IsPoint: true } && Facts.Of(_rows.Part(row, part)) == IntegerRange.Point(0);

    /// <summary>Whether it is worth asking for a combination's range: all wires have one, or it may be known as a whole.</summary>
    private bool HasRange(ReadOnlySpan<int> wires) => Facts.AreRanged(wires) || Facts.Forms.MayContain(RowTable.WithoutOne(wires));
}
