namespace Prover.Bench;

/// <summary>The kinds of circuits to measure.</summary>
public static class Profiles
{
    private static readonly Dictionary<string, Func<int, Profile>> ByName = new(StringComparer.Ordinal)
    {
        ["dense"] = PoseidonChain.Build,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. ByName.Keys];

    /// <summary>A circuit of that kind which fills a domain of 2^<paramref name="logSize"/> points as well as it can.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static Profile Build(string name, int logSize) => ByName.TryGetValue(name, out var build)
        ? build(logSize)
        : throw new ArgumentException($"There is no profile '{name}'; the profiles are {string.Join(" and ", Names)}.", nameof(name));
}
