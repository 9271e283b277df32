using System.Buffers;
using System.Numerics;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary>
/// The scalars of one sum as signs and magnitudes of at most 253 bits, longest first; zeros and bases at infinity are left out.
/// </summary>
/// <remarks>
/// s·P = (r − s)·(−P), so the smaller of s and r − s is kept with a sign. A witness holds mostly bits and small numbers, in either
/// sign; ordered by length, a window of high digits visits only the scalars that reach up to it.
/// </remarks>
public sealed class SignedScalars : IDisposable
{
    /// <summary>The longest magnitude: r/2 &lt; 2²⁵³.</summary>
    public const int MaximumBits = 253;

    private const int LimbCount = 4;

    /// <summary>How many scalars a thread prepares at a time.</summary>
    private const int PieceLength = 1 << 12;

    private readonly int[] _order;
    private readonly ulong[] _limbs;
    private readonly int[] _countAtLeast = new int[MaximumBits + 1];

    private SignedScalars(int count)
    {
        _order = ArrayPool<int>.Shared.Rent(count);
        _limbs = ArrayPool<ulong>.Shared.Rent(LimbCount * count);
    }

    /// <summary>Number of scalars that take part.</summary>
    public int Count => _countAtLeast[1];

    /// <summary>Bits of the longest magnitude; 0 if none takes part.</summary>
    public int LongestBits { get; private set; }

    /// <summary>Prepares the scalars of Σ scalarsᵢ·basesᵢ, both of the same length, on up to <paramref name="threads"/> threads.</summary>
    public static SignedScalars Of<TField, TCurve>(ReadOnlyMemory<Fr> scalars, ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, int threads)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var signed = new SignedScalars(scalars.Length);
        var lengths = ArrayPool<byte>.Shared.Rent(scalars.Length);
        var negative = ArrayPool<bool>.Shared.Rent(scalars.Length);
        var pieces = (scalars.Length + PieceLength - 1) / PieceLength;
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var end = Math.Min((piece + 1) * PieceLength, scalars.Length);
            for (var i = piece * PieceLength; i < end; i++)
            {
                var magnitude = signed._limbs.AsSpan(LimbCount * i, LimbCount);
                negative[i] = ToMagnitude(scalars.Span[i], magnitude);
                lengths[i] = bases.Span[i].IsInfinity ? (byte)0 : (byte)BitLength(magnitude);
            }
        });

        signed.Order(lengths.AsSpan(0, scalars.Length), negative);
        ArrayPool<byte>.Shared.Return(lengths);
        ArrayPool<bool>.Shared.Return(negative);
        return signed;
    }

    /// <summary>Number of scalars whose magnitude has at least that many bits (at least one).</summary>
    public int CountAtLeast(int bits) => _countAtLeast[Math.Max(bits, 1)];

    /// <summary>The base's index, complemented if the scalar counts negatively, of the scalar at a place of the order.</summary>
    public int SignedIndex(int place) => _order[place];

    /// <summary>
    /// Digit number <paramref name="window"/> in radix 2^<paramref name="bits"/> of the magnitude at a place of the order, in
    /// [−2^(bits−1), 2^(bits−1)].
    /// </summary>
    /// <remarks>
    /// Booth's recoding: with v the window's bits, t the topmost of them and b the bit below, the digit is v + b − 2ᵇⁱᵗˢ·t. What one window
    /// takes away the next gives back, so the digits of Σ dᵢ·2^(i·bits) add up to the magnitude, each known without the others, and a
    /// magnitude of fewer than i·bits bits has dᵢ = 0.
    /// </remarks>
    public int Digit(int place, int window, int bits)
    {
        var index = _order[place];
        var limbs = _limbs.AsSpan(LimbCount * (index < 0 ? ~index : index), LimbCount);
        var low = window * bits - 1;
        var belowAndWindow = low < 0 ? limbs[0] << 1 : Shifted(limbs, low);
        var u = (int)(belowAndWindow & ((2UL << bits) - 1));
        return ((u + 1) >> 1) - ((u >> bits) << bits);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_order);
        ArrayPool<ulong>.Shared.Return(_limbs);
    }

    /// <summary>The 64 bits from bit <paramref name="low"/> on, with zeros above bit 255.</summary>
    private static ulong Shifted(ReadOnlySpan<ulong> limbs, int low)
    {
        var limb = low >> 6;
        var shift = low & 63;
        var value = limbs[limb] >> shift;
        return shift != 0 && limb + 1 < LimbCount ? value | (limbs[limb + 1] << (64 - shift)) : value;
    }

    /// <summary>Writes min(s, r − s) and tells whether it is the latter.</summary>
    private static bool ToMagnitude(in Fr scalar, Span<ulong> magnitude)
    {
        Span<ulong> opposite = stackalloc ulong[LimbCount];
        scalar.ToCanonicalLimbs(magnitude);
        if (magnitude[LimbCount - 1] < ScalarModulus.P3 >> 1)
            return false;

        (-scalar).ToCanonicalLimbs(opposite);
        for (var limb = LimbCount - 1; limb >= 0; limb--)
        {
            if (magnitude[limb] != opposite[limb])
            {
                var negate = opposite[limb] < magnitude[limb];
                if (negate)
                    opposite.CopyTo(magnitude);

                return negate;
            }
        }

        return false;
    }

    private static int BitLength(ReadOnlySpan<ulong> limbs)
    {
        for (var limb = LimbCount - 1; limb >= 0; limb--)
        {
            if (limbs[limb] != 0)
                return 64 * limb + 64 - BitOperations.LeadingZeroCount(limbs[limb]);
        }

        return 0;
    }

    /// <summary>A counting sort by length, longest first and otherwise in the scalars' own order.</summary>
    private void Order(ReadOnlySpan<byte> lengths, ReadOnlySpan<bool> negative)
    {
        foreach (var length in lengths)
        {
            _countAtLeast[length]++;
        }

        for (var length = MaximumBits - 1; length > 0; length--)
        {
            _countAtLeast[length] += _countAtLeast[length + 1];
        }

        // Whatever is longer comes first, so a length's own begin where the count of the longer ones ends.
        Span<int> next = stackalloc int[MaximumBits + 1];
        _countAtLeast.AsSpan(1).CopyTo(next);
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] != 0)
                _order[next[lengths[i]]++] = negative[i] ? ~i : i;
        }

        LongestBits = Array.FindLastIndex(_countAtLeast, MaximumBits, MaximumBits, count => count != 0) is var longest and > 0 ? longest : 0;
    }
}
