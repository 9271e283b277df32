namespace Prover.Language.Tests;

public sealed class CircuitProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-modules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Imported_files_come_first_and_once()
    {
        Write("base.circuit", "const BASE = 1\n");
        Write("parts/left.circuit", "import \"../base.circuit\"\nconst LEFT = BASE\n");
        Write("parts/right.circuit", "import \"./../base.circuit\"\nimport \"left.circuit\"\nconst RIGHT = LEFT\n");
        var (program, found) = Load(Write("main.circuit", "import \"parts/right.circuit\"\nimport \"base.circuit\"\nconst TOP = RIGHT\n"));
        Assert.Equal([], found);
        Assert.Equal(["base.circuit", "parts/left.circuit", "parts/right.circuit", "main.circuit"], program.Files.Select(file => Relative(file.Source.Path)));
        Assert.Same(program.Root, program.Files[^1]);
        Assert.Equal(["BASE", "LEFT", "RIGHT", "TOP"], program.Names);
        Assert.Equal("LEFT", program.Find("LEFT")!.Name);
        Assert.Null(program.Find("left"));
    }

    [Fact]
    public void Files_may_import_each_other()
    {
        Write("a.circuit", "import \"b.circuit\"\nconst A = 1\n");
        Write("b.circuit", "import \"a.circuit\"\nimport \"b.circuit\"\nconst B = A\n");
        var (program, found) = Load(_folder.FullName + "/a.circuit");
        Assert.Equal([], found);
        Assert.Equal(["B", "A"], program.Names);
    }

    [Theory]
    [InlineData("import \"gone.circuit\"\n", "R0302 1:1 no file 'gone.circuit'")]
    [InlineData("const A = 1\nimport \"../{folder}/gone.circuit\"\n", "R0302 2:1 no file '../{folder}/gone.circuit'")]
    [InlineData("import \"\"\n", "R0302 1:1 an import names a .circuit file")]
    [InlineData("import \"/dev/zero\"\n", "R0302 1:1 an import names a .circuit file")]
    [InlineData("import \"a\0.circuit\"\n", "R0302 1:1 an import names a .circuit file")]
    [InlineData("import \"folder.circuit\"\n", "R0302 1:1 no file 'folder.circuit'")]
    public void Imports_that_are_not_there(string text, string expected)
    {
        _folder.CreateSubdirectory("folder.circuit");
        var (_, found) = Load(Write("main.circuit", text.Replace("{folder}", _folder.Name, StringComparison.Ordinal)));
        var full = _folder.FullName + "/";
        Assert.Equal([expected.Replace("../{folder}/", "", StringComparison.Ordinal)], found.Select(line => line.Replace(full, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_cannot_be_read()
    {
        var imported = Write("locked.circuit", "const A = 1\n");
        var path = Write("main.circuit", "import \"locked.circuit\"\n");
        using (File.Open(imported, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.StartsWith("R0302 1:1 the file '", Assert.Single(Load(path).Found), StringComparison.Ordinal);
        }

        Assert.Equal([], Load(path).Found);
    }

    [Fact]
    public void Errors_of_imported_files_name_them()
    {
        Write("lib/broken.circuit", "const = 1\nconst B = 2\n");
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(Write("main.circuit", "import \"lib/broken.circuit\"\nconst A = B\n"), diagnostics);
        Assert.Equal("lib/broken.circuit:1:7", Relative(Assert.Single(diagnostics).Primary.Span.ToString()));
        Assert.Equal(["B", "A"], program.Names);
    }

    [Fact]
    public void A_file_that_is_not_there_is_the_callers_mistake()
    {
        Assert.ThrowsAny<IOException>(() => Load(_folder.FullName + "/gone.circuit"));
        Assert.Equal([], Load(Write("here.circuit", "")).Found);
    }

    [Theory]
    [InlineData("const A = 1\nconst A = 2\n", "R0301 2:7 'A' is declared twice; 1:7 first declared here")]
    [InlineData("fn f() = 1\nstruct f { a: int }\n", "R0301 2:8 'f' is declared twice; 1:4 first declared here")]
    [InlineData("rule r() { }\ntype r = int\n", "R0301 2:6 'r' is declared twice; 1:6 first declared here")]
    [InlineData("struct S { a: int, b: int, a: bool }\n", "R0301 1:28 'a' is declared twice in 'S'; 1:12 first declared here")]
    [InlineData("fn f(a: int, a: int) = a\n", "R0301 1:14 'a' is declared twice in 'f'; 1:6 first declared here")]
    [InlineData("fn f<N>(N: int) = N\n", "R0301 1:9 'N' is declared twice in 'f'; 1:4 first declared here")]
    [InlineData("fn f<N, N>() = N\n", "R0301 1:4 'N' is declared twice in 'f'; 1:4 first declared here")]
    [InlineData("rule r(public a: bool, private a: bool) { }\n", "R0301 1:24 'a' is declared twice in 'r'; 1:8 first declared here")]
    [InlineData("fn sum(a: int) = a\n", "R0303 1:4 'sum' is a built-in and cannot be declared again")]
    [InlineData("type int = bool\n", "R0303 1:6 'int' is a built-in and cannot be declared again")]
    public void Names_are_declared_once(string text, string expected) => Assert.Equal([expected], Parse(text));

    [Theory]
    [InlineData("const A = 1\nconst a = 2\n")]
    [InlineData("struct S { a: int }\nstruct T { a: int }\nfn f(a: S) = a.a\nfn g(a: T) = a.a\n")]
    [InlineData("fn sums(sum: int) = sum\n")]
    [InlineData("fn f(a: int) = {\n let a = a + 1\n a\n}\n")]
    public void Different_names_stand_beside_each_other(string text) => Assert.Equal([], Parse(text));

    [Fact]
    public void Twins_in_two_files_point_at_both()
    {
        Write("lib.circuit", "\nconst A = 1\n");
        List<Diagnostic> diagnostics = [];
        CircuitProgram.Load(Write("main.circuit", "import \"lib.circuit\"\nconst A = 2\n"), diagnostics);
        Assert.Equal(
            """
            error[R0301]: 'A' is declared twice
              --> main.circuit:2:7
               2 | const A = 2
                 |       ^ declared again here
              ::: lib.circuit:2:7
               2 | const A = 1
                 |       - first declared here

            """,
            DiagnosticRenderer.Render(diagnostics).Replace(_folder.FullName + "/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_may_be_as_long_as_the_limit()
    {
        const int Limit = 1 << 20;
        Assert.Equal([], Parse(new string(' ', Limit)));
        Assert.Equal(["R0107 1:1 a file of 1,048,577 characters; at most 1,048,576 are read"], Parse(new string(' ', Limit + 1)));
        Assert.Equal([], Load(Write("long.circuit", new string('\n', Limit))).Found);
        Assert.Equal(["R0107 1:1 a file of 1,048,577 characters; at most 1,048,576 are read"], Load(Write("longer.circuit", new string('\n', Limit + 9))).Found);
    }

    private static string[] Parse(string text)
    {
        List<Diagnostic> diagnostics = [];
        CircuitProgram.Parse(new("test.circuit", text), diagnostics);
        return Show(diagnostics);
    }

    private static (CircuitProgram Program, string[] Found) Load(string path)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        return (program, Show(diagnostics));
    }

    private static string[] Show(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(diagnostic =>
        $"{diagnostic.Code} {Place(diagnostic.Primary)} {diagnostic.Message}{string.Concat(diagnostic.Secondary.Select(label => $"; {Place(label)} {label.Text}"))}")];

    private static string Place(Label label)
    {
        var (line, column) = label.Span.File.Locate(label.Span.Start);
        return $"{line}:{column}";
    }

    private string Relative(string path) => path.Replace(_folder.FullName + "/", "", StringComparison.Ordinal);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
