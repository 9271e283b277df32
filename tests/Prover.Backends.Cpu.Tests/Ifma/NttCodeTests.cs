using System.Numerics;
using System.Runtime.InteropServices;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>What is stored, at both sides of every multiple of p that the reduction takes off.</summary>
public sealed unsafe class NttCodeTests
{
    private const int Lanes = 8;

    private static readonly BigInteger P = Fr.Modulus;

    public NttCodeTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    [Fact]
    public void Results_are_below_p_whatever_multiple_of_it_they_had()
    {
        var values = Edges(0, 84);
        Assert.Equal(values.Select(value => value % P), Packed(NttCode.Instance.PackCanonical, values));
    }

    [Fact]
    public void So_are_those_that_were_negative()
    {
        var values = Edges(-32, 52);
        Assert.Equal(values.Select(value => (value % P + P) % P), Packed(NttCode.Instance.PackSignedCanonical, values));
    }

    [Fact]
    public void What_goes_on_is_congruent_and_hardly_above_p()
    {
        foreach (var (value, packed) in Edges(0, 84).Zip(Packed(NttCode.Instance.Pack, Edges(0, 84))))
        {
            Assert.Equal(value % P, packed % P);
            Assert.True(packed <= P + (P >> 38));
        }
    }

    [Fact]
    public void Packing_undoes_unpacking()
    {
        var values = Edges(0, 1).Select(value => value % P).ToArray();
        using var rows = new NativeBlock(values.Length / Lanes * KernelData.BlockBytes);
        using var words = Words(values);
        using var packed = new NativeBlock(words.Bytes);
        NttStages.Run(NttCode.Instance.Unpack, rows.Start, values.Length / Lanes, words.Start, stride: 32 * Lanes);
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => Value(rows.Words, i)));
        NttStages.Run(NttCode.Instance.Pack, packed.Start, values.Length / Lanes, rows.Start, stride: 32 * Lanes);
        Assert.True(words.Words.SequenceEqual(packed.Words));
    }

    /// <summary>Values next to, and halfway between, the multiples of p from the first to the last, in whole pairs of rows.</summary>
    private static BigInteger[] Edges(int first, int last)
    {
        var values = new List<BigInteger>();
        for (var k = first; k <= last; k++)
        {
            values.AddRange([k * P - 1, k * P, k * P + 1, k * P + P / 2]);
        }

        values.RemoveAll(value => value < first * P || value >= last * P);
        while (values.Count % (2 * Lanes) != 0)
        {
            values.Add(last * P - values.Count);
        }

        return [.. values];
    }

    private static IEnumerable<BigInteger> Packed(delegate* unmanaged<void*, void> pack, BigInteger[] values)
    {
        using var rows = new NativeBlock(values.Length / Lanes * KernelData.BlockBytes);
        for (var i = 0; i < values.Length; i++)
        {
            // Signed limbs, of which only the top one is negative.
            var value = values[i];
            for (var limb = 0; limb < KernelData.Limbs; limb++)
            {
                var rest = value >> KernelData.LimbBits;
                var isTop = limb == KernelData.Limbs - 1;
                rows.Words[Place(i, limb)] = unchecked((ulong)(long)(isTop ? value : value - (rest << KernelData.LimbBits)));
                value = rest;
            }
        }

        using var words = new NativeBlock(32 * values.Length);
        NttStages.Run(pack, words.Start, values.Length / Lanes, rows.Start, stride: 32 * Lanes);
        var bytes = MemoryMarshal.AsBytes(words.Words).ToArray();
        return [.. Enumerable.Range(0, values.Length).Select(i => new BigInteger(bytes.AsSpan(32 * i, 32), isUnsigned: true))];
    }

    private static NativeBlock Words(BigInteger[] values)
    {
        var block = new NativeBlock(32 * values.Length);
        var bytes = MemoryMarshal.AsBytes(block.Words);
        for (var i = 0; i < values.Length; i++)
        {
            values[i].TryWriteBytes(bytes[(32 * i)..], out _, isUnsigned: true);
        }

        return block;
    }

    private static BigInteger Value(ReadOnlySpan<ulong> rows, int element)
    {
        var value = BigInteger.Zero;
        for (var limb = KernelData.Limbs - 1; limb >= 0; limb--)
        {
            value = (value << KernelData.LimbBits) + rows[Place(element, limb)];
        }

        return value;
    }

    /// <summary>Where a limb of an element lies, counted in words; lanes hold the elements of a row in an order of their own.</summary>
    private static int Place(int element, int limb) =>
        (element / Lanes * KernelData.Limbs + limb) * Lanes + InstructionStream.LaneOrder[element % Lanes];
}
