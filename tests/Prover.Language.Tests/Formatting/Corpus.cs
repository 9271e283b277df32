using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Language.Tests;

/// <summary>All programs of the checkout that parse.</summary>
internal static partial class Corpus
{
    /// <summary>Those that people read: they are in the shared style already.</summary>
    public static IReadOnlyList<SourceFile> Shown { get; } = [.. Files("circuits"), .. Files("src"), .. Blocks("README.md"), .. Book()];

    /// <summary>With those that exist for tests.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Shown, .. Files("tests").Where(Parses)];

    /// <summary>The file by the name that a test case has.</summary>
    public static SourceFile Find(string path) => All.First(file => file.Path == path);

    private static IEnumerable<SourceFile> Files(params string[] folder) =>
        from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.circuit", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
        select new SourceFile(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static IEnumerable<SourceFile> Book() =>
        Directory.EnumerateFiles(Repository.PathOf("docs", "book"), "*.md").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).SelectMany(page => Blocks("docs", "book", page));

    private static IEnumerable<SourceFile> Blocks(params string[] document) =>
        CircuitBlock().Matches(File.ReadAllText(Repository.PathOf(document))).Select((match, i) => new SourceFile($"{document[^1]}#{i}", match.Groups["source"].Value));

    private static bool Parses(SourceFile file)
    {
        List<Diagnostic> diagnostics = [];
        Parser.Parse(file, diagnostics);
        return diagnostics.Count == 0;
    }

    [GeneratedRegex(@"^```circuit\n(?<source>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CircuitBlock();
}
