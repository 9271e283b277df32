using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Finds the wires that are the same in any two satisfying assignments with the same inputs.</summary>
/// <remarks>
/// <para>
/// A fixpoint over a work list: rows and equations count their unknown wires, and are looked at when a count falls. What is said of
/// "the two assignments" below always means two satisfying assignments that agree on the inputs.
/// </para>
/// <para>Counting costs one step for each term of the system. Rules that look at more than counts run when nothing cheaper is left.</para>
/// </remarks>
internal sealed partial class Determination
{
    private readonly RowTable _rows;
    private readonly RangeFacts _ranges;
    private readonly RangeAnalysis _analysis;
    private readonly NonZeroFacts _nonZero;
    private readonly IReadOnlyList<BoundedNumber> _bounded;
    private readonly int[] _unknown;
    private readonly Rule[] _rules;
    private readonly bool[] _isPending;
    private readonly bool[] _isEquation;
    private readonly bool[] _isPropagated;
    private readonly bool[] _isFirstVisit;
    private readonly List<Equation>?[] _equationsOf;
    private readonly List<Equation> _equations = [];
    private readonly Queue<int> _newWires = new();
    private readonly Queue<int> _newRows = new();
    private readonly Queue<Equation> _newEquations = new();

    private Determination(RowTable rows, RangeAnalysis analysis)
    {
        _rows = rows;
        _ranges = analysis.Facts;
        _analysis = analysis;
        _nonZero = analysis.NonZero;
        _bounded = analysis.Bounded;
        _unknown = new int[3 * rows.Count];
        _rules = new Rule[rows.WireCount];
        _isPending = new bool[rows.Count];
        _isEquation = new bool[rows.Count];
        _isPropagated = new bool[rows.WireCount];
        _isFirstVisit = new bool[rows.Count];
        Array.Fill(_isFirstVisit, true);
        _equationsOf = new List<Equation>?[rows.WireCount];
        _rules[0] = Rule.Input;
        _boundedByTop = _bounded.ToLookup(number => number.Bits[^1]);
    }

    /// <summary>Why each wire is determined.</summary>
    /// <param name="rows">The system.</param>
    /// <param name="analysis">What is known of its assignments.</param>
    /// <param name="known">Why wires are determined by what was known before, one rule for each; or empty.</param>
    public static Determination Run(RowTable rows, RangeAnalysis analysis, ReadOnlySpan<Rule> known)
    {
        var determination = new Determination(rows, analysis);
        determination.Begin(known);
        determination.Settle();
        return determination;
    }

    /// <summary>For each wire why it is determined, or <see cref="Rule.None"/>.</summary>
    public ReadOnlySpan<Rule> Rules => _rules;

    /// <summary>What is known to be non-zero.</summary>
    public NonZeroFacts NonZero => _nonZero;

    /// <summary>Whether a wire is determined.</summary>
    public bool IsKnown(int wire) => _rules[wire] != Rule.None;

    /// <summary>Number of unknown wires in a part of a row.</summary>
    public int UnknownIn(int row, int part) => _unknown[(row * 3) + part];

    private void Begin(ReadOnlySpan<Rule> known)
    {
        for (var part = 0; part < 3; part++)
        {
            for (var row = 0; row < _rows.Count; row++)
            {
                _unknown[(row * 3) + part] = RowTable.WithoutOne(_rows[part].WiresOf(row)).Length;
            }
        }

        var inputs = _rows.System.PublicInputCount + _rows.System.PrivateInputCount;
        for (var wire = 1; wire < _rows.WireCount; wire++)
        {
            if (wire > _rows.System.PublicOutputCount && wire <= _rows.System.PublicOutputCount + inputs)
            {
                Determine(wire, Rule.Input);
            }
            else if (_ranges.AreContradictory || _ranges.Of(wire) is { IsPoint: true })
            {
                Determine(wire, Rule.Constant);
            }
            else if (!known.IsEmpty && known[wire] != Rule.None)
            {
                Determine(wire, known[wire]);
            }
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            Enqueue(row);
        }

        foreach (var (form, range) in _ranges.Forms.All)
        {
            Add(form, range.Width, range.IsPoint ? Rule.Constant : Rule.Radix);
        }

        foreach (var number in _bounded)
        {
            Add(new(number.Number, number.Bound, Rule.Bounded) { Number = number });
        }
    }

    private void Settle()
    {
        while (true)
        {
            if (_newWires.TryDequeue(out var wire))
            {
                Propagate(wire);
            }
            else if (_newRows.TryDequeue(out var row))
            {
                _isPending[row] = false;
                Visit(row);
            }
            else if (_newEquations.TryDequeue(out var equation))
            {
                equation.IsPending = false;
                Visit(equation);
            }
            else if (!Eliminate())
            {
                return;
            }
        }
    }

    private void Determine(int wire, Rule rule)
    {
        if (_rules[wire] == Rule.None)
        {
            _rules[wire] = rule;
            _newWires.Enqueue(wire);
        }
    }

    private void Propagate(int wire)
    {
        _isPropagated[wire] = true;
        foreach (var place in _rows.PlacesOf(wire))
        {
            _unknown[place]--;
            var row = place / 3;
            if (!_isEquation[row] && (_unknown[row * 3] == 0 || _unknown[(row * 3) + 1] == 0))
            {
                // Rules for rows need a determined factor, but for one that every row is tried with at the beginning.
                Enqueue(row);
            }
        }

        foreach (var equation in _equationsOf[wire] ?? [])
        {
            equation.Unknown--;
            Enqueue(equation);
        }

        _equationsOf[wire] = null;
    }

    private void Enqueue(int row)
    {
        if (!_isPending[row])
        {
            _isPending[row] = true;
            _newRows.Enqueue(row);
        }
    }

    private void Enqueue(Equation equation)
    {
        if (equation.Unknown == 1 && equation.IsExact)
        {
            // Linear: c·w is determined and c ≠ 0, so w is.
            Determine(UnknownOf(equation.Form.Variables), equation.Rule);
        }
        else if (!equation.IsPending && (equation.Unknown > 0 || equation.Number is not null))
        {
            equation.IsPending = true;
            _newEquations.Enqueue(equation);
        }
    }

    /// <summary>Adds a combination whose values in the two assignments differ by at most the width.</summary>
    private void Add(LinearCombination form, BigInteger width, Rule rule) => Add(new(form, width, rule));

    private void Add(Equation equation)
    {
        foreach (var wire in equation.Form.Variables)
        {
            // A wire that waits in the queue will be subtracted from all counts when its turn comes.
            if (!_isPropagated[wire])
            {
                equation.Unknown++;
                (_equationsOf[wire] ??= []).Add(equation);
            }
        }

        _equations.Add(equation);
        Enqueue(equation);
    }

    private int UnknownOf(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            if (!IsKnown(wire))
            {
                return wire;
            }
        }

        return 0;
    }
}
