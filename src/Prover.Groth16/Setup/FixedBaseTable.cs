using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>Multiples of one point, ready to multiply it with very many scalars.</summary>
/// <remarks>
/// Fixed-base windowing (Brickell, Gordon, McCurley, Wilson 1992) with signed digits: with k = Σ dᵢ·2^(w·i) and |dᵢ| ≤ 2^(w−1), the
/// table holds j·2^(w·i)·P for 1 ≤ j ≤ 2^(w−1), so a product costs one addition per window. Additions are affine, and those of one
/// window over many scalars share one inversion: 5 products and a square each, against 11 for a mixed addition.
/// </remarks>
internal sealed class FixedBaseTable<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private const int ScalarBits = 254;

    /// <summary>Scalars that share an inversion: enough to make its cost vanish, few enough to stay in the L1 and L2 caches.</summary>
    private const int BatchLength = 1024;

    private readonly int _windowBits;
    private readonly AffinePoint<TField, TCurve>[][] _windows;

    /// <summary>Prepares a table for about <paramref name="expectedCount"/> scalars.</summary>
    public FixedBaseTable(CurvePoint<TField, TCurve> point, int expectedCount)
    {
        // Table entries cost about as much as products, so the table should be a fraction of the work that it saves.
        _windowBits = Math.Clamp((int)Math.Log2(Math.Max(expectedCount, 1)) - 2, 4, 15);

        // One bit more than the scalars have: the carry out of the last signed digit.
        var windowCount = (ScalarBits + _windowBits) / _windowBits;
        var bases = new CurvePoint<TField, TCurve>[windowCount];
        for (var window = 0; window < windowCount; window++)
        {
            bases[window] = point;
            for (var bit = 0; bit < _windowBits; bit++)
            {
                point = point.Double();
            }
        }

        _windows = new AffinePoint<TField, TCurve>[windowCount][];
        Parallel.For(0, windowCount, window => _windows[window] = Multiples(bases[window].ToAffine(), 1 << (_windowBits - 1)));
    }

    /// <summary>The product with each scalar, in order.</summary>
    public AffinePoint<TField, TCurve>[] MultiplyAll(ReadOnlyMemory<Fr> scalars)
    {
        var products = new AffinePoint<TField, TCurve>[scalars.Length];
        Parallel.For(0, (scalars.Length + BatchLength - 1) / BatchLength, batch =>
        {
            var start = batch * BatchLength;
            var length = Math.Min(BatchLength, scalars.Length - start);
            MultiplyBatch(scalars.Span.Slice(start, length), products.AsSpan(start, length));
        });
        return products;
    }

    private static AffinePoint<TField, TCurve>[] Multiples(AffinePoint<TField, TCurve> point, int count)
    {
        var multiples = new CurvePoint<TField, TCurve>[count];
        var multiple = CurvePoint<TField, TCurve>.Infinity;
        for (var i = 0; i < count; i++)
        {
            multiple += point;
            multiples[i] = multiple;
        }

        return CurvePoint<TField, TCurve>.ToAffine(multiples);
    }

    private void MultiplyBatch(ReadOnlySpan<Fr> scalars, Span<AffinePoint<TField, TCurve>> sums)
    {
        var digits = new int[scalars.Length * _windows.Length];
        for (var i = 0; i < scalars.Length; i++)
        {
            RecodeSigned(scalars[i], digits.AsSpan(i * _windows.Length, _windows.Length));
        }

        var addends = new AffinePoint<TField, TCurve>[scalars.Length];
        var addition = new BatchAddition<TField, TCurve>(scalars.Length);
        for (var window = 0; window < _windows.Length; window++)
        {
            for (var i = 0; i < scalars.Length; i++)
            {
                var digit = digits[(i * _windows.Length) + window];
                addends[i] = digit == 0 ? default : digit > 0 ? _windows[window][digit - 1] : -_windows[window][-digit - 1];
            }

            addition.AddInto(sums, addends);
        }
    }

    /// <summary>Digits in [−2^(w−1)+1, 2^(w−1)], least significant first.</summary>
    private void RecodeSigned(in Fr scalar, Span<int> digits)
    {
        Span<ulong> limbs = stackalloc ulong[5];
        limbs[4] = 0;
        scalar.ToCanonicalLimbs(limbs[..4]);
        var carry = 0;
        for (var window = 0; window < digits.Length; window++)
        {
            var position = window * _windowBits;
            var limb = Math.Min(position >> 6, 3);
            var shift = position - (limb << 6);
            var bits = shift >= 64 ? 0 : limbs[limb] >> shift;
            if (shift is > 0 and < 64)
            {
                bits |= limbs[limb + 1] << (64 - shift);
            }

            var digit = (int)(bits & ((1UL << _windowBits) - 1)) + carry;
            carry = digit > 1 << (_windowBits - 1) ? 1 : 0;
            digits[window] = digit - (carry << _windowBits);
        }
    }
}
