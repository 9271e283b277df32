using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary>The scalars of a sum as signs and magnitudes of at most 253 bits, longest first; zeros are left out.</summary>
/// <remarks>
/// s·P = (r − s)·(−P), so the smaller of s and r − s is kept with a sign. A witness holds mostly bits and small numbers, in either
/// sign; ordered by length, a window of high digits visits only the scalars that reach up to it. Magnitudes are kept limb by limb, so that
/// digits are cut out of many at once:
/// <code>
///            place 0    place 1   …            (place 0 has the longest)
/// limb 0  [ bits 0…63 | bits 0…63 | … ]
/// limb 1  [ 64…127    | 64…127    | … ]
/// </code>
/// They lie outside the collected heap, so that their memory is free again as soon as they are disposed of.
/// </remarks>
public sealed class SignedScalars : IDisposable
{
    /// <summary>The longest magnitude: r/2 &lt; 2²⁵³.</summary>
    public const int MaximumBits = 253;

    private const int LimbCount = 4;

    /// <summary>How many scalars a thread prepares at a time.</summary>
    private const int PieceLength = 1 << 12;

    private readonly AlignedMemory<int> _signedIndices;
    private readonly AlignedMemory<ulong>[] _limbs = new AlignedMemory<ulong>[LimbCount];
    private readonly int[] _countAtLeast = new int[MaximumBits + 2];

    /// <summary>Room for the scalars whose lengths are counted.</summary>
    private SignedScalars(int total, ReadOnlySpan<int> countOfLength)
    {
        Total = total;
        for (var length = MaximumBits; length > 0; length--)
        {
            _countAtLeast[length] = _countAtLeast[length + 1] + countOfLength[length];
            if (LongestBits == 0 && countOfLength[length] != 0)
                LongestBits = length;
        }

        _signedIndices = new AlignedMemory<int>(Count);
        for (var limb = 0; limb < LimbCount; limb++)
        {
            _limbs[limb] = new AlignedMemory<ulong>(Count);
        }
    }

    /// <summary>Number of scalars, zeros included.</summary>
    public int Total { get; }

    /// <summary>Number of scalars that take part.</summary>
    public int Count => _countAtLeast[1];

    /// <summary>Bits of the longest magnitude; 0 if none takes part.</summary>
    public int LongestBits { get; }

    /// <summary>For each place the index of its scalar's base, complemented if the scalar counts negatively.</summary>
    public ReadOnlySpan<int> SignedIndices => _signedIndices.GetSpan();

    /// <summary>Prepares scalars on up to <paramref name="threads"/> threads.</summary>
    public static SignedScalars Of(ReadOnlyMemory<Fr> scalars, int threads)
    {
        using var magnitudes = new AlignedMemory<Fr>(scalars.Length);
        return Of(scalars, magnitudes.Memory, threads);
    }

    /// <summary>Prepares scalars and leaves something else in their place.</summary>
    public static SignedScalars InPlaceOf(Memory<Fr> scalars, int threads) => Of(scalars, scalars, threads);

    /// <param name="scalars">The scalars.</param>
    /// <param name="room">Room for their magnitudes, which may be where they lie themselves.</param>
    /// <param name="threads">On how many threads.</param>
    private static SignedScalars Of(ReadOnlyMemory<Fr> scalars, Memory<Fr> room, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var lengths = ArrayPool<byte>.Shared.Rent(scalars.Length);
        var negative = ArrayPool<bool>.Shared.Rent(scalars.Length);
        var pieces = (scalars.Length + PieceLength - 1) / PieceLength;
        var countsOfLength = new int[pieces][];
        Parallel.For(0, pieces, options, piece =>
        {
            var (from, to) = Range(piece);
            countsOfLength[piece] = new int[MaximumBits + 1];
            ToMagnitudes(scalars.Span[from..to], Magnitudes(from, to), lengths.AsSpan(from), negative.AsSpan(from), countsOfLength[piece]);
        });

        var signed = new SignedScalars(scalars.Length, Sum(countsOfLength));
        signed.PlaceOfEach(countsOfLength);
        Parallel.For(0, pieces, options, piece =>
        {
            var (from, to) = Range(piece);
            signed.Place(from, lengths.AsSpan(from..to), Magnitudes(from, to), negative.AsSpan(from), countsOfLength[piece]);
        });
        ArrayPool<byte>.Shared.Return(lengths);
        ArrayPool<bool>.Shared.Return(negative);
        return signed;

        Span<ulong> Magnitudes(int from, int to) => MemoryMarshal.Cast<Fr, ulong>(room.Span[from..to]);

        (int From, int To) Range(int piece) => (piece * PieceLength, Math.Min((piece + 1) * PieceLength, scalars.Length));
    }

