using Prover.Constraints;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>A rule's state: a Merkle tree of which the circuit knows the root, and a leaf and its path wherever it reads or writes one.</summary>
/// <param name="parameter">The parameter that declares it.</param>
/// <param name="type">Depth and leaves.</param>
internal sealed class TreeState(Parameter parameter, TreeType type)
{
    /// <summary>Name of the member that is a tree's root, in the rule as among the inputs.</summary>
    public const string Root = "root";

    public Parameter Parameter { get; } = parameter;

    public TreeType Type { get; } = type;

    /// <summary>All leaves that are known to be in some version of the tree, in the order in which that was found out.</summary>
    public List<TreeAccess> Accesses { get; } = [];

    /// <summary>How many leaves have become inputs so far: the number of the next, which is a part of its inputs' names.</summary>
    public int InputCount { get; set; }

    /// <summary>The last access to a leaf of a version of the tree, by the index.</summary>
    public Dictionary<(TreeValue Tree, LinearCombination Index), TreeAccess> Latest { get; } = [];
}

/// <summary>A leaf that is known to be in a tree: a path has shown it, or it has been written there.</summary>
/// <param name="Number">Its place among the accesses.</param>
/// <param name="Guard">The guard under which it is known.</param>
/// <param name="Bits">Bits of its index.</param>
/// <param name="Leaf">Its value.</param>
/// <param name="Path">Its siblings.</param>
internal sealed record TreeAccess(int Number, Guard? Guard, Value Bits, Value Leaf, Value Path);

/// <summary>One version of a state.</summary>
/// <param name="state">Whose version.</param>
/// <param name="root">Its root.</param>
/// <param name="version">Its number in the <see cref="StateLog"/>.</param>
internal sealed class TreeValue(TreeState state, Scalar root, int version) : Value
{
    public TreeState State { get; } = state;

    public Scalar Root { get; } = root;

    public int Version { get; } = version;

    public override long Size => 1;

    public override string Describe() => $"a {State.Type}";

    public override Value Map(Func<Scalar, Scalar> replace) => new TreeValue(State, replace(Root), Version);
}
