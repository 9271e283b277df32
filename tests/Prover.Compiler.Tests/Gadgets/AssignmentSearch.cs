using Prover.Constraints;

namespace Prover.Compiler.Tests;

/// <summary>
/// Finds every assignment that satisfies a small system for given inputs, by propagation and case distinction: a row with one unknown wire
/// gives its value, two values (of a bit, say) are both tried. Unlike <see cref="Adversary"/> it misses nothing.
/// </summary>
internal sealed class AssignmentSearch
{
    private const int MaximumNodes = 30_000;

    /// <summary>Rows with more unknown wires than this are left until others have made some known.</summary>
    private const int MaximumUnknown = 3;

    private readonly R1cs _system;
    private readonly int _deletedRow;
    private readonly int[][] _wiresOf;
    private readonly List<int>[] _rowsOf;
    private readonly Fr[] _values;
    private readonly bool[] _isKnown;
    private readonly int[] _unknown;
    private readonly Stack<int> _trail = [];
    private int _nodes;

    /// <param name="system">The constraints.</param>
    /// <param name="deletedRow">A row to ignore, or −1.</param>
    public AssignmentSearch(R1cs system, int deletedRow = -1)
    {
        _system = system;
        _deletedRow = deletedRow;
        _values = new Fr[system.WireCount];
        _isKnown = new bool[system.WireCount];
        _wiresOf = [.. Enumerable.Range(0, system.ConstraintCount)
            .Select(row => WiresOf(system.A, row).Concat(WiresOf(system.B, row)).Concat(WiresOf(system.C, row)).Distinct().ToArray())];
        _unknown = [.. _wiresOf.Select(wires => wires.Length)];
        _rowsOf = [.. Enumerable.Range(0, system.WireCount).Select(_ => new List<int>())];
        for (var row = 0; row < _wiresOf.Length; row++)
        {
            foreach (var wire in _wiresOf[row])
            {
                _rowsOf[wire].Add(row);
            }
        }
    }

    /// <summary>The assignments found, two at most.</summary>
    public List<Fr[]> Found { get; } = [];

    /// <summary>Whether somewhere no row says anything more of a wire: many assignments, none of which was looked for.</summary>
    public bool HasFreeWire { get; private set; }

    /// <summary>Whether the search was given up, so that there may be more.</summary>
    public bool IsUnfinished => _nodes > MaximumNodes;

    /// <summary>Searches with the private inputs given.</summary>
    public AssignmentSearch With(ReadOnlySpan<Fr> inputs)
    {
        SortedSet<int> rows = [.. Enumerable.Range(0, _wiresOf.Length)];
        Assign(0, Fr.One, rows);
        for (var i = 0; i < inputs.Length; i++)
        {
            Assign(1 + _system.PublicCount + i, inputs[i], rows);
        }

        Search(rows);
        return this;
    }

    private static IEnumerable<int> WiresOf(SparseMatrix matrix, int row) => matrix.WiresOf(row).ToArray();

    /// <summary>Follows what is forced from the given rows on, then distinguishes the cases of the first row that leaves two values.</summary>
    private void Search(SortedSet<int> rows)
    {
        var mark = _trail.Count;
        _nodes++;
        if (Found.Count < 2 && !HasFreeWire && !IsUnfinished && Propagate(rows))
        {
            Distinguish();
        }

        Undo(mark);
    }

    /// <summary>False if a row is violated.</summary>
    private bool Propagate(SortedSet<int> rows)
    {
        while (rows.Count > 0)
        {
            var row = rows.Min;
            rows.Remove(row);
            if (_unknown[row] == 0 && !Holds(row))
            {
                return false;
            }

            if (OnlyUnknown(row) is { } wire && Roots(row, wire) is { } roots)
            {
                if (roots.Length == 0)
                {
                    return false;
                }

                if (roots.Length == 1)
                {
                    Assign(wire, roots[0], rows);
                }
            }
        }

        return true;
    }

    private void Distinguish()
    {
        if (Array.TrueForAll(_isKnown, known => known))
        {
            Found.Add((Fr[])_values.Clone());
            return;
        }

        for (var row = 0; row < _wiresOf.Length; row++)
        {
            if (OnlyUnknown(row) is { } wire && Roots(row, wire) is { Length: 2 } roots)
            {
                foreach (var root in roots)
                {
                    var mark = _trail.Count;
                    SortedSet<int> rows = [];
                    Assign(wire, root, rows);
                    Search(rows);
                    Undo(mark);
                }

                return;
            }
        }

        HasFreeWire = true;
    }

    private void Assign(int wire, Fr value, SortedSet<int> rows)
    {
        _values[wire] = value;
        _isKnown[wire] = true;
        _trail.Push(wire);
        foreach (var row in _rowsOf[wire])
        {
            _unknown[row]--;
            rows.Add(row);
        }
    }

    private void Undo(int mark)
    {
        while (_trail.Count > mark)
        {
            var wire = _trail.Pop();
            _values[wire] = Fr.Zero;
            _isKnown[wire] = false;
            foreach (var row in _rowsOf[wire])
            {
                _unknown[row]++;
            }
        }
    }

    private bool Holds(int row) => row == _deletedRow || _system.A.Evaluate(row, _values) * _system.B.Evaluate(row, _values) == _system.C.Evaluate(row, _values);

    /// <summary>The one unknown wire that a row speaks of; wires multiplied by a factor known to be zero do not count.</summary>
    private int? OnlyUnknown(int row)
    {
        if (row == _deletedRow || _unknown[row] is 0 or > MaximumUnknown)
        {
            return null;
        }

        var wires = IsZero(_system.A, row) || IsZero(_system.B, row) ? WiresOf(_system.C, row) : _wiresOf[row];
        int[] unknown = [.. wires.Where(wire => !_isKnown[wire]).Distinct()];
        return unknown is [var only] ? only : null;
    }

    private bool IsZero(SparseMatrix factor, int row) => WiresOf(factor, row).All(wire => _isKnown[wire]) && factor.Evaluate(row, _values).IsZero;

    /// <summary>The values of an unknown wire that satisfy a row, or null if all do or they are the roots of a polynomial that does not split by sight.</summary>
    private Fr[]? Roots(int row, int wire)
    {
        var (a0, b0, c0) = Evaluate(row);
        _values[wire] = Fr.One;
        var (a1, b1, c1) = Evaluate(row);
        _values[wire] = Fr.Zero;
        (a1, b1, c1) = (a1 - a0, b1 - b0, c1 - c0);
        if ((a1 * b1).IsZero)
        {
            var slope = (a0 * b1) + (a1 * b0) - c1;
            var constant = (a0 * b0) - c0;
            return !slope.IsZero ? [-constant * slope.Invert()] : constant.IsZero ? null : [];
        }

        return c0.IsZero && c1.IsZero ? [.. new[] { -a0 * a1.Invert(), -b0 * b1.Invert() }.Distinct()] : null;
    }

    private (Fr A, Fr B, Fr C) Evaluate(int row) => (_system.A.Evaluate(row, _values), _system.B.Evaluate(row, _values), _system.C.Evaluate(row, _values));
}
