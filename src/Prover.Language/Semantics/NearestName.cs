namespace Prover.Language;

/// <summary>Guesses which name was meant.</summary>
public static class NearestName
{
    private const int LongestName = 40;
    private const int MostNames = 2_000;

    /// <summary>"did you mean 'x'?" for the known name that a mistyped one is nearest to, or null if none is near.</summary>
    public static string? Suggest(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var limit = Math.Min(3, 1 + (name.Length / 4));
        var nearest = known
            .Take(MostNames)
            .Where(other => Math.Abs(other.Length - name.Length) <= limit)
            .Select(other => (Name: other, Distance: string.Equals(other, name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, other)))
            .Where(other => other.Distance <= limit && other.Distance < name.Length)
            .OrderBy(other => other.Distance)
            .ThenBy(other => other.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is null ? null : $"did you mean '{nearest.Name}'?";
    }

    /// <summary>What helps with a name that is not declared: how it is written here, the import that declares it, or the nearest name; null if nothing is known.</summary>
    public static string? Help(string name, IEnumerable<string> known) =>
        ForeignWords.Remedy(name)
        ?? (StandardLibrary.PathOf(name) is { } path ? $"import \"{path}\" declares it" : Suggest(name, known));

    /// <summary>The name at the beginning of a call or literal.</summary>
    public static SourceSpan SpanOf(string name, SourceSpan whole) =>
        whole.File.Text.AsSpan(whole.Start).StartsWith(name, StringComparison.Ordinal) ? whole with { Length = name.Length } : whole;

    /// <summary>How many letters must be inserted, removed or replaced (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
