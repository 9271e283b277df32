namespace Prover.Bench;

/// <summary>The kinds of circuits to measure.</summary>
public static class Profiles
{
    private static readonly Dictionary<string, (int SmallestLogSize, Func<int, Profile> Build)> ByName = new(StringComparer.Ordinal)
    {
        ["dense"] = (PoseidonChain.SmallestLogSize, PoseidonChain.Build),
        ["bits"] = (Sha256Chain.SmallestLogSize, Sha256Chain.Build),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>Least log₂ of a domain that a circuit of that kind fits in.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static int SmallestLogSize(string name) => Of(name).SmallestLogSize;

    /// <summary>A circuit of that kind which fills a domain of 2^<paramref name="logSize"/> points as well as it can.</summary>
    /// <exception cref="ArgumentException">There is no such profile, or the domain is too small for it.</exception>
    public static Profile Build(string name, int logSize) => Of(name).Build(logSize);

    private static (int SmallestLogSize, Func<int, Profile> Build) Of(string name) => ByName.TryGetValue(name, out var profile)
        ? profile
        : throw new ArgumentException($"There is no profile '{name}'; the profiles are {string.Join(" and ", Names)}.", nameof(name));
}
