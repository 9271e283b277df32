using System.Text;
using System.Text.RegularExpressions;
using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>
/// The folder Refused holds programs that must not compile, each beside the diagnostics it must give (.txt) and beside what makes it
/// compile (.fix: pairs of lines, a text of the program and what to write instead). A program that begins with "// compile NAME"
/// compiles that rule, any other is checked as a whole.
/// </summary>
public sealed partial class RefusedProgramTests : IDisposable
{
    /// <summary>Set to write the snapshots anew, to be read before they are committed.</summary>
    private const string AcceptVariable = "PROVER_ACCEPT_DIAGNOSTICS";

    private static readonly string Folder = Repository.PathOf("tests", "Prover.Compiler.Tests", "Refused");

    /// <summary>Messages that no small text brings about, and the tests that do.</summary>
    private static readonly Dictionary<string, string> TestedElsewhere = new(StringComparer.Ordinal)
    {
        ["the rule needs more than {MaximumVariables:N0} wires"] = nameof(HostileProgramTests.Rules_of_more_wires_than_the_limit),
        ["a file of {file.Text.Length:N0} characters; at most {MaximumCharacters:N0} are read"] = "A_file_may_be_as_long_as_the_limit",
        ["the file '{path}' cannot be read: {error.Message}"] = "A_file_that_cannot_be_read",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-refused-");

    public static TheoryData<string> Programs => [.. Directory.EnumerateFiles(Folder, "*.circuit").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Gives_its_diagnostics(string program)
    {
        var actual = Diagnose(Path.Combine(Folder, program + ".circuit"));
        var snapshot = Path.Combine(Folder, program + ".txt");
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(snapshot, actual);
            Assert.Fail($"{snapshot} has been written.");
        }

        Assert.Equal(File.ReadAllText(snapshot), actual);
        Assert.StartsWith($"error[{program[..5]}]: ", actual, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Compiles_once_mended(string program)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.circuit", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var path = Path.Combine(_folder.FullName, program + ".circuit");
        var text = File.ReadAllText(path);
        foreach (var pair in File.ReadLines(Path.Combine(Folder, program + ".fix")).Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal)).Chunk(2))
        {
            Assert.Contains(pair[0], text, StringComparison.Ordinal);
            text = text.Replace(pair[0], pair[1], StringComparison.Ordinal);
        }

        File.WriteAllText(path, text);
        Assert.Equal("", Diagnose(path));
    }

    /// <summary>Every message in the source stands in a snapshot, with its code.</summary>
    [Fact]
    public void Every_message_has_a_program()
    {
        var snapshots = Directory.EnumerateFiles(Folder, "*.txt").Select(File.ReadAllText).ToList();
        var messages = new[] { "Prover.Language", "Prover.Compiler" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => !Path.GetFileName(path).StartsWith("DiagnosticCode", StringComparison.Ordinal))
            .SelectMany(path => MessagesOf(File.ReadAllText(path)))
            .ToList();
        Assert.InRange(messages.Count, 80, 500);
        Assert.Equal([], TestedElsewhere.Keys.Except(messages.Select(message => message.Template)));
        Assert.Equal([], messages
            .Where(message => !TestedElsewhere.ContainsKey(message.Template))
            .Where(message => !snapshots.Exists(text => Regex.IsMatch(text, PatternOf(message.Code, message.Template), RegexOptions.Multiline)))
            .Select(message => $"{message.Code} {message.Template}"));
    }

    [Fact]
    public void Every_snapshot_has_a_program() => Assert.Equal(
        Programs.Select(row => row.Data),
        Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    private static string Diagnose(string path)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        if (diagnostics.Count == 0)
        {
            var first = program.Root.Source.Text.Split('\n')[0];
            diagnostics.AddRange(first.StartsWith("// compile", StringComparison.Ordinal)
                ? CircuitCompiler.Compile(program, first["// compile".Length..].Trim() is { Length: > 0 } rule ? rule : null, []).Diagnostics
                : CircuitCompiler.Check(program));
        }

        return DiagnosticRenderer.Render(diagnostics).Replace(Path.GetDirectoryName(path)!.Replace('\\', '/') + "/", "", StringComparison.Ordinal);
    }

    /// <summary>The code and the text, holes included, of every diagnostic that a source file can make.</summary>
    private static IEnumerable<(string Code, string Template)> MessagesOf(string source)
    {
        foreach (Match start in MessageStart().Matches(source))
        {
            var code = start.Groups["name"].Value switch { "Exhausted" => "R0407", "TooDeep" => "R0105", _ => start.Groups["code"].Value };
            var template = new StringBuilder();
            var depth = 0;
            for (var i = start.Index + start.Length; depth > 0 || source[i] != '"'; i++)
            {
                depth += start.Groups["hole"].Length == 0 ? 0 : source[i] == '{' ? 1 : source[i] == '}' ? -1 : 0;
                template.Append(source[i]);
            }

            yield return (code, template.ToString());
        }
    }

    private static string PatternOf(string code, string template)
    {
        var pattern = new StringBuilder($"^error\\[{code}\\]: ");
        var (depth, isInterpolated) = (0, template.Contains('{', StringComparison.Ordinal) && template.Contains('}', StringComparison.Ordinal) && !template.Contains("'{'", StringComparison.Ordinal));
        foreach (var c in template)
        {
            if (isInterpolated && c is '{' or '}')
            {
                depth += c == '{' ? 1 : -1;
                pattern.Append(c == '}' && depth == 0 ? ".*" : "");
            }
            else if (depth == 0)
            {
                pattern.Append(Regex.Escape(c.ToString()));
            }
        }

        return pattern.Append('$').ToString();
    }

    [GeneratedRegex("(?:\"(?<code>R\\d{4})\"|\\b(?<name>Exhausted|TooDeep)),\\s*(?<hole>\\$?)\"")]
    private static partial Regex MessageStart();
}
