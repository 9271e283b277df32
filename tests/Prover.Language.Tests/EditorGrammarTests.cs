using System.Text.Json;
using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Language.Tests;

/// <summary>The TextMate grammar in editors/vscode knows the words that the language knows.</summary>
public sealed partial class EditorGrammarTests
{
    private static readonly JsonElement Grammar = Read("syntaxes", "circuit.tmLanguage.json");

    [Fact]
    public void Its_keywords_are_those_of_the_lexer() => Assert.Equal(Lexer.Keywords.Order(StringComparer.Ordinal), Words("keywords"));

    [Fact]
    public void Its_built_ins_are_those_of_the_language() => Assert.Equal(BuiltIns.Names.Order(StringComparer.Ordinal), Words("built-ins"));

    [Fact]
    public void Its_rounding_modes_are_those_of_the_language()
    {
        var modes = RoundingModes().Match(File.ReadAllText(Repository.PathOf("docs", "book", "reference.md"))).Groups["modes"].Value;
        Assert.Equal(modes.Split(' ').Order(StringComparer.Ordinal), Words("rounding"));
    }

    [Fact]
    public void Every_pattern_of_it_compiles_and_matches_something()
    {
        var patterns = Values(Grammar, "match").Concat(Values(Grammar, "begin")).Concat(Values(Grammar, "end")).ToList();
        Assert.True(patterns.Count > 20);
        foreach (var pattern in patterns)
        {
            var regex = new Regex(pattern, RegexOptions.Multiline);
            Assert.True(Samples().Any(regex.IsMatch), $"no circuit holds {pattern}");
        }
    }

    [Fact]
    public void What_it_includes_is_there()
    {
        var names = Grammar.GetProperty("repository").EnumerateObject().Select(part => "#" + part.Name).ToList();
        var included = Values(Grammar, "include").Distinct().ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), included.Order(StringComparer.Ordinal));
    }

    /// <summary>Takes each word for what the lexer takes it for; keywords inside longer words do not count.</summary>
    [Theory]
    [InlineData("for_each", false)]
    [InlineData("into", false)]
    [InlineData("in", true)]
    public void A_keyword_is_a_whole_word(string word, bool expected) =>
        Assert.Equal(expected, Patterns("keywords").Any(pattern => Regex.IsMatch(word, pattern)));

    [Fact]
    public void The_extension_names_its_own_files()
    {
        var package = Read("package.json");
        var contributed = package.GetProperty("contributes");
        string?[] files =
        [
            package.GetProperty("main").GetString(),
            contributed.GetProperty("languages")[0].GetProperty("configuration").GetString(),
            contributed.GetProperty("grammars")[0].GetProperty("path").GetString(),
        ];
        Assert.All(files, file => Assert.True(File.Exists(PathOf(file!)), file));
        Assert.Equal(Grammar.GetProperty("scopeName").GetString(), contributed.GetProperty("grammars")[0].GetProperty("scopeName").GetString());
        Assert.All(Values(Read("language-configuration.json"), "wordPattern"), pattern => Assert.Matches(new Regex(pattern), "field_bits"));
    }

    private static IEnumerable<string> Samples() => [.. Corpus.All.Select(file => file.Text), "const A = 0x1f"];

    private static IEnumerable<string> Words(string part) =>
        Patterns(part).SelectMany(pattern => Alternatives().Match(pattern).Groups["words"].Value.Split('|')).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Patterns(string part) =>
        Grammar.GetProperty("repository").GetProperty(part).GetProperty("patterns").EnumerateArray().Select(pattern => pattern.GetProperty("match").GetString()!);

    /// <summary>All texts of one name, at any depth.</summary>
    private static IEnumerable<string> Values(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            property => property.Name == name && property.Value.ValueKind == JsonValueKind.String ? [property.Value.GetString()!] : Values(property.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Values(item, name)),
        _ => [],
    };

    private static JsonElement Read(params string[] path) => JsonDocument.Parse(File.ReadAllText(PathOf(path))).RootElement;

    private static string PathOf(params string[] path) => Path.GetFullPath(Repository.PathOf(["editors", "vscode", .. path]));

    [GeneratedRegex(@"^\\b\((?<words>[a-z_|]+)\)\\b")]
    private static partial Regex Alternatives();

    [GeneratedRegex("Modes of both: `(?<modes>[a-z_ ]+)`")]
    private static partial Regex RoundingModes();
}
