using Prover.Constraints;

namespace Prover.Compiler.Tests;

/// <summary>
/// Looks for a second assignment with the same inputs and other outputs: it changes one wire, then repairs the rows this breaks by solving
/// each for another wire, and so on, backtracking. It knows nothing of the gadget, so what it finds is a hole in the rows.
/// </summary>
public sealed class Adversary
{
    private const int MaximumDepth = 14;
    private const int MaximumNodes = 3_000;

    private readonly R1cs _system;
    private readonly bool[] _isFixed;
    private readonly int _deletedRow;
    private readonly List<int>[] _rowsOf;
    private readonly Random _random = new(1);
    private Fr[] _honest = [];
    private Fr[] _values = [];
    private bool[] _isTouched = [];
    private int _nodes;

    /// <param name="system">Public inputs are the outputs to forge, private inputs are given.</param>
    /// <param name="deletedRow">A row to ignore, or −1.</param>
    public Adversary(R1cs system, int deletedRow = -1)
    {
        _system = system;
        _deletedRow = deletedRow;
        _isFixed = new bool[system.WireCount];
        _isFixed[0] = true;
        Array.Fill(_isFixed, true, 1 + system.PublicCount, system.PrivateInputCount);
        _rowsOf = [.. Enumerable.Range(0, system.WireCount).Select(_ => new List<int>())];
        for (var row = 0; row < system.ConstraintCount; row++)
        {
            foreach (var wire in WiresOf(row))
            {
                _rowsOf[wire].Add(row);
            }
        }
    }

    /// <summary>Wires that can be changed alone, to any of a few values, without breaking a row.</summary>
    public IEnumerable<int> FreeWires(Fr[] honest)
    {
        _values = (Fr[])honest.Clone();
        for (var wire = 0; wire < _values.Length; wire++)
        {
            if (!_isFixed[wire] && Candidates(honest, wire).Any(value => Accepts(wire, value)))
            {
                yield return wire;
            }
        }
    }

    /// <summary>An accepted assignment whose outputs differ from the honest ones, or null if none was found.</summary>
    public Fr[]? FindForgery(Fr[] honest)
    {
        _honest = honest;
        for (var wire = honest.Length - 1; wire > 0; wire--)
        {
            if (_isFixed[wire])
            {
                continue;
            }

            foreach (var value in Candidates(honest, wire))
            {
                _values = (Fr[])honest.Clone();
                _isTouched = (bool[])_isFixed.Clone();
                _nodes = 0;
                if (Try(wire, value, 0))
                {
                    return _values;
                }
            }
        }

        return null;
    }

    /// <summary>Whether wires that are not given can be changed so that every row holds.</summary>
    public bool CanRepair(Fr[] start)
    {
        // Whatever the outputs, they differ from none.
        _honest = [];
        _values = (Fr[])start.Clone();
        _isTouched = (bool[])_isFixed.Clone();
        _nodes = 0;
        return Repair(0);
    }

    private bool Accepts(int wire, Fr value)
    {
        var old = _values[wire];
        _values[wire] = value;
        var accepted = _rowsOf[wire].TrueForAll(Holds);
        _values[wire] = old;
        return accepted;
    }

    private HashSet<Fr> Candidates(Fr[] honest, int wire)
    {
        var value = honest[wire];
        var neighbour = honest[_random.Next(honest.Length)];
        HashSet<Fr> candidates = [Fr.One - value, value + Fr.One, value - Fr.One, Fr.Zero, Fr.One, -value, neighbour, Fr.FromUInt64((ulong)_random.NextInt64())];
        candidates.Remove(value);
        return candidates;
    }

    private bool Try(int wire, Fr value, int depth)
    {
        if (depth > MaximumDepth || ++_nodes > MaximumNodes)
        {
            return false;
        }

        var old = _values[wire];
        _values[wire] = value;
        _isTouched[wire] = true;
        if (Repair(depth))
        {
            return true;
        }

        _values[wire] = old;
        _isTouched[wire] = false;
        return false;
    }

    private bool Repair(int depth)
    {
        var broken = -1;
        var fewest = int.MaxValue;
        for (var row = 0; row < _system.ConstraintCount; row++)
        {
            if (!Holds(row))
            {
                var free = WiresOf(row).Count(wire => !_isTouched[wire]);
                if (free < fewest)
                {
                    (broken, fewest) = (row, free);
                }
            }
        }

        if (broken < 0)
        {
            return _honest.Length == 0 || !_values.AsSpan(1, _system.PublicCount).SequenceEqual(_honest.AsSpan(1, _system.PublicCount));
        }

        foreach (var wire in WiresOf(broken))
        {
            if (!_isTouched[wire] && Solutions(broken, wire).Any(value => Try(wire, value, depth + 1)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Holds(int row) => row == _deletedRow
        || _system.A.Evaluate(row, _values) * _system.B.Evaluate(row, _values) == _system.C.Evaluate(row, _values);

    /// <summary>Values of one wire that satisfy a row, the others as they are: linear rows, and products that must be zero.</summary>
    private List<Fr> Solutions(int row, int wire)
    {
        var old = _values[wire];
        _values[wire] = Fr.Zero;
        var (a0, b0, c0) = (_system.A.Evaluate(row, _values), _system.B.Evaluate(row, _values), _system.C.Evaluate(row, _values));
        _values[wire] = Fr.One;
        var (a1, b1, c1) = (_system.A.Evaluate(row, _values) - a0, _system.B.Evaluate(row, _values) - b0, _system.C.Evaluate(row, _values) - c0);
        _values[wire] = old;
        var solutions = new List<Fr>();
        if ((a1 * b1).IsZero)
        {
            AddRoot((a0 * b1) + (a1 * b0) - c1, (a0 * b0) - c0);
        }
        else if (c0.IsZero && c1.IsZero)
        {
            AddRoot(a1, a0);
            AddRoot(b1, b0);
        }

        return solutions;

        void AddRoot(Fr slope, Fr intercept)
        {
            if (!slope.IsZero)
            {
                solutions.Add(-intercept * slope.Invert());
            }
        }
    }

    private IEnumerable<int> WiresOf(int row) => WiresOf(_system.A, row).Concat(WiresOf(_system.B, row)).Concat(WiresOf(_system.C, row))
        .Where(wire => wire != 0).Distinct();

    private static IEnumerable<int> WiresOf(SparseMatrix matrix, int row) => matrix.WiresOf(row).ToArray();
}
