using Prover.Pipeline;

namespace Prover.Bench;

/// <summary>The kinds of circuits to measure.</summary>
public static class Profiles
{
    private static readonly Dictionary<string, (int SmallestLogSize, Func<int, CacheFolder, Profile> Build)> ByName = new(StringComparer.Ordinal)
    {
        ["dense"] = (PoseidonChain.SmallestLogSize, (logSize, _) => PoseidonChain.Build(logSize)),
        ["bits"] = (Sha256Chain.SmallestLogSize, (logSize, _) => Sha256Chain.Build(logSize)),
        ["margin"] = (MarginBatch.SmallestLogSize, MarginBatch.Build),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>Least log₂ of a domain that a circuit of that kind fits in.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static int SmallestLogSize(string name) => Of(name).SmallestLogSize;

    /// <summary>A circuit of that kind which fills a domain of 2^<paramref name="logSize"/> points as well as it can.</summary>
    /// <param name="name">The kind.</param>
    /// <param name="logSize">log₂ of the domain's size.</param>
    /// <param name="cache">Keeps circuits that take long to compile.</param>
    /// <exception cref="ArgumentException">There is no such profile, or the domain is too small for it.</exception>
    /// <exception cref="DirectoryNotFoundException">The sources of the margin rules are not there.</exception>
    public static Profile Build(string name, int logSize, CacheFolder cache) => Of(name).Build(logSize, cache);

    private static (int SmallestLogSize, Func<int, CacheFolder, Profile> Build) Of(string name) => ByName.TryGetValue(name, out var profile)
        ? profile
        : throw new ArgumentException($"There is no profile '{name}'; the profiles are {string.Join(", ", Names)}.", nameof(name));
}
