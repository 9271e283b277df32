namespace Prover.Margin;

/// <summary>Reads and writes batches as JSON.</summary>
public static class BatchFile
{
    /// <summary>Reads a batch and checks every value against its range.</summary>
    /// <exception cref="BatchFileException">The file is no batch.</exception>
    public static Batch Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Parses a batch.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">What to call the text in messages.</param>
    /// <exception cref="BatchFileException">The text is no batch.</exception>
    public static Batch Parse(string json, string origin)
    {
        var batch = MarginJson.ParseFile<Batch>(json, origin, Batch.CurrentFormat);
        Check(batch, origin);
        return batch;
    }

    /// <summary>Checks every value of a batch against its range, as reading one does.</summary>
    /// <exception cref="BatchFileException">A value is out of its range.</exception>
    public static void Check(Batch batch, string origin) => new BatchValidation(origin).Check(batch);

    /// <summary>Writes a batch.</summary>
    public static void Write(string path, Batch batch) => File.WriteAllText(path, ToJson(batch));

    /// <summary>The batch as JSON, ending with a newline.</summary>
    public static string ToJson(Batch batch) => MarginJson.ToIndented(batch) + "\n";
}
