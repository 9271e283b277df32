namespace Prover.Language;

/// <summary>A file with everything it imports. All top-level names share one namespace.</summary>
public sealed class CircuitProgram
{
    private readonly Dictionary<string, Declaration> _declarations = new(StringComparer.Ordinal);

    private CircuitProgram(CircuitFile root)
    {
        Root = root;
    }

    /// <summary>The file that was asked for; its rules, tests and budgets are what commands work on.</summary>
    public CircuitFile Root { get; }

    /// <summary>All files, imported ones before those that import them.</summary>
    public List<CircuitFile> Files { get; } = [];

    /// <summary>The full paths of all files that were looked for, also of imports that are not there: what this program depends on.</summary>
    public IReadOnlyCollection<string> Paths { get; private init; } = [];

    /// <summary>Reads and parses a file and its imports.</summary>
    /// <param name="path">The file; messages name it and its imports relative to how it is named here.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <exception cref="IOException">The file itself cannot be read. A missing import is a diagnostic.</exception>
    public static CircuitProgram Load(string path, List<Diagnostic> diagnostics)
    {
        var loader = new Loader(diagnostics);
        var program = new CircuitProgram(loader.Load(path)) { Paths = loader.Paths };
        program.Files.AddRange(loader.Files);
        program.DeclareAll(diagnostics);
        return program;
    }

    /// <summary>Parses a text that imports nothing, or imports relative to its path.</summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="overlay">The text that stands for the file of a full path, as an editor holds it unsaved, or null if the file itself counts.</param>
    public static CircuitProgram Parse(SourceFile source, List<Diagnostic> diagnostics, Func<string, string?>? overlay = null)
    {
        var loader = new Loader(diagnostics, overlay);
        var program = new CircuitProgram(loader.Load(source)) { Paths = loader.Paths };
        program.Files.AddRange(loader.Files);
        program.DeclareAll(diagnostics);
        return program;
    }

    /// <summary>The declaration of a name, or null.</summary>
    public Declaration? Find(string name) => _declarations.GetValueOrDefault(name);

    /// <summary>All declared names, for suggestions.</summary>
    public IEnumerable<string> Names => _declarations.Keys;

    private void DeclareAll(List<Diagnostic> diagnostics)
    {
        foreach (var declaration in Files.SelectMany(file => file.Declarations))
        {
            RefuseTwins(declaration, diagnostics);
            if (BuiltIns.Names.Contains(declaration.Name))
            {
                diagnostics.Add(new("R0303", $"'{declaration.Name}' is a built-in and cannot be declared again", new(declaration.NameSpan, "choose another name"), []));
            }
            else if (!_declarations.TryAdd(declaration.Name, declaration))
            {
                diagnostics.Add(new(
                    "R0301",
                    $"'{declaration.Name}' is declared twice",
                    new(declaration.NameSpan, "declared again here"),
                    [new(_declarations[declaration.Name].NameSpan, "first declared here")]));
            }
        }
    }

    /// <summary>Two members of one name would silently be one.</summary>
    private static void RefuseTwins(Declaration declaration, List<Diagnostic> diagnostics)
    {
        var (generics, members) = declaration switch
        {
            StructDeclaration structure => (structure.Generics, structure.Fields),
            FunctionDeclaration function => (function.Generics, function.Parameters),
            RuleDeclaration rule => (rule.Generics, rule.Parameters),
            _ => ([], []),
        };
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (name, span) in generics.Select(generic => (generic, declaration.NameSpan)).Concat(members.Select(member => (member.Name, member.Span))))
        {
            if (!seen.TryAdd(name, span))
            {
                diagnostics.Add(new(
                    "R0301", $"'{name}' is declared twice in '{declaration.Name}'", new(span, "declared again here"), [new(seen[name], "first declared here")]));
            }
        }
    }

    private sealed class Loader(List<Diagnostic> diagnostics, Func<string, string?>? overlay = null)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly HashSet<string> _seenOfLibrary = new(StringComparer.Ordinal);
        private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

        public List<CircuitFile> Files { get; } = [];

        public IReadOnlyCollection<string> Paths => [.. _seen, .. _missing];

        public CircuitFile Load(string path) => Load(new SourceFile(path.Replace('\\', '/'), Read(path)));

        public CircuitFile Load(SourceFile source)
        {
            _seen.Add(Path.GetFullPath(source.Path));
            return Load(source, Import);
        }

        private CircuitFile Load(SourceFile source, Action<SourceFile, ImportDeclaration> import)
        {
            var file = Parser.Parse(source, diagnostics);
            foreach (var declaration in file.Imports)
            {
                import(source, declaration);
            }

            Files.Add(file);
            return file;
        }

        /// <summary>The text of a file, or its beginning if it is too long, which the parser then refuses.</summary>
        private static string Read(string path)
        {
            using var reader = new StreamReader(path);
            var buffer = new char[Parser.MaximumCharacters + 1];
            return new(buffer, 0, reader.ReadBlock(buffer));
        }

        private void Import(SourceFile importer, ImportDeclaration import)
        {
            if (!import.Path.EndsWith(".circuit", StringComparison.Ordinal) || import.Path.Contains('\0', StringComparison.Ordinal))
            {
                diagnostics.Add(new("R0302", "an import names a .circuit file", new(import.Span, "imported here"), [], "paths are relative to the importing file"));
                return;
            }

            var path = Simplify(Path.Combine(Path.GetDirectoryName(importer.Path) ?? "", import.Path));
            if (_seen.Contains(Path.GetFullPath(path)))
            {
                return;
            }

            if (overlay?.Invoke(Path.GetFullPath(path)) is { } unsaved)
            {
                Load(new SourceFile(path, unsaved));
                return;
            }

            if (!File.Exists(path))
            {
                _missing.Add(Path.GetFullPath(path));
                if (!ImportFromLibrary(import.Path))
                {
                    var ofSameName = StandardLibrary.Paths.FirstOrDefault(known => Path.GetFileName(known) == Path.GetFileName(import.Path));
                    var help = import.Path.StartsWith(StandardLibrary.Prefix, StringComparison.Ordinal)
                        ? $"the standard library has {string.Join(", ", StandardLibrary.Paths)}"
                        : ofSameName is not null ? $"did you mean \"{ofSameName}\"?" : "paths are relative to the importing file";
                    diagnostics.Add(new("R0302", $"no file '{path}'", new(import.Span, "imported here"), [], help));
                }

                return;
            }

            string text;
            try
            {
                text = Read(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(new("R0302", $"the file '{path}' cannot be read: {error.Message}", new(import.Span, "imported here"), []));
                return;
            }

            Load(new SourceFile(path, text));
        }

        /// <summary>Whether the standard library has a file of this path; its own imports are looked up in it and nowhere else.</summary>
        private bool ImportFromLibrary(string path)
        {
            if (StandardLibrary.Find(path) is not { } source)
            {
                return false;
            }

            if (_seenOfLibrary.Add(path))
            {
                Load(source, (_, import) => ImportFromLibrary(StandardLibrary.Prefix + import.Path));
            }

            return true;
        }

        /// <summary>Removes "name/.." pairs without asking the file system, so that the same sources give the same names everywhere.</summary>
        private static string Simplify(string path)
        {
            List<string> parts = [];
            foreach (var part in path.Replace('\\', '/').Split('/'))
            {
                if (part == ".." && parts.Count > 0 && parts[^1] is not (".." or ""))
                {
                    parts.RemoveAt(parts.Count - 1);
                }
                else if (part != ".")
                {
                    parts.Add(part);
                }
            }

            return string.Join('/', parts);
        }
    }
}
