using System.Numerics;

namespace Prover.Chain;

/// <summary>The binary Keccak tree over a batch's withdrawal words that a mirror's withdrawals are shown against.</summary>
/// <remarks>As many empty leaves, zeros, as make a power of two follow the leaves; a node hashes its left child before its right.</remarks>
public sealed class WithdrawalTree
{
    private readonly List<byte[][]> _levels = [];

    /// <summary>The tree over the words of all lanes, used or not, in their order.</summary>
    public WithdrawalTree(IReadOnlyList<Fr> words)
    {
        var width = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, words.Count));
        _levels.Add([.. Enumerable.Range(0, width).Select(i => i < words.Count ? Keccak.Hash(AbiWriter.Word(words[i].ToInteger())) : new byte[AbiWriter.WordLength])]);
        while (_levels[^1] is { Length: > 1 } below)
        {
            _levels.Add([.. Enumerable.Range(0, below.Length / 2).Select(i => Keccak.Hash([.. below[2 * i], .. below[(2 * i) + 1]]))]);
        }
    }

    /// <summary>The root.</summary>
    public BigInteger Root => Number(_levels[^1][0]);

    /// <summary>The siblings between a place's leaf and the root, from below.</summary>
    public IReadOnlyList<BigInteger> PathOf(int place) => [.. _levels.SkipLast(1).Select((level, height) => Number(level[(place >> height) ^ 1]))];

    private static BigInteger Number(byte[] hash) => new(hash, isUnsigned: true, isBigEndian: true);
}
