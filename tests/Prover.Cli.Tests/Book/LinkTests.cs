using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>Links between the documents of the checkout lead somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents => [.. new[] { "README.md", "circuits", "docs", "editors", "bench" }.SelectMany(Find)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files_and_headings(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var links = Link().Matches(InlineCode().Replace(BookPage.Read(document), "")).Select(match => match.Groups["to"].Value).Where(link => !link.Contains(':', StringComparison.Ordinal));
        Assert.Equal([], links.Where(link => !Leads(document, folder, link.Split('#'))));
    }

    private static bool Leads(string document, string folder, string[] link)
    {
        var target = link[0].Length == 0 ? document : Path.Combine(folder, link[0]);
        return Path.Exists(Repository.PathOf(target.Split('/')))
            && (link.Length == 1 || Heading().Matches(BookPage.Read(target)).Any(heading => Anchor(heading.Groups["title"].Value) == link[1]));
    }

    /// <summary>A heading's name in a link: in small letters, without punctuation, with hyphens for spaces.</summary>
    private static string Anchor(string title) => Punctuation().Replace(title.Trim(), "").Replace(' ', '-').ToLowerInvariant();

    private static IEnumerable<string> Find(string start) => (Directory.Exists(Repository.PathOf(start))
        ? Directory.EnumerateFiles(Repository.PathOf(start), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        : [start]).Where(path => !path.Contains("node_modules", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("`[^`\n]*`|^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex InlineCode();
}
