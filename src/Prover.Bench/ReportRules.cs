using System.Globalization;
using Prover.Formats;

namespace Prover.Bench;

/// <summary>What the types of a report leave open; each refusal is a <see cref="MalformedFileException"/> that names the place and the number.</summary>
/// <param name="path">The report's file.</param>
internal readonly struct ReportRules(string path)
{
    private const double LongestSeconds = 1e9; // Thirty years; axes of plots are found by sums and powers, which must stay finite.
    private const int LargestLogSize = 28; // The two-adicity of Fr's order less one: no domain is larger.

    public void Machine(Machine machine)
    {
        Positive("machine.cores", machine.Cores);
        NotNegative("machine.memoryBytes", machine.MemoryBytes);
    }

    public void Date(string date)
    {
        if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            Refuse("date", $"\"{date}\" is no date in ISO 8601.");
    }

    public void LogSize(string place, int logSize)
    {
        NotNegative($"{place}.logSize", logSize);
        if (logSize > LargestLogSize)
            Refuse($"{place}.logSize", $"a domain has at most 2^{LargestLogSize} elements, this one has 2^{logSize}.");
    }

    /// <summary>One at least.</summary>
    public void SomeRounds(string place, IReadOnlyList<double> seconds)
    {
        if (seconds.Count == 0)
            Refuse(place, "at least one round is expected, there is none.");
        Rounds(place, seconds);
    }

    public void Rounds(string place, IReadOnlyList<double> seconds)
    {
        for (var i = 0; i < seconds.Count; i++)
            Seconds($"{place}[{i}]", seconds[i]);
    }

    public void Stages(string place, IReadOnlyList<StageTime?> stages)
    {
        for (var i = 0; i < stages.Count; i++)
            Seconds($"{place}.stages[{i}].seconds", Present($"{place}.stages[{i}]", stages[i]).Seconds);
    }

    public void Seconds(string place, double value)
    {
        NotNegative(place, value);
        if (value > LongestSeconds)
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be at most {LongestSeconds:N0} seconds, is {value:R}."));
    }

    public void Positive(string place, double value)
    {
        if (!double.IsFinite(value) || value <= 0)
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be positive, is {value:N0}."));
    }

    public void NotNegative(string place, double value)
    {
        if (!double.IsFinite(value) || value < 0)
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"must be finite and not negative, is {value:R}."));
    }

    public void OneOf(string place, string value, IReadOnlyList<string> allowed)
    {
        if (!allowed.Contains(value))
            Refuse(place, $"must be {string.Join(" or ", allowed)}, is '{value}'.");
    }

    /// <summary>A list's elements may be null in JSON whatever their type says.</summary>
    public T Present<T>(string place, T? value)
        where T : class =>
        value ?? throw new MalformedFileException(path, place, null, "is null.");

    public void Refuse(string place, string rule) => throw new MalformedFileException(path, place, null, rule);
}
