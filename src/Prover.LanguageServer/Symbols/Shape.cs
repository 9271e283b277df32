using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What the parts of a value are called: structs have fields, arrays and trees have elements. Single values have no shape.</summary>
internal abstract record Shape;

internal sealed record StructShape(StructDeclaration Declaration) : Shape;

internal sealed record ArrayShape(Shape? Element) : Shape;

internal sealed record TreeShape(Shape? Leaf) : Shape;

/// <summary>Names around a place, from the innermost outwards.</summary>
internal sealed record NameScope(LocalSymbol Symbol, NameScope? Outer)
{
    public static LocalSymbol? Find(NameScope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Symbol.Name == name)
            {
                return scope.Symbol;
            }
        }

        return null;
    }

    /// <summary>All names, each with its innermost meaning.</summary>
    public static IEnumerable<LocalSymbol> All(NameScope? scope)
    {
        for (var seen = new HashSet<string>(StringComparer.Ordinal); scope is not null; scope = scope.Outer)
        {
            if (seen.Add(scope.Symbol.Name))
            {
                yield return scope.Symbol;
            }
        }
    }
}
