using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>What a circuit does to its states, written down as it is built.</summary>
internal sealed class StateLog
{
    private readonly List<StateTree> _trees = [];
    private readonly List<StateEvent> _events = [];
    private int _versions;

    /// <summary>What the steps need to know: it has to be on the tape, whether or not constraints use it.</summary>
    public IEnumerable<LinearCombination> Operands => _events.SelectMany(step => step.Operands);

    /// <summary>Adds a state and returns the number of its first version.</summary>
    /// <param name="tree">The state; its root is numbered among the inputs in the order of their declaration.</param>
    public int Declare(StateTree tree)
    {
        _trees.Add(tree);
        return _versions++;
    }

    /// <summary>A leaf and its path become inputs.</summary>
    /// <param name="version">The version they must lead to.</param>
    /// <param name="index">The leaf's index.</param>
    /// <param name="guard">Whether they must.</param>
    /// <param name="firstInput">The number of the first of them, in the order of their declaration.</param>
    public void Show(int version, Signal index, Signal guard, int firstInput) =>
        _events.Add(new([index.Slots, guard.Slots], rows => new LeafShown(version, rows[0], rows[1], firstInput)));

    /// <summary>Makes a version with another leaf and returns its number.</summary>
    public int Write(int version, Signal index, IEnumerable<Signal> words)
    {
        _events.Add(new([index.Slots, .. words.Select(word => word.Slots)], rows => new LeafWritten(version, rows[0], [.. rows.Skip(1)])));
        return _versions++;
    }

    /// <summary>Makes a version that is one of two and returns its number.</summary>
    public int Choose(Signal condition, int then, int otherwise)
    {
        if (then == otherwise)
        {
            return then;
        }

        _events.Add(new([condition.Slots], rows => new VersionChosen(rows[0], then, otherwise)));
        return _versions++;
    }

    /// <summary>The finished program.</summary>
    /// <param name="rowOf">The row of an operand on the tape.</param>
    /// <param name="inputOf">For each input in the order of the declarations its number in the circuit.</param>
    public StateProgram Build(Func<LinearCombination, int> rowOf, IReadOnlyList<int> inputOf) => new(
        [.. _trees.Select(tree => tree with { Root = inputOf[tree.Root] })],
        [.. _events.Select(step => step.Make([.. step.Operands.Select(rowOf)])).Select(step => step is LeafShown shown ? shown with { FirstInput = inputOf[shown.FirstInput] } : step)]);

    /// <summary>A step whose operands have no rows yet.</summary>
    private sealed record StateEvent(IReadOnlyList<LinearCombination> Operands, Func<IReadOnlyList<int>, StateStep> Make);
}
