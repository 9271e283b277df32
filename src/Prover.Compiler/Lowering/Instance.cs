using System.Numerics;

namespace Prover.Compiler;

/// <summary>Names of instances of generic declarations.</summary>
internal static class Instance
{
    /// <summary>"name" or "name&lt;1, 2&gt;".</summary>
    public static string NameOf(string name, IReadOnlyCollection<BigInteger> generics) =>
        generics.Count == 0 ? name : $"{name}<{string.Join(", ", generics)}>";
}
