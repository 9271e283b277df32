using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Completes a partial assignment to satisfying ones: by propagation where a row leaves one value, otherwise by trying several.</summary>
/// <remarks>A search without guarantee, and nothing rests on it: whatever it finds is checked against all rows.</remarks>
internal sealed partial class WitnessSolver
{
    /// <summary>Choices upon choices nest calls, for which there is so much room.</summary>
    private const int MostChoices = 3000;

    private readonly RowTable _rows;
    private readonly RangeFacts _ranges;
    private readonly Fr[] _values;
    private readonly bool[] _known;
    private readonly int[][] _unknown;
    private readonly Stack<int> _trail = new();
    private readonly Queue<int> _pending = new();
    private readonly bool[] _isPending;
    private readonly Random _random;
    private readonly long _granted;
    private long _budget;
    private int _depth;

    /// <summary>Starts from the values of the known wires.</summary>
    /// <param name="rows">The system.</param>
    /// <param name="ranges">What is known of its assignments: used as advice only.</param>
    /// <param name="values">A value for each known wire.</param>
    /// <param name="known">Which wires are known; wire 0 is.</param>
    /// <param name="budget">How many terms may be looked at.</param>
    /// <param name="seed">For the values of wires that nothing speaks of.</param>
    public WitnessSolver(RowTable rows, RangeFacts ranges, ReadOnlySpan<Fr> values, ReadOnlySpan<bool> known, long budget, int seed)
    {
        _rows = rows;
        _ranges = ranges;
        _values = values.ToArray();
        _known = known.ToArray();
        var terms = (long)rows.System.A.TermCount + rows.System.B.TermCount + rows.System.C.TermCount;
        (_granted, _budget) = (budget, budget - rows.Count - terms);
        _random = new Random(seed);
        _isPending = new bool[rows.Count];
        _unknown = [new int[rows.Count], new int[rows.Count], new int[rows.Count]];
        for (var part = 0; part < 3; part++)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                foreach (var wire in rows[part].WiresOf(row))
                {
                    _unknown[part][row] += _known[wire] ? 0 : 1;
                }
            }
        }

        for (var row = 0; row < rows.Count; row++)
        {
            Enqueue(row);
        }
    }

    /// <summary>Whether the budget is used up.</summary>
    public bool IsExhausted => _budget <= 0;

    /// <summary>How much of the budget has been used.</summary>
    public long Spent => _granted - _budget;

    /// <summary>Hands over satisfying assignments until one is accepted; returns whether one was.</summary>
    public bool Search(Predicate<Fr[]> accept)
    {
        var mark = _trail.Count;
        if (++_depth < MostChoices && Propagate() && !IsExhausted)
        {
            var unknown = Array.IndexOf(_known, false);
            if (unknown < 0)
            {
                if (accept(_values))
                {
                    return true;
                }
            }
            else
            {
                foreach (var choice in Choices())
                {
                    var before = _trail.Count;
                    foreach (var (wire, value) in choice)
                    {
                        Assign(wire, value);
                    }

                    if (Search(accept))
                    {
                        return true;
                    }

                    Undo(before);
                    if (IsExhausted)
                    {
                        break;
                    }
                }
            }
        }

        _depth--;
        Undo(mark);
        return false;
    }

    private void Assign(int wire, Fr value)
    {
        _values[wire] = value;
        _known[wire] = true;
        _trail.Push(wire);
        foreach (var place in _rows.PlacesOf(wire))
        {
            _unknown[place % 3][place / 3]--;
            Enqueue(place / 3);
        }
    }

    private void Undo(int mark)
    {
        while (_trail.Count > mark)
        {
            var wire = _trail.Pop();
            _known[wire] = false;
            foreach (var place in _rows.PlacesOf(wire))
            {
                _unknown[place % 3][place / 3]++;
            }
        }

        while (_pending.TryDequeue(out var row))
        {
            _isPending[row] = false;
        }
    }

    private void Enqueue(int row)
    {
        if (!_isPending[row])
        {
            _isPending[row] = true;
            _pending.Enqueue(row);
        }
    }

    private bool Propagate()
    {
        while (_budget > 0 && _pending.TryDequeue(out var row))
        {
            _isPending[row] = false;
            if (!Visit(row))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Assigns what the row leaves one value; false if it cannot be satisfied.</summary>
    private bool Visit(int row)
    {
        var (a, b, c) = (_unknown[0][row], _unknown[1][row], _unknown[2][row]);
        _budget--;
        if (a + b + c == 0)
        {
            return Value(0, row) * Value(1, row) == Value(2, row);
        }

        if (a > 0 && b > 0)
        {
            return !(a == 1 && b == 1 && c <= 1) || VisitQuadratic(row);
        }

        if (c > 1 || a + b > 2)
        {
            // Not one unknown, unless the known factor is zero.
            if (c > 1 || !Value(a == 0 ? 0 : 1, row).IsZero)
            {
                return true;
            }
        }

        var equation = EquationOf(row);
        return equation.Count switch
        {
            0 => equation.Constant.IsZero,
            1 => Solve(equation),
            _ => true,
        };
    }

    private bool Solve(LinearCombination equation)
    {
        Assign(equation.Variables[0], -equation.Constant * equation.Coefficients[0].Invert());
        return true;
    }

    private bool VisitQuadratic(int row)
    {
        if (RootsOf(row) is not { } roots)
        {
            return true;
        }

        if (roots.Values.Length == 1)
        {
            Assign(roots.Wire, roots.Values[0]);
        }

        return roots.Values.Length > 0;
    }

    /// <summary>The unknowns of a row one of whose factors is known.</summary>
    private LinearCombination EquationOf(int row)
    {
        var known = _unknown[0][row] == 0 ? 0 : 1;
        var factor = Value(known, row);
        return Open(1 - known, row).Scale(factor).AddScaled(Open(2, row), -Fr.One);
    }

    /// <summary>A part of a row with the known wires' values in its constant.</summary>
    private LinearCombination Open(int part, int row)
    {
        var form = part switch { 0 => _rows.A(row), 1 => _rows.B(row), _ => _rows.C(row) };
        _budget -= form.Count;
        return Open(form);
    }

    private LinearCombination Open(LinearCombination form)
    {
        var (wires, coefficients, constant) = (new List<int>(), new List<Fr>(), form.Constant);
        for (var i = 0; i < form.Count; i++)
        {
            if (_known[form.Variables[i]])
            {
                constant += form.Coefficients[i] * _values[form.Variables[i]];
            }
            else
            {
                wires.Add(form.Variables[i]);
                coefficients.Add(form.Coefficients[i]);
            }
        }

        return LinearCombination.FromSorted([.. wires], [.. coefficients], constant);
    }

    private Fr Value(int part, int row)
    {
        _budget -= _rows[part].WiresOf(row).Length;
        return _rows[part].Evaluate(row, _values);
    }
}
