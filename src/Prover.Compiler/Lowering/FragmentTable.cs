using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>What the elaborators of one rule share: the constants' values, and functions that have been compiled to be placed.</summary>
internal sealed class FragmentTable
{
    private readonly Dictionary<string, Fragment> _fragments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _small = new(StringComparer.Ordinal);

    /// <summary>Functions with fewer rows are expanded.</summary>
    public int FewestRows { get; init; } = 512;

    /// <summary>The values of constants by name.</summary>
    public Dictionary<string, Value> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an instance of a function has turned out too small to be placed; then all its calls are expanded.</summary>
    public bool IsSmall(FunctionDeclaration function, BigInteger[] generics) => _small.Contains(Instance.NameOf(function.Name, generics));

    public void MarkSmall(FunctionDeclaration function, BigInteger[] generics) => _small.Add(Instance.NameOf(function.Name, generics));

    public Fragment? Find(string key) => _fragments.GetValueOrDefault(key);

    public void Add(string key, Fragment fragment) => _fragments.Add(key, fragment);
}
