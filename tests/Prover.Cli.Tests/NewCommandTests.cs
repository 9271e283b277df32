using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Prover.Cli.Tests;

public sealed partial class NewCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-new-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_commands_of_the_readme_end_in_a_verified_proof_and_a_bad_input_in_none()
    {
        var project = PathOf("first-rule");
        Assert.Contains("cd " + project, Outcome.Of("new", project).Expect(ExitCode.Success).Error, StringComparison.Ordinal);

        var commands = Commands(File.ReadAllText(Path.Combine(project, "README.md")));
        Assert.Equal(["check", "test", "compile", "setup", "key", "witness", "prove", "verify"], commands.Select(command => command[0]));
        foreach (var command in commands)
        {
            var (code, output) = Run(project, command);
            Assert.True(code == ExitCode.Success, $"{string.Join(' ', command)} ends with {code}\n{output}");
        }

        Assert.StartsWith("{", File.ReadAllText(Path.Combine(project, "build", "proof.json")).TrimStart(), StringComparison.Ordinal);

        // As the README says: first the digest is another one, then the margin is missing.
        var witness = commands.Single(command => command[0] == "witness");
        var input = Path.Combine(project, "input.json");
        File.WriteAllText(input, File.ReadAllText(input).Replace("-9500.00", "-9500.01", StringComparison.Ordinal));
        var (refused, first) = Run(project, witness);
        Assert.Equal(ExitCode.NegativeVerdict, refused);
        var digest = Digest().Match(first).Groups["digest"].Value;
        File.WriteAllText(input, Regex.Replace(File.ReadAllText(input), "\"digest\": \"\\d+\"", $"\"digest\": \"{digest}\""));
        var (refusedAgain, second) = Run(project, witness);
        Assert.Equal(ExitCode.NegativeVerdict, refusedAgain);
        Assert.Contains("margin: have 499.99, need 500", second, StringComparison.Ordinal);
    }

    [Fact]
    public void The_project_is_laid_out_as_fmt_would()
    {
        Outcome.Of("new", PathOf("tidy")).Expect(ExitCode.Success);

        Outcome.Of("fmt", "--check", Path.Combine(PathOf("tidy"), "circuits", "tidy.circuit")).Expect(ExitCode.Success);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("ä")]
    public void A_bad_name_is_refused(string name)
    {
        Assert.Contains("is no name for a project", Outcome.Of("new", PathOf(name)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.False(Directory.EnumerateFileSystemEntries(_folder).Any());
    }

    [Fact]
    public void Only_an_empty_folder_is_taken()
    {
        Directory.CreateDirectory(PathOf("empty"));
        Directory.CreateDirectory(PathOf("full"));
        File.WriteAllText(PathOf("full/notes.txt"), "mine");

        Outcome.Of("new", PathOf("empty")).Expect(ExitCode.Success);
        Outcome.Of("new", PathOf("empty")).Expect(ExitCode.Usage);
        Outcome.Of("new", PathOf("full")).Expect(ExitCode.Usage);
        Assert.Single(Directory.EnumerateFileSystemEntries(PathOf("full")));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static string[][] Commands(string readme) =>
        [.. ShellBlock().Match(readme).Groups["commands"].Value.Split('\n').Where(line => line.StartsWith("prover ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1..])];

    /// <summary>Runs the program itself, since a project's paths are relative to its folder.</summary>
    private static (int Code, string Output) Run(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("another digest: (?<digest>[0-9]+)")]
    private static partial Regex Digest();
}
