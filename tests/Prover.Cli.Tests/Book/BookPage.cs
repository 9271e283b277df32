using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>The pages whose blocks are held to what they say.</summary>
internal static class BookPage
{
    /// <summary>The book's folder.</summary>
    public static string Folder { get; } = Repository.PathOf("docs", "book");

    /// <summary>All of them, as paths relative to the checkout: the README and the book.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => File.ReadAllText(Repository.PathOf(page.Split('/'))).ReplaceLineEndings("\n");
}
