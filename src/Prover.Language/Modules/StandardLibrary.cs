using System.Reflection;

namespace Prover.Language;

/// <summary>The circuit files that ship with the program: Poseidon, Merkle trees, Baby Jubjub, EdDSA.</summary>
public static class StandardLibrary
{
    /// <summary>How the path of an import begins that may mean one of them.</summary>
    public const string Prefix = "std/";

    private static readonly Assembly Assembly = typeof(StandardLibrary).Assembly;

    /// <summary>The paths by which they are imported, such as "std/poseidon.circuit".</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <summary>Which of them declares each function, struct and type.</summary>
    private static readonly Lazy<Dictionary<string, string>> Declarations = new(() => Paths
        .SelectMany(path => Parser.Parse(Find(path)!, []).Declarations.Where(declaration => declaration is not RuleDeclaration).Select(declaration => (declaration.Name, path)))
        .ToDictionary(declared => declared.Name, declared => declared.path, StringComparer.Ordinal));

    /// <summary>The path of the file that declares a name which programs can use, or null.</summary>
    public static string? PathOf(string name) => Declarations.Value.GetValueOrDefault(name);

    /// <summary>A file of the library by the path by which it is imported, or null.</summary>
    public static SourceFile? Find(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || Assembly.GetManifestResourceStream(path) is not { } stream)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return new(path, reader.ReadToEnd());
    }
}
