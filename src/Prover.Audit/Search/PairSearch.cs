using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Looks for two satisfying assignments that agree on the inputs and differ elsewhere.</summary>
internal sealed class PairSearch(RowTable rows, RangeFacts ranges, Determination determination)
{
    private const int MostTargets = 300;

    /// <summary>Inputs to try, and how many parts of the effort one search may take.</summary>
    private const int Attempts = 40, Shares = 16;

    private readonly int _inputs = rows.System.PublicInputCount + rows.System.PrivateInputCount;
    private readonly int _outputs = rows.System.PublicOutputCount;
    private WitnessPair? _inner;
    private long _effort, _left;

    /// <summary>A pair that differs in an output if one was found, otherwise any that was found.</summary>
    /// <param name="witness">A satisfying assignment to start from, if one is at hand.</param>
    /// <param name="effort">How many terms may be looked at in all.</param>
    public WitnessPair? Run(Fr[]? witness, long effort)
    {
        (_effort, _left) = (effort, effort);
        if (witness is not null && Vary(witness) is { } given)
        {
            return given;
        }

        for (var attempt = 0; attempt < Attempts && _left > 0; attempt++)
        {
            if (FirstWitness(attempt) is { } found && Vary(found) is { } pair)
            {
                return pair;
            }
        }

        return _inner;
    }

    /// <summary>Solves the system for some inputs; in one attempt they are up to the solver.</summary>
    private Fr[]? FirstWitness(int attempt)
    {
        var (values, known) = (new Fr[rows.WireCount], new bool[rows.WireCount]);
        var random = new Random(attempt);
        (values[0], known[0]) = (Fr.One, true);
        for (var i = 0; i < _inputs && attempt != 5; i++)
        {
            known[1 + _outputs + i] = true;
            values[1 + _outputs + i] = attempt switch
            {
                0 => Fr.Zero,
                1 => Fr.One,
                2 => i + 2,
                3 => Fr.FromUInt64((ulong)random.NextInt64()),
                4 => -(Fr)(i + 1),
                _ => random.Next(4),
            };
        }

        Fr[]? found = null;
        Run(new(rows, ranges, values, known, Math.Min(_left, _effort / Shares), attempt), solution =>
        {
            found = (Fr[])solution.Clone();
            return true;
        });
        return found;
    }

    /// <summary>Another assignment with the same determined wires: first any, then one in which a certain wire is changed.</summary>
    private WitnessPair? Vary(Fr[] witness)
    {
        var known = new bool[rows.WireCount];
        var open = new List<int>();
        for (var wire = 0; wire < known.Length; wire++)
        {
            known[wire] = determination.IsKnown(wire);
            if (!known[wire])
            {
                open.Add(wire);
            }
        }

        var pair = Search(witness, witness, known, _effort / Shares);
        foreach (var wire in open.Take(MostTargets))
        {
            if (pair is not null || _left <= 0 || (_inner is not null && wire > _outputs))
            {
                break;
            }

            foreach (var value in Others(wire, witness[wire]))
            {
                var changed = (Fr[])witness.Clone();
                changed[wire] = value;
                known[wire] = true;
                pair ??= Search(witness, changed, known, _effort / Shares / MostTargets);
                known[wire] = false;
            }
        }

        return pair;
    }

    private IEnumerable<Fr> Others(int wire, Fr value)
    {
        if (ranges.Of(wire) is { } range)
        {
            return new[] { Fr.FromInteger(range.Low), Fr.FromInteger(range.High) }.Where(other => other != value);
        }

        return [-value + (value.IsZero ? Fr.One : Fr.Zero), value + Fr.One];
    }

    private WitnessPair? Search(Fr[] witness, Fr[] values, bool[] known, long effort)
    {
        WitnessPair? found = null;
        Run(new(rows, ranges, values, known, Math.Min(_left, effort), 1), solution =>
        {
            if (WitnessPair.Check(rows.System, witness, solution) is not { } pair)
            {
                return false;
            }

            _inner ??= pair;
            found = pair.DiffersInOutput ? pair : null;
            return found is not null || _outputs == 0 || AreOutputsKnown();
        });
        return found ?? (_outputs == 0 || AreOutputsKnown() ? _inner : null);
    }

    private void Run(WitnessSolver solver, Predicate<Fr[]> accept)
    {
        solver.Search(accept);
        _left -= solver.Spent;
    }

    private bool AreOutputsKnown() => Enumerable.Range(1, _outputs).All(determination.IsKnown);
}
