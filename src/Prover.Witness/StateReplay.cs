namespace Prover.Witness;

/// <summary>The roots of a state whose leaves are known.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Before">The root that the circuit is given.</param>
/// <param name="After">The root of the version that the rule makes last.</param>
public sealed record StateRoots(string Name, Fr Before, Fr After);

/// <summary>Does to known trees what a circuit does to its states, and writes what it is shown on the way among its inputs.</summary>
/// <remarks>
/// Which leaf is shown may depend on leaves shown before, so inputs and the tape wait for each other. Each step asks a
/// <see cref="TapeSlice"/> for its operands, and all of them together execute an instruction at most once; hashes in the circuit are not among
/// them unless an index is made from one. Versions share their nodes, so that a step costs the depth of the tree, not its leaves.
/// </remarks>
public sealed class StateReplay
{
    private readonly CompiledCircuit _circuit;
    private readonly Fr[] _values;
    private readonly TapeSlice _slice;

    /// <summary>The versions so far; null where the tree is not known.</summary>
    private readonly List<KnownState?> _versions;

    private StateReplay(CompiledCircuit circuit, Fr[] values, IReadOnlyList<KnownState?> known)
    {
        (_circuit, _values, _versions) = (circuit, values, [.. known]);
        foreach (var state in known.OfType<KnownState>())
        {
            values[state.Tree.Root] = state.Hashes.Root;
        }

        _slice = new(circuit.Tape, values);
    }

    /// <summary>Completes inputs by the roots of known trees, and by the leaves and paths that are shown of them.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="values">One value for each input; those of known trees are overwritten.</param>
    /// <param name="known">For each state of the circuit the tree as it begins, or null if its inputs are there already.</param>
    /// <returns>The roots of the known trees.</returns>
    public static IReadOnlyList<StateRoots> Complete(CompiledCircuit circuit, Fr[] values, IReadOnlyList<KnownState?> known) =>
        known.All(state => state is null) ? [] : new StateReplay(circuit, values, known).Run();

    private List<StateRoots> Run()
    {
        foreach (var step in _circuit.States.Steps)
        {
            switch (step)
            {
                case LeafShown shown:
                    Show(shown);
                    break;
                case LeafWritten written:
                    _versions.Add(Write(written));
                    break;
                case VersionChosen chosen:
                    _versions.Add(_versions[chosen.Then] is null || _slice.Evaluate(chosen.Condition).IsZero ? _versions[chosen.Otherwise] : _versions[chosen.Then]);
                    break;
            }
        }

        var trees = _circuit.States.Trees;
        return
        [
            .. from state in _versions.Take(trees.Count).OfType<KnownState>()
               select new StateRoots(state.Tree.Name, state.Hashes.Root, _versions.FindLast(version => version?.Tree == state.Tree)!.Hashes.Root),
        ];
    }

    private void Show(LeafShown shown)
    {
        if (_versions[shown.Version] is not { } state)
        {
            return;
        }

        // Where there is no such leaf, the rule refuses the index or does not mean it; then any other will do.
        var index = state.IndexOf(_slice.Evaluate(shown.Index));
        var values = _values.AsSpan(shown.FirstInput, state.Tree.ShownCount);
        var words = state[index ?? -1];
        words.CopyTo(values);
        if (index is { } leaf)
        {
            var next = words.Length;
            foreach (var siblings in state.Hashes.PathOf(leaf).Siblings)
            {
                siblings.CopyTo(values[next..]);
                next += siblings.Length;
            }
        }

        if (_slice.Evaluate(shown.Guard).IsZero)
        {
            MoveIntoRange(values[..words.Length], state.Tree.Leaf);
        }

        _slice.SetInputs(shown.FirstInput, values);
    }

    /// <summary>A leaf of zeros need not be one of its type. Its ranges count in any case, so where the leaf does not, it gives way.</summary>
    private static void MoveIntoRange(Span<Fr> words, IReadOnlyList<CircuitInput> leaf)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (leaf[i].Kind == ValueKind.Integer && words[i].ToSignedInteger() is var word && (word < leaf[i].Low || word > leaf[i].High))
            {
                words[i] = Fr.FromInteger(leaf[i].Low);
            }
        }
    }

    private KnownState? Write(LeafWritten written)
    {
        var state = _versions[written.Version];
        return state?.IndexOf(_slice.Evaluate(written.Index)) is { } index
            ? state.With(index, [.. written.Words.Select(word => _slice.Evaluate(word))])
            : state;
    }
}
