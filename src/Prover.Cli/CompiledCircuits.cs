using System.Text;
using Prover.Formats;
using Prover.Witness;

namespace Prover.Cli;

/// <summary>How compiled circuits are named in a folder, and how one is found there.</summary>
internal static class CompiledCircuits
{
    /// <summary>The extension of our own artefact.</summary>
    public const string Extension = ".compiled";

    /// <summary>A rule instance as a file name without extension: "margin&lt;32, 2&gt;" is "margin-32-2".</summary>
    public static string FileNameOf(CompiledCircuit circuit)
    {
        var name = new StringBuilder();
        foreach (var character in circuit.Name)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == '_')
            {
                name.Append(character);
            }
            else if (character is '<' or ',')
            {
                name.Append('-');
            }
        }

        return name.ToString();
    }

    /// <summary>Reads a circuit from its file or from the folder that holds nothing but it.</summary>
    /// <exception cref="UsageException">The folder holds several.</exception>
    /// <exception cref="FileNotFoundException">The folder holds none.</exception>
    public static CompiledCircuit Read(string path) => CircuitArtefact.Read(FileOf(path));

    /// <summary>The file of a circuit, given by itself or by the folder that holds nothing but it.</summary>
    /// <exception cref="UsageException">The folder holds several.</exception>
    /// <exception cref="FileNotFoundException">The folder holds none.</exception>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string[] files = [.. Directory.GetFiles(path, "*" + Extension).Order(StringComparer.Ordinal)];
        return files switch
        {
            [var only] => only,
            [] => throw new FileNotFoundException("No compiled circuit.", Path.Combine(path, "*" + Extension)),
            _ => throw new UsageException($"{path} holds {files.Length} compiled circuits; name one of them: {string.Join(", ", files)}."),
        };
    }
}
