using System.Text.RegularExpressions;

namespace Prover.Bench;

/// <summary>How snarkjs is run.</summary>
/// <param name="Words">The program and arguments that come before those of snarkjs, as in "npx snarkjs".</param>
/// <param name="Version">snarkjs's version.</param>
/// <param name="NodeVersion">Node's version, or null if there is no node on the path.</param>
public sealed partial record SnarkjsCommand(IReadOnlyList<string> Words, string Version, string? NodeVersion)
{
    /// <summary>Asks a command whether it is snarkjs.</summary>
    /// <param name="text">A program's path, or a command whose words have blanks between them.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="ProcessFailedException">It does not start, or does not say that it is snarkjs.</exception>
    public static SnarkjsCommand Find(string text, CancellationToken cancellationToken)
    {
        string[] words = File.Exists(text) ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            throw new ProcessFailedException("The command of snarkjs is empty.");

        // snarkjs prints its name and version above its help and then ends with exit code 99.
        var asked = MeasuredProcess.RunToEnd([.. words, "--version"], cancellationToken);
        return Name().Match(asked.Printed) is { Success: true } name
            ? new(words, name.Groups[1].Value, Node(cancellationToken))
            : throw new ProcessFailedException($"'{text}' is not snarkjs: '{string.Join(' ', words)} --version' prints no 'snarkjs@VERSION', and ends with exit code {asked.ExitCode}.");
    }

    private static string? Node(CancellationToken cancellationToken)
    {
        try
        {
            return MeasuredProcess.Run(["node", "--version"], cancellationToken).Printed.TrimStart('v');
        }
        catch (ProcessFailedException)
        {
            return null; // snarkjs may come with a runtime of its own.
        }
    }

    [GeneratedRegex(@"snarkjs@(\S+)")]
    private static partial Regex Name();
}
