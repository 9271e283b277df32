using System.Text;
using System.Text.Json;

namespace Prover.Formats;

/// <summary>Writes indented JSON.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 1, NewLine = "\n" };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
