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
            using var signed = Of([scalar], G1Affine.Generator);
            if (scalar.IsZero)
                return signed.Count == 0;

            var sum = BigInteger.Zero;
            for (var window = signed.LongestBits / bits; window >= 0; window--)
            {
                var digit = signed.Digit(0, window, bits);
                Assert.InRange(digit, -(1 << (bits - 1)), 1 << (bits - 1));
                sum = (sum << bits) + digit;
            }

            return Fr.FromInteger(signed.SignedIndex(0) < 0 ? -sum : sum) == scalar;
        });

    [Fact]
    public void Magnitudes_are_at_most_half_the_order()
    {
        var half = Fr.FromInteger(Fr.Modulus / 2);
        using var below = Of([half], G1Affine.Generator);
        using var above = Of([half + 1], G1Affine.Generator);
        Assert.Equal((0, SignedScalars.MaximumBits), (below.SignedIndex(0), below.LongestBits));
        Assert.Equal((~0, SignedScalars.MaximumBits), (above.SignedIndex(0), above.LongestBits));
    }

    [Fact]
    public void Longest_come_first_and_what_adds_nothing_is_left_out()
    {
        using var signed = Of([0, 1, -5, 8, 4, 3], G1Affine.Generator);
        Assert.Equal([3, ~2, 4, 5, 1], Enumerable.Range(0, signed.Count).Select(signed.SignedIndex));
        Assert.Equal([5, 5, 4, 3, 1, 0], Enumerable.Range(0, 6).Select(signed.CountAtLeast));
        Assert.Equal(4, signed.LongestBits);
        using var nothing = Of([7, 8], G1Affine.Infinity);
        Assert.Equal((0, 0), (nothing.Count, nothing.LongestBits));
    }

    private static SignedScalars Of(Fr[] scalars, G1Affine point) =>
        SignedScalars.Of<Fq, G1Curve>(scalars, Enumerable.Repeat(point, scalars.Length).ToArray(), threads: 1);
}
