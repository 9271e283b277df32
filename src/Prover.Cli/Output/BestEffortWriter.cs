using System.Text;

namespace Prover.Cli;

/// <summary>Standard error: what cannot be written there is lost, and nothing else.</summary>
/// <param name="inner">Where to write.</param>
public sealed class BestEffortWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A full disk or a closed pipe under a log must not change a verdict.
        }
    }
}
