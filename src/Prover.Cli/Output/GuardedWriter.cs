using System.Text;

namespace Prover.Cli;

/// <summary>Standard output or standard error, which may be closed or lie on a full disk.</summary>
internal sealed class GuardedWriter : TextWriter
{
    private readonly TextWriter _inner;
    private readonly Action<Exception> _failed;

    private GuardedWriter(TextWriter inner, Action<Exception> failed)
        : base(inner.FormatProvider)
    {
        (_inner, _failed) = (inner, failed);
    }

    /// <summary>A writer that needs no disposal.</summary>
    /// <param name="inner">Where the text goes.</param>
    /// <param name="failed">Called when it cannot go there; the text is lost unless this throws.</param>
    public static TextWriter Around(TextWriter inner, Action<Exception> failed) => new GuardedWriter(inner, failed);

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}{NewLine}".AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        try
        {
            _inner.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failed(error);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        try
        {
            _inner.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failed(error);
        }
    }
}
