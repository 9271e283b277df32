using System.Globalization;
using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <remarks>
/// A state is known to the circuit by its root, a public input. Reading the leaf at an index adds private inputs, the leaf and the siblings on
/// its path, and the requirement that they lead to the root; writing computes the root to which another leaf leads with the same siblings.
/// Leaves are Poseidon chains of their raw words, nodes Poseidon hashes of their four children.
/// </remarks>
internal sealed partial class Elaborator
{
    private const int MaximumTreeDepth = 30;
    private const string PathStruct = "MerklePath";
    private const string RootFunction = "merkle_root";

    private TreeValue DeclareState(Parameter parameter, Scope? scope)
    {
        var state = new TreeState(parameter, ResolveState(parameter, scope));
        var version = States.Declare(new(parameter.Name, state.Type.Depth, builder.InputCount, [.. ScalarsOf(state.Type.Leaf, "", parameter)]));
        return new(state, Scalar.Of(DeclareScalar($"{parameter.Name}.{TreeState.Root}", true, null, 0), ScalarKind.Field), version);
    }

    private TreeType ResolveState(Parameter parameter, Scope? scope)
    {
        if (parameter.Type is not TreeTypeSyntax syntax)
        {
            throw Error("R0312", "the state of a rule is a tree", parameter.Type.Span, "here", $"state {parameter.Name}: tree<10, T> has 4^10 leaves of a type T");
        }

        if (program.Find(RootFunction) is not FunctionDeclaration || program.Find(PathStruct) is not StructDeclaration || program.Find(ChainFunction) is not FunctionDeclaration)
        {
            throw Error("R0215", $"a state needs the functions {RootFunction} and {ChainFunction}", parameter.Span, "a state", "import \"merkle.circuit\", a file of circuits/std, declares them");
        }

        var depth = EvaluateCount(syntax.Depth, scope, "the depth of a tree", MaximumTreeDepth);
        return depth > 0
            ? new(depth, ResolveType(syntax.Leaf, scope))
            : throw Error("R0402", "a tree has at least one level above its leaves", syntax.Depth.Span, "here");
    }

    /// <summary>The leaf at an index with its path; the one that has been shown before, if there is one.</summary>
    private TreeAccess FindAccess(TreeValue tree, Scalar index, SourceSpan place)
    {
        var state = tree.State;
        var key = (tree, SignalOf(index).Wires);
        var isShared = state.Latest.TryGetValue(key, out var shown) && (shown.Guard is null || ReferenceEquals(shown.Guard, _guard));
        var number = Decide(isShared ? shown!.Number : state.Accesses.Count);
        if (number < state.Accesses.Count)
        {
            return state.Accesses[number];
        }

        var prefix = string.Create(CultureInfo.InvariantCulture, $"{state.Parameter.Name}.at[{state.InputCount++}]");
        States.Show(tree.Version, SignalOf(index), CurrentGuard, builder.InputCount);
        using var _ = builder.At(place);
        var leaf = DeclareInput(state.Type.Leaf, $"{prefix}.leaf", state.Parameter);
        var siblings = DeclareInput(new ArrayType(new ArrayType(new FieldType(), 3), state.Type.Depth), $"{prefix}.path", state.Parameter);
        var path = new StructValue((StructDeclaration)program.Find(PathStruct)!, [state.Type.Depth], [siblings]);
        var access = new TreeAccess(number, _guard, Booleans(builder.Bits(SignalOf(index), 2 * state.Type.Depth)), leaf, path);
        var isThere = AreEqual(RootOf(access, leaf, place), tree.Root, EqualityAt(place));
        builder.Require(
            SignalOf(isThere), CurrentGuard, new Requirement($"{state.Parameter.Name}[{{0}}] is another leaf", [new(SignalOf(index))], place, instanceName));
        state.Accesses.Add(access);
        state.Latest[key] = access;
        return access;
    }

    /// <summary>The tree with other leaves, one after the other.</summary>
    private TreeValue WriteTo(TreeValue tree, WithExpression expression, Scope? scope)
    {
        foreach (var update in expression.Updates)
        {
            var index = EvaluateTreeIndex(tree, update.Index ?? throw Error("R0208", "a tree is updated by indices, [i]: value", update.Span, "a field name"), scope);
            var leaf = Coerce(Evaluate(update.Value, scope), tree.State.Type.Leaf, update.Value.Span, tree.State.Parameter);
            var access = FindAccess(tree, index, update.Span);
            var version = States.Write(tree.Version, SignalOf(index), WordsOf(leaf).Select(SignalOf));
            tree = new(tree.State, RootOf(access, leaf, update.Span), version);

            // The new root is computed from this leaf, whatever the guard, and the siblings on its path stay what they are.
            var written = access with { Number = tree.State.Accesses.Count, Guard = null, Leaf = leaf };
            tree.State.Accesses.Add(written);
            tree.State.Latest[(tree, SignalOf(index).Wires)] = written;
        }

        return tree;
    }

    private Scalar RootOf(TreeAccess access, Value leaf, SourceSpan place) => CallStandard(
        RootFunction, place, CallStandard(ChainFunction, place, new ArrayValue([.. WordsOf(leaf)])), access.Bits, access.Path);

    private Scalar EvaluateTreeIndex(TreeValue tree, Expression expression, Scope? scope)
    {
        var (index, place) = (EvaluateScalar(expression, scope), expression.Span);
        if (index is not { Kind: ScalarKind.Number, Scale: 0 })
        {
            throw Error("R0202", $"the index of a leaf is an int, found {index.Describe()}", place, index.Describe());
        }

        var last = (BigInteger.One << (2 * tree.State.Type.Depth)) - 1;
        return new Interval(0, last).Contains(index.Interval)
            ? index
            : throw Error("R0405", $"the index may be anything in {index.Interval}, but the leaves of {tree.Describe()} are 0 to {last}", place, $"in {index.Interval}", $"narrow(…, int[0 .. {last}], \"message\") checks it when the rule runs");
    }

    private List<Scalar> WordsOf(Value value)
    {
        List<Scalar> words = [];
        CollectWords(value, words);
        return words;
    }

    /// <summary>The scalars of a leaf in the order of its words, by their paths within it.</summary>
    private IEnumerable<CircuitInput> ScalarsOf(ResolvedType type, string path, Parameter parameter) => type switch
    {
        BooleanType => [new(path, false, ValueKind.Boolean, 0, 0, 1)],
        FieldType => [new(path, false, ValueKind.Field, 0, 0, Fr.Modulus - 1)],
        NumberType { Bounds: { } bounds } number => [new(path, false, ValueKind.Integer, number.Scale, bounds.Low, bounds.High)],
        ArrayType array => Enumerable.Range(0, array.Length).SelectMany(i => ScalarsOf(array.Element, $"{path}[{i}]", parameter)),
        StructType structure => structure.Declaration.Fields.Zip(structure.Fields).SelectMany(field =>
            ScalarsOf(field.Second, path.Length == 0 ? field.First.Name : $"{path}.{field.First.Name}", parameter)),
        _ => throw Error("R0206", $"a leaf of '{parameter.Name}' has {type} in it; leaves need bounds, such as int[0 .. 2^64 - 1]", parameter.Type.Span, "no bounds"),
    };

    private static BinaryExpression EqualityAt(SourceSpan place)
    {
        var whole = new NameExpression(place, TreeState.Root);
        return new(place, "==", whole, whole);
    }
}
