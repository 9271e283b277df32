using System.CommandLine;
using System.Reflection;

namespace Prover.Cli;

/// <summary><c>new NAME</c>.</summary>
internal static class NewCommand
{
    private const int LongestName = 64;
    private const string Placeholder = "NAME";

    /// <summary>What a project consists of: the resource and the file it becomes.</summary>
    private static readonly (string Resource, string File)[] Files =
    [
        ("NAME.circuit", "circuits/NAME.circuit"),
        ("input.json", "input.json"),
        ("README.md", "README.md"),
        ("gitignore", ".gitignore"),
    ];

    public static Command Create(Terminal terminal)
    {
        var name = Arguments.Path("NAME", "The folder to make; its last part names the project: letters, digits, '-' and '_', a letter first.");
        var command = new Command(
            "new",
            """
            Begin a project: a rule with tests and a budget, an input for it, and a README with every command from check to a verified proof.

            A folder that is there already is taken only if it is empty.
            Example: prover new margin
            """)
        {
            name,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(name)));
        return command;
    }

    private static int Run(Terminal terminal, string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        if (!IsName(name))
        {
            throw new UsageException($"'{name}' is no name for a project: it takes letters, digits, '-' and '_', a letter first, and at most {LongestName} of them.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new UsageException($"'{folder}' is there already and not empty; nothing is written.");
        }

        Arguments.RequireOutputFolder(folder);
        string[] written = [.. Files.Select(file => Path.Combine(folder, file.File.Replace(Placeholder, name, StringComparison.Ordinal)))];
        for (var i = 0; i < Files.Length; i++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(written[i]))!);
            File.WriteAllText(written[i], Read(Files[i].Resource).Replace(Placeholder, name, StringComparison.Ordinal));
        }

        if (terminal.Json)
        {
            terminal.WriteJson(new { name, folder, files = written });
            return ExitCode.Success;
        }

        Array.ForEach(written, terminal.Write);
        terminal.Note($"""

            Next:
              cd {folder}
              prover test circuits --watch
            and README.md has the rest, up to a verified proof.
            """);
        return ExitCode.Success;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Templates/{resource}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
