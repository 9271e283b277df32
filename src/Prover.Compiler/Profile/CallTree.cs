using System.Runtime.CompilerServices;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>
/// The calls that a rule makes, as a tree: a node for each function called from each place of its caller, however often. Recorded only for
/// whoever asks where rows come from; the circuit is the same with it and without, but the sources of its rows begin with the calls that
/// lead to them.
/// </summary>
internal sealed class CallTree
{
    private const char BeforeFunction = '\t';
    private const char BehindFunction = '\n';

    private readonly Dictionary<(FunctionDeclaration, int), CallTree> _callees = new(CallIdentity.Instance);
    private bool _isFragment;

    /// <summary>What stands before the places within this call: for each call on the way its place and its function.</summary>
    public string Path { get; private init; } = "";

    /// <summary>
    /// The tree of a function that is compiled once for several calls. Its sources are open: where it is called comes to stand before them
    /// when it is placed.
    /// </summary>
    public static CallTree OfFragment() => new() { _isFragment = true };

    /// <summary>Whether a source is that of a fragment, without the place of its call.</summary>
    public static bool IsOpen(string source) => source.StartsWith(BeforeFunction);

    /// <summary>The calls on the way to a source, outermost first, each by its place and its function, and then the place itself.</summary>
    public static IEnumerable<(string Place, string? Function)> Read(string source)
    {
        foreach (var call in source.Split(BehindFunction))
        {
            var parts = call.Split(BeforeFunction);
            yield return (parts[0], parts.Length > 1 ? parts[1] : null);
        }
    }

    /// <summary>The node of a call made from this one.</summary>
    public CallTree Callee(FunctionDeclaration function, SourceSpan place)
    {
        if (!_callees.TryGetValue((function, place.Start), out var callee))
        {
            callee = new() { Path = $"{Path}{(_isFragment ? "" : place)}{BeforeFunction}{function.Name}{BehindFunction}" };
            _callees.Add((function, place.Start), callee);
        }

        return callee;
    }

    /// <summary>Compares declarations by identity. A caller is one function of one file, so an offset tells its places apart.</summary>
    private sealed class CallIdentity : IEqualityComparer<(FunctionDeclaration Function, int Start)>
    {
        public static CallIdentity Instance { get; } = new();

        public bool Equals((FunctionDeclaration Function, int Start) x, (FunctionDeclaration Function, int Start) y) =>
            ReferenceEquals(x.Function, y.Function) && x.Start == y.Start;

        public int GetHashCode((FunctionDeclaration Function, int Start) call) => HashCode.Combine(RuntimeHelpers.GetHashCode(call.Function), call.Start);
    }
}
