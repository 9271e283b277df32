using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Prover.Formats;

/// <summary>circom's .sym: the name of each wire, for debuggers and for snarkjs's tools that print signals.</summary>
/// <remarks>One line per signal: label, wire, component, name. Labels here are wire numbers, as in <see cref="R1csFile.Write"/>.</remarks>
public static partial class SymFile
{
    /// <summary>Whether a line gives a signal a name.</summary>
    public static bool IsLine(string line) => Line().IsMatch(line);

    /// <summary>Reads the name of each named wire; signals that were optimised away (wire −1) are left out.</summary>
    /// <exception cref="MalformedFileException">A line is not "label,wire,component,name".</exception>
    public static IReadOnlyDictionary<int, string> Read(string path)
    {
        var names = new Dictionary<int, string>();
        foreach (var (i, line) in File.ReadLines(path).Index())
        {
            var match = Line().Match(line);
            if (!match.Success || !int.TryParse(match.Groups["wire"].ValueSpan, CultureInfo.InvariantCulture, out var wire))
            {
                throw new MalformedFileException(path, "names", null, $"line {i + 1}: 'label,wire,component,name' is expected.");
            }

            if (wire >= 0)
            {
                names[wire] = match.Groups["name"].Value;
            }
        }

        return names;
    }

    /// <summary>Writes the names of wires 1, 2, …; wires without a name (null) are left out.</summary>
    /// <exception cref="ArgumentException">A name holds a comma or a line break.</exception>
    public static void Write(string path, IReadOnlyList<string?> names)
    {
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] is not { } name)
            {
                continue;
            }

            if (name.AsSpan().ContainsAny(",\r\n"))
            {
                throw new ArgumentException($"The name of wire {i + 1}, '{name}', holds a comma or a line break.", nameof(names));
            }

            text.Append(CultureInfo.InvariantCulture, $"{i + 1},{i + 1},0,{name}\n");
        }

        OutputFile.Write(path, text.ToString());
    }

    [GeneratedRegex(@"^[0-9]{1,10},(?<wire>-1|[0-9]{1,10}),[0-9]{1,10},(?<name>[^,]+)$")]
    private static partial Regex Line();
}
