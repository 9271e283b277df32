namespace Prover.Formats;

/// <summary>A file does not hold what its format demands. Nothing of it was used.</summary>
public sealed class MalformedFileException : Exception
{
    public MalformedFileException()
    {
        Path = Place = Rule = "";
    }

    public MalformedFileException(string message)
        : base(message)
    {
        Path = Place = "";
        Rule = message;
    }

    public MalformedFileException(string message, Exception innerException)
        : base(message, innerException)
    {
        Path = Place = "";
        Rule = message;
    }

    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">The section or property, for people.</param>
    /// <param name="offset">The byte at which the offending value begins, or null if the rule is not about one place.</param>
    /// <param name="rule">The rule that is broken, with the numbers that break it.</param>
    public MalformedFileException(string path, string place, long? offset, string rule)
        : base(offset is { } position ? $"{path}: {place}, byte {position:N0}: {rule}" : $"{path}: {place}: {rule}")
    {
        Path = path;
        Place = place;
        Offset = offset;
        Rule = rule;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The section or property.</summary>
    public string Place { get; }

    /// <summary>The byte at which the offending value begins, if there is one.</summary>
    public long? Offset { get; }

    /// <summary>The rule that is broken, with the numbers that break it.</summary>
    public string Rule { get; }
}
