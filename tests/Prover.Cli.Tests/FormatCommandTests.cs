using System.Text;
using Prover.Testing;

namespace Prover.Cli.Tests;

public sealed class FormatCommandTests : IDisposable
{
    private const string Untidy = "const  A=1\n\n\n\nconst B = A// the same\n";
    private const string Tidy = "const A = 1\n\nconst B = A  // the same\n";
    private const string Broken = "const A = \n";

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-fmt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_circuits_of_this_project_are_formatted()
    {
        var outcome = Outcome.Of("fmt", Repository.PathOf("circuits"), "--check").Expect(ExitCode.Success);

        Assert.Empty(outcome.Output);
        Assert.Contains("0 to be formatted", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_written_and_those_that_change_are_named()
    {
        var (untidy, tidy) = (Write("inner/untidy.circuit", Untidy), Write("tidy.circuit", Tidy));
        var before = File.GetLastWriteTimeUtc(tidy);

        Assert.Equal([untidy], Lines(Outcome.Of("fmt", _folder).Expect(ExitCode.Success).Output));

        Assert.Equal(Tidy, File.ReadAllText(untidy));
        Assert.Equal(before, File.GetLastWriteTimeUtc(tidy));
        Assert.Empty(Outcome.Of("fmt", untidy, tidy).Expect(ExitCode.Success).Output);
        Assert.Equal(2, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_check_writes_nothing_and_shows_what_would_change()
    {
        var path = Write("untidy.circuit", Untidy);

        var outcome = Outcome.Of("fmt", path, "--check").Expect(ExitCode.NegativeVerdict);

        Assert.Equal($"--- {path}\n+++ {path} (formatted)\n@@ -1,5 +1,3 @@\n-const  A=1\n+const A = 1\n \n-\n-\n-const B = A// the same\n+const B = A  // the same\n", outcome.Output);
        Assert.Equal(Untidy, File.ReadAllText(path));
        Outcome.Of("fmt", path).Expect(ExitCode.Success);
        Assert.Empty(Outcome.Of("fmt", path, "--check").Expect(ExitCode.Success).Output);
    }

    [Theory]
    [InlineData("fmt")]
    [InlineData("fmt", "--check")]
    public void A_file_that_does_not_parse_is_left_alone_and_its_faults_are_shown(params string[] command)
    {
        var (broken, tidy) = (Write("broken.circuit", Broken), Write("tidy.circuit", Tidy));

        var outcome = Outcome.Of([.. command, broken, tidy]).Expect(ExitCode.NegativeVerdict);

        Assert.Contains("error[R0103]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("broken.circuit:", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(Broken, File.ReadAllText(broken));
        Outcome.Of([.. command, tidy]).Expect(ExitCode.Success);
    }

    [Fact]
    public void What_an_import_holds_is_not_looked_at() =>
        Outcome.Of("fmt", Write("importer.circuit", "import \"absent.circuit\"\n")).Expect(ExitCode.Success);

    [Fact]
    public void Standard_input_is_formatted_to_standard_output()
    {
        Assert.Equal(Tidy, Pipe(Untidy, "fmt", "--stdin").Expect(ExitCode.Success).Output);
        Assert.Equal("", Pipe("", "fmt", "--stdin").Expect(ExitCode.Success).Output);
        Assert.StartsWith("--- stdin\n", Pipe(Untidy, "fmt", "--stdin", "--check").Expect(ExitCode.NegativeVerdict).Output, StringComparison.Ordinal);
        Assert.Empty(Pipe(Tidy, "fmt", "--stdin", "--check").Expect(ExitCode.Success).Output);
        var refused = Pipe(Broken, "fmt", "--stdin").Expect(ExitCode.NegativeVerdict);
        Assert.Empty(refused.Output);
        Assert.Contains("--> stdin:", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_get_a_verdict_for_each_file()
    {
        var (broken, tidy, untidy) = (Write("a.circuit", Broken), Write("b.circuit", Tidy), Write("c.circuit", Untidy));

        var report = Outcome.Of("fmt", broken, tidy, untidy, "--check", "--json").Expect(ExitCode.NegativeVerdict).Json;

        Assert.Equal(["refused", "unchanged", "changed"], report.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("verdict").GetString()));
        Assert.StartsWith("--- ", report.GetProperty("files")[2].GetProperty("difference").GetString(), StringComparison.Ordinal);
        Assert.Equal("R0103", report.GetProperty("diagnostics")[0].GetProperty("code").GetString());
        Assert.Equal(Tidy, Pipe(Untidy, "fmt", "--stdin", "--json").Expect(ExitCode.Success).Json.GetProperty("files")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_file_that_is_no_text_would_lose_something_and_is_refused_before_any_is_written()
    {
        var (untidy, binary) = (Write("a.circuit", Untidy), Path.Combine(_folder, "b.circuit"));
        File.WriteAllBytes(binary, [.. "const A=1 // "u8, 0xe4]);

        Assert.Contains("this is no source text", Outcome.Of("fmt", _folder).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);

        Assert.Equal(Untidy, File.ReadAllText(untidy));
        Outcome.Of(new MemoryStream(File.ReadAllBytes(binary)), "fmt", "--stdin").Expect(ExitCode.BadFile);
        File.WriteAllBytes(binary, [.. "const A=1 // "u8, 0xc3, 0xa4]);
        Outcome.Of("fmt", _folder).Expect(ExitCode.Success);
        Assert.Equal("const A = 1  // ä\n", File.ReadAllText(binary));
    }

    [Fact]
    public void A_file_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Files have no modes there.
        }

        var path = Write("private.circuit", Untidy);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(path, Mode);

        Outcome.Of("fmt", path).Expect(ExitCode.Success);

        Assert.Equal(Tidy, File.ReadAllText(path));
        Assert.Equal(Mode, File.GetUnixFileMode(path));
    }

    private static Outcome Pipe(string text, params string[] arguments) => Outcome.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)), arguments);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
