using System.Numerics;
using Prover.Algebra;
using Prover.Testing;

namespace Prover.Backends.Tests;

public sealed class SignedScalarsTests
{
    [Fact]
    public void Signed_digits_add_up_to_the_scalar() => Gen.Select(FieldGenerators.Scalars, Gen.Int[2, 16]).Sample(
        (scalar, bits) =>
        {
            var signed = SignedScalars.Of(new[] { scalar }, threads: 1);
            if (scalar.IsZero)
                return signed.Count == 0;

            var sum = BigInteger.Zero;
            for (var window = signed.LongestBits / bits; window >= 0; window--)
            {
                var digit = Digit(signed, 0, window, bits);
                Assert.InRange(digit, -(1 << (bits - 1)), 1 << (bits - 1));
                sum = (sum << bits) + digit;
            }

            return Fr.FromInteger(signed.SignedIndices[0] < 0 ? -sum : sum) == scalar;
        });

    [Fact]
    public void Magnitudes_are_at_most_half_the_order()
    {
        var half = Fr.FromInteger(Fr.Modulus / 2);
        var below = SignedScalars.Of(new[] { half }, threads: 1);
        var above = SignedScalars.Of(new[] { half + 1 }, threads: 1);
        Assert.Equal((0, SignedScalars.MaximumBits), (below.SignedIndices[0], below.LongestBits));
        Assert.Equal((~0, SignedScalars.MaximumBits), (above.SignedIndices[0], above.LongestBits));
    }

    [Fact]
    public void Longest_come_first_and_what_adds_nothing_is_left_out()
    {
        var signed = SignedScalars.Of(new Fr[] { 0, 1, -5, 8, 4, 3 }, threads: 1);
        Assert.Equal([3, ~2, 4, 5, 1], signed.SignedIndices);
        Assert.Equal([5, 5, 4, 3, 1, 0], Enumerable.Range(0, 6).Select(signed.CountAtLeast));
        Assert.Equal(4, signed.LongestBits);
        var nothing = signed.For(Finite(new G1Affine[6]), first: 0);
        Assert.Equal((0, 0), (nothing.Count, nothing.LongestBits));
    }

    [Fact]
    public void Only_scalars_of_finite_bases_are_kept()
    {
        var signed = SignedScalars.Of(new Fr[] { 0, 1, -5, 8, 4, 3 }, threads: 1);
        var (finite, infinity) = (G1Affine.Generator, G1Affine.Infinity);
        Assert.Same(signed, signed.For(Finite([finite, finite, finite, finite, finite, finite]), first: 0));
        var some = signed.For(Finite([finite, finite, infinity, finite]), first: 2);
        Assert.Equal([1, ~0, 3], some.SignedIndices);
        Assert.Equal([3, 3, 3, 2, 1, 0], Enumerable.Range(0, 6).Select(some.CountAtLeast));
        Assert.Equal([8, 5, 3], Enumerable.Range(0, 3).Select(place => Digit(some, place, 0, 10)));
    }

    [Fact]
    public void Many_scalars_on_several_threads_lose_none()
    {
        var random = new Random(1);
        var scalars = Enumerable.Range(0, 20_000).Select(i => Fr.FromUInt64((ulong)random.NextInt64() >> random.Next(64)).Square() * (i % 2 * 2 - 1)).ToArray();
        var signed = SignedScalars.Of(scalars, threads: 3);
        var digits = Enumerable.Range(0, signed.LongestBits / 13 + 1).Select(window =>
        {
            var all = new int[signed.Count];
            signed.Digits(window, 13, 0, all);
            return all;
        }).ToArray();
        var found = new Fr[scalars.Length];
        for (var place = 0; place < signed.Count; place++)
        {
            var magnitude = digits.Reverse().Aggregate(BigInteger.Zero, (sum, window) => (sum << 13) + window[place]);
            var index = signed.SignedIndices[place];
            found[index < 0 ? ~index : index] = Fr.FromInteger(index < 0 ? -magnitude : magnitude);
        }

        Assert.Equal(scalars, found);
        Assert.Equal(scalars.Count(scalar => !scalar.IsZero), signed.Count);
    }

    private static FinitePoints Finite(G1Affine[] points) => FinitePoints.Of<Fq, G1Curve>(points, threads: 1);

    private static int Digit(SignedScalars scalars, int place, int window, int bits)
    {
        var digit = new int[1];
        scalars.Digits(window, bits, place, digit);
        return digit[0];
    }
}