    /// <summary>Those scalars whose bases are in a table and finite; the table's first base belongs to scalar number <paramref name="first"/>.</summary>
    /// <returns>These scalars themselves if none is left out.</returns>
    public SignedScalars For(FinitePoints bases, int first)
    {
        if (first == 0 && bases.Count == Total && bases.Length == Total)
            return this;

        var signedIndices = SignedIndices;
        Span<int> countOfLength = stackalloc int[MaximumBits + 1];
        countOfLength.Clear();
        for (var length = 1; length <= LongestBits; length++)
        {
            for (var place = _countAtLeast[length + 1]; place < _countAtLeast[length]; place++)
            {
                if (Has(bases, first, signedIndices[place]))
                    countOfLength[length]++;
            }
        }

        var selected = new SignedScalars(bases.Length, countOfLength);
        var selectedIndices = selected._signedIndices.GetSpan();
        var next = 0;
        foreach (var signedIndex in signedIndices)
        {
            if (Has(bases, first, signedIndex))
                selectedIndices[next++] = signedIndex < 0 ? ~(~signedIndex - first) : signedIndex - first;
        }

        for (var limb = 0; limb < LimbCount; limb++)
        {
            var all = _limbs[limb].GetSpan();
            var some = selected._limbs[limb].GetSpan();
            next = 0;
            for (var place = 0; place < signedIndices.Length; place++)
            {
                if (Has(bases, first, signedIndices[place]))
                    some[next++] = all[place];
            }
        }

        return selected;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)_signedIndices).Dispose();
        foreach (IDisposable limb in _limbs)
        {
            limb.Dispose();
        }
    }

    /// <summary>Number of scalars whose magnitude has at least that many bits (at least one).</summary>
    public int CountAtLeast(int bits) => _countAtLeast[Math.Max(bits, 1)];

    /// <summary>
    /// Digit number <paramref name="window"/> in radix 2^<paramref name="bits"/>, at most 2²⁴, of the magnitudes from a place on, each in
    /// [−2^(bits−1), 2^(bits−1)] and counted as negative if its scalar is.
    /// </summary>
    /// <remarks>
    /// Booth's recoding: with v the window's bits, t the topmost of them and b the bit below, the digit is v + b − 2ᵇⁱᵗˢ·t. What one window
    /// takes away the next gives back, so the digits of Σ dᵢ·2^(i·bits) add up to the magnitude, each known without the others, and a
    /// magnitude of fewer than i·bits bits has dᵢ = 0.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Digits(int window, int bits, int from, Span<int> digits)
    {
        // b and the window are the bits + 1 bits from `lowest` on. They come from one limb shifted right and, if they go on there, from
        // the next one shifted left; the bit below the first window is 0.
        var lowest = window * bits - 1;
        var above = lowest < 0 ? 0 : lowest / 64 + 1;
        var right = lowest < 0 ? [] : _limbs[lowest / 64].GetSpan().Slice(from, digits.Length);
        var left = above < LimbCount && lowest + bits >= 64 * above ? _limbs[above].GetSpan().Slice(from, digits.Length) : [];
        var shiftRight = lowest < 0 ? 0 : lowest % 64;
        var shiftLeft = 64 * above - lowest;

        var mask = (2UL << bits) - 1;
        var i = 0;
        for (; i + 2 * Vector<ulong>.Count <= digits.Length; i += 2 * Vector<ulong>.Count)
        {
            var low = Digits(right, shiftRight, left, shiftLeft, i, mask, bits);
            var high = Digits(right, shiftRight, left, shiftLeft, i + Vector<ulong>.Count, mask, bits);
            Vector.Narrow(low, high).As<uint, int>().CopyTo(digits[i..]);
        }

        for (; i < digits.Length; i++)
        {
            var u = right.IsEmpty ? 0 : right[i] >> shiftRight;
            u = (left.IsEmpty ? u : u | left[i] << shiftLeft) & mask;
            digits[i] = (int)(((u + 1) >> 1) - ((u >> bits) << bits));
        }
    }

    private static Vector<ulong> Digits(
        ReadOnlySpan<ulong> right, int shiftRight, ReadOnlySpan<ulong> left, int shiftLeft, int i, ulong mask, int bits)
    {
        var u = right.IsEmpty ? Vector<ulong>.Zero : Vector.ShiftRightLogical(new Vector<ulong>(right[i..]), shiftRight);
        if (!left.IsEmpty)
            u |= Vector.ShiftLeft(new Vector<ulong>(left[i..]), shiftLeft);

        u &= new Vector<ulong>(mask);
        return Vector.ShiftRightLogical(u + Vector<ulong>.One, 1) - Vector.ShiftLeft(Vector.ShiftRightLogical(u, bits), bits);
    }

    private static bool Has(FinitePoints bases, int first, int signedIndex)
    {
        var index = (signedIndex < 0 ? ~signedIndex : signedIndex) - first;
        return (uint)index < (uint)bases.Length && bases[index];
    }

    private static int[] Sum(int[][] countsOfLength)
    {
        var total = new int[MaximumBits + 1];
        foreach (var counts in countsOfLength)
        {
            for (var length = 0; length < total.Length; length++)
            {
                total[length] += counts[length];
            }
        }

        return total;
    }

    /// <summary>A counting sort, stable and piece by piece: the counts of each piece become the places where its scalars of each length begin.</summary>
    private void PlaceOfEach(int[][] countsOfLength)
    {
        for (var length = 1; length <= MaximumBits; length++)
        {
            var place = _countAtLeast[length + 1];
            foreach (var counts in countsOfLength)
            {
                (counts[length], place) = (place, place + counts[length]);
            }
        }
    }

    /// <summary>Writes min(s, r − s) of each scalar, perhaps in its own place, how long it is, and whether it is the latter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToMagnitudes(ReadOnlySpan<Fr> scalars, Span<ulong> magnitudes, Span<byte> lengths, Span<bool> negative, int[] countOfLength)
    {
        for (var i = 0; i < scalars.Length; i++)
        {
            var magnitude = magnitudes.Slice(LimbCount * i, LimbCount);
            scalars[i].ToCanonicalLimbs(magnitude);
            var (m3, m2, m1, m0) = (magnitude[3], magnitude[2], magnitude[1], magnitude[0]);
            var isNegative = false;
            if (m3 >= ScalarModulus.P3 >> 1)
            {
                // s < r, so that the difference does not borrow in the end.
                var o0 = ScalarModulus.P0 - m0;
                var borrow = ScalarModulus.P0 < m0 ? 1UL : 0;
                var o1 = ScalarModulus.P1 - m1 - borrow;
                borrow = ScalarModulus.P1 < m1 || (ScalarModulus.P1 == m1 && borrow != 0) ? 1UL : 0;
                var o2 = ScalarModulus.P2 - m2 - borrow;
                borrow = ScalarModulus.P2 < m2 || (ScalarModulus.P2 == m2 && borrow != 0) ? 1UL : 0;
                var o3 = ScalarModulus.P3 - m3 - borrow;

                // r is odd, so that s and r − s differ.
                isNegative = m3 != o3 ? o3 < m3 : m2 != o2 ? o2 < m2 : m1 != o1 ? o1 < m1 : o0 < m0;
                if (isNegative)
                {
                    (m3, m2, m1, m0) = (o3, o2, o1, o0);
                    (magnitude[3], magnitude[2], magnitude[1], magnitude[0]) = (m3, m2, m1, m0);
                }
            }

            var length = m3 != 0 ? 256 - BitOperations.LeadingZeroCount(m3)
                : m2 != 0 ? 192 - BitOperations.LeadingZeroCount(m2)
                : m1 != 0 ? 128 - BitOperations.LeadingZeroCount(m1)
                : 64 - BitOperations.LeadingZeroCount(m0);
            negative[i] = isNegative;
            lengths[i] = (byte)length;
            countOfLength[length]++;
        }
    }

    /// <summary>Puts a piece's scalars where those of each length go on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(int firstIndex, ReadOnlySpan<byte> lengths, ReadOnlySpan<ulong> magnitudes, ReadOnlySpan<bool> negative, int[] nextPlace)
    {
        var signedIndices = _signedIndices.GetSpan();
        var limb0 = _limbs[0].GetSpan();
        var limb1 = _limbs[1].GetSpan();
        var limb2 = _limbs[2].GetSpan();
        var limb3 = _limbs[3].GetSpan();
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] == 0)
                continue;

            var place = nextPlace[lengths[i]]++;
            var index = firstIndex + i;
            signedIndices[place] = negative[i] ? ~index : index;
            limb0[place] = magnitudes[LimbCount * i];
            limb1[place] = magnitudes[LimbCount * i + 1];
            limb2[place] = magnitudes[LimbCount * i + 2];
            limb3[place] = magnitudes[LimbCount * i + 3];
        }
    }
}
