namespace Prover.Witness;

/// <summary>What a circuit does to its states: enough to find the leaves and paths that it is shown, where the trees are known.</summary>
/// <remarks>
/// Versions of states are numbered: first each tree as it begins, then what each <see cref="LeafWritten"/> and <see cref="VersionChosen"/> makes.
/// A step's numbers depend on no leaf that a later step shows, so the steps can be taken one after the other.
/// </remarks>
/// <param name="Trees">The states in the order of their declaration.</param>
/// <param name="Steps">In program order.</param>
public sealed record StateProgram(IReadOnlyList<StateTree> Trees, IReadOnlyList<StateStep> Steps)
{
    /// <summary>That of a circuit without states.</summary>
    public static StateProgram None { get; } = new([], []);

    /// <summary>The same program for a tape whose operands have other rows.</summary>
    public StateProgram WithRows(Func<int, int> rowOf) => this with { Steps = [.. Steps.Select(step => step.WithRows(rowOf))] };
}

/// <summary>A state: a Merkle tree of which the circuit knows the root.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Depth">Levels above the leaves.</param>
/// <param name="Root">The input that is its root.</param>
/// <param name="Leaf">The scalars of a leaf in the order of its words, each by its path within the leaf, such as "positions[3].size".</param>
public sealed record StateTree(string Name, int Depth, int Root, IReadOnlyList<CircuitInput> Leaf)
{
    /// <summary>What a leaf and its path take: its words, then three siblings for each level.</summary>
    public int ShownCount => Leaf.Count + (3 * Depth);
}

/// <summary>A step of a <see cref="StateProgram"/>. Its operands are rows of the tape's linear table.</summary>
public abstract record StateStep
{
    /// <summary>The same step for a tape whose operands have other rows.</summary>
    public abstract StateStep WithRows(Func<int, int> rowOf);
}

/// <summary>A leaf and its path are inputs.</summary>
/// <param name="Version">The version they must lead to.</param>
/// <param name="Index">The leaf's index.</param>
/// <param name="Guard">Whether they must: not if it is 0.</param>
/// <param name="FirstInput">The first of them; the others follow.</param>
public sealed record LeafShown(int Version, int Index, int Guard, int FirstInput) : StateStep
{
    public override StateStep WithRows(Func<int, int> rowOf) => this with { Index = rowOf(Index), Guard = rowOf(Guard) };
}

/// <summary>A version with another leaf is the next version.</summary>
/// <param name="Version">Which.</param>
/// <param name="Index">The leaf's index.</param>
/// <param name="Words">The leaf's new words.</param>
public sealed record LeafWritten(int Version, int Index, IReadOnlyList<int> Words) : StateStep
{
    public override StateStep WithRows(Func<int, int> rowOf) => this with { Index = rowOf(Index), Words = [.. Words.Select(rowOf)] };
}

/// <summary>One of two versions of a tree is the next version too.</summary>
/// <param name="Condition">Which.</param>
/// <param name="Then">The one if the condition is not 0.</param>
/// <param name="Otherwise">The one if it is.</param>
public sealed record VersionChosen(int Condition, int Then, int Otherwise) : StateStep
{
    public override StateStep WithRows(Func<int, int> rowOf) => this with { Condition = rowOf(Condition) };
}
