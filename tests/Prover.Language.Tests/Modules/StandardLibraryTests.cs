using Prover.Testing;

namespace Prover.Language.Tests;

public sealed class StandardLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-library-");

    public static TheoryData<string> Files => [.. StandardLibrary.Paths];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Ships_every_file_of_the_folder_as_it_is()
    {
        var folder = Repository.PathOf("circuits", "std");
        Assert.Equal(Directory.EnumerateFiles(folder).Select(path => $"std/{Path.GetFileName(path)}").Order(StringComparer.Ordinal), StandardLibrary.Paths);
        Assert.All(StandardLibrary.Paths, path => Assert.Equal(File.ReadAllText(Path.Combine(folder, path["std/".Length..])), StandardLibrary.Find(path)!.Text));
        Assert.Null(StandardLibrary.Find("std/../Prover.Language"));
        Assert.Null(StandardLibrary.Find("poseidon.circuit"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_found_from_any_folder_with_what_it_imports(string path)
    {
        var (program, found) = Load($"import \"{path}\"\nimport \"std/poseidon.circuit\"\nconst A = 1\n");
        Assert.Equal([], found);
        Assert.Contains(program.Files, file => file.Source.Path == path);
        Assert.Single(program.Files, file => file.Source.Path == "std/poseidon.circuit");
        Assert.NotNull(program.Find("poseidon"));
    }

    [Fact]
    public void A_file_beside_the_importing_one_comes_first()
    {
        _folder.CreateSubdirectory("std");
        var own = Path.Combine(_folder.FullName, "std", "poseidon.circuit");
        File.WriteAllText(own, "const OWN = 1\n");
        var (program, found) = Load("import \"std/poseidon.circuit\"\nconst A = OWN\n");
        Assert.Equal([], found);
        Assert.Null(program.Find("poseidon"));

        File.Delete(own);
        (program, found) = Load("import \"std/poseidon.circuit\"\nconst A = 1\n");
        Assert.Equal([], found);
        Assert.NotNull(program.Find("poseidon"));
        Assert.Contains(own, program.Paths);
    }

    [Fact]
    public void The_library_sees_nothing_of_the_project()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "poseidon.circuit"), "const OWN = 1\n");
        var (program, found) = Load("import \"std/merkle.circuit\"\nconst A = 1\n");
        Assert.Equal([], found);
        Assert.Null(program.Find("OWN"));
    }

    [Fact]
    public void What_the_library_lacks_is_listed_as_what_it_has()
    {
        List<Diagnostic> found = [];
        CircuitProgram.Parse(new("main.circuit", "import \"std/keccak.circuit\"\n"), found);
        var diagnostic = Assert.Single(found);
        Assert.Equal("no file 'std/keccak.circuit'", diagnostic.Message);
        Assert.Equal("the standard library has " + string.Join(", ", StandardLibrary.Paths), diagnostic.Help);
    }

    private (CircuitProgram Program, List<string> Found) Load(string text)
    {
        var path = Path.Combine(_folder.FullName, "main.circuit");
        File.WriteAllText(path, text);
        List<Diagnostic> found = [];
        var program = CircuitProgram.Load(path, found);
        return (program, [.. found.Select(diagnostic => diagnostic.Message)]);
    }
}
