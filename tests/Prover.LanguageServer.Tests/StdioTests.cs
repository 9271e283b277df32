using System.Text.Json;
using Prover.Testing;

namespace Prover.LanguageServer.Tests;

/// <summary>The program itself, driven over its standard input and output by the client library that Visual Studio Code uses.</summary>
public sealed class StdioTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover lsp ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_editor_works_through_a_whole_session()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Prover.Cli");
        var script = File.ReadAllText(Repository.PathOf("tests", "Prover.LanguageServer.Tests", "session.js"));

        var told = JsonDocument.Parse(NodeTools.RunScript(script, program, _folder.FullName).EnsureSuccess().Output).RootElement;

        Assert.Equal("", told.GetProperty("standardError").GetString());
        Assert.Equal(0, told.GetProperty("exitCode").GetInt32());
        Assert.Equal(["R0304"], Texts(told, "codesWithMistake"));
        Assert.Empty(Texts(told, "codesWithout"));
        Assert.Contains("fn twice", told.GetProperty("hover").GetString(), StringComparison.Ordinal);
        Assert.Contains("Twice as much.", told.GetProperty("hover").GetString(), StringComparison.Ordinal);
        Assert.Contains("int[0 .. 18]", told.GetProperty("hover").GetString(), StringComparison.Ordinal);
        Assert.Equal(told.GetProperty("expectedDefinition").GetRawText(), told.GetProperty("definition").GetRawText());
        Assert.Equal(4, told.GetProperty("references").GetInt32());
        Assert.Equal(["four"], Texts(told, "symbols"));
        Assert.Subset(Texts(told, "completions").ToHashSet(StringComparer.Ordinal), new HashSet<string> { "twice", "four", "x", "sum" });
        Assert.Equal("twice", told.GetProperty("placeholder").GetString());
        Assert.Equal([2, 2], told.GetProperty("renamed").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Contains("'fn' is a keyword", told.GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.Equal(-32601, told.GetProperty("unknown").GetInt32());
        Assert.Equal("const A = 1\n", told.GetProperty("formatted").GetString());
    }

    private static string[] Texts(JsonElement told, string property) => [.. told.GetProperty(property).EnumerateArray().Select(text => text.GetString()!)];
}
