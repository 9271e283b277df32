using System.Globalization;
using System.Text;

namespace Prover.Formats;

/// <summary>circom's .sym: the name of each wire, for debuggers and for snarkjs's tools that print signals.</summary>
/// <remarks>One line per signal: label, wire, component, name. Labels here are wire numbers, as in <see cref="R1csFile.Write"/>.</remarks>
public static class SymFile
{
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
}
