using System.Runtime.InteropServices;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Takes combinations for equal if one is a·f + b of the other f, a ≠ 0. None may be constant.</summary>
/// <remarks>Variables alone make the hash: coefficients would first have to be divided by one of them.</remarks>
internal sealed class DirectionComparer : IEqualityComparer<LinearCombination>
{
    public static DirectionComparer Instance { get; } = new();

    /// <summary>The hash of every combination of these variables.</summary>
    public static int HashOf(ReadOnlySpan<int> variables)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(variables));
        return hash.ToHashCode();
    }

    public bool Equals(LinearCombination? x, LinearCombination? y) => x is not null && y is not null && Forms.IsAffine(x, y);

    public int GetHashCode(LinearCombination form) => HashOf(form.Variables);
}

/// <summary>Takes combinations for equal if one is a multiple of the other, and not zero. None may be constant.</summary>
internal sealed class MultipleComparer : IEqualityComparer<LinearCombination>
{
    public static MultipleComparer Instance { get; } = new();

    public bool Equals(LinearCombination? x, LinearCombination? y) => x is not null && y is not null && Forms.IsMultiple(x, y);

    public int GetHashCode(LinearCombination form) => DirectionComparer.HashOf(form.Variables);
}
