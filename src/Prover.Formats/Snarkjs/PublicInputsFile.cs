using System.Text;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>snarkjs's <c>public.json</c>: the values of the public wires, outputs first, without the constant one.</summary>
public static class PublicInputsFile
{
    /// <summary>Reads the values.</summary>
    /// <exception cref="MalformedFileException">The file is not an array of canonical decimal strings.</exception>
    public static Fr[] Read(string path) => JsonSource.ReadFile(path, FileKind.PublicInputs, Read);

    /// <summary>Reads the values from text that came from <paramref name="origin"/>, a name for messages.</summary>
    /// <exception cref="MalformedFileException">The text is not an array of canonical decimal strings.</exception>
    public static Fr[] Parse(string json, string origin) => JsonSource.Parse(Encoding.UTF8.GetBytes(json), origin, FileKind.PublicInputs, Read);

    /// <summary>Writes the values.</summary>
    public static void Write(string path, ReadOnlySpan<Fr> values) => OutputFile.Write(path, ToJson(values));

    /// <summary>The text of the file.</summary>
    public static string ToJson(ReadOnlySpan<Fr> values)
    {
        var copy = values.ToArray();
        return JsonText.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var value in copy)
            {
                writer.WriteStringValue(value.ToString());
            }

            writer.WriteEndArray();
        });
    }

    private static Fr[] Read(JsonSource source)
    {
        var array = source.Array();
        var values = new Fr[array.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = array[i].Element<ScalarModulus>();
        }

        return values;
    }
}
