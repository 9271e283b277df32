using System.Numerics;

namespace Prover.Algebra.Tests;

public class ModulusConstantsTests
{
    private static readonly BigInteger X = BarretoNaehrig.Parameter;

    [Fact]
    public void Primes_follow_from_the_parameter()
    {
        Assert.Equal(Evaluate(36, 36, 24, 6, 1), Fq.Modulus);
        Assert.Equal(Evaluate(36, 36, 18, 6, 1), Fr.Modulus);
        Assert.Equal(Fq.Modulus + 1 - (6 * X * X + 1), Fr.Modulus);
    }

    [Fact]
    public void Limbs_of_the_scalar_modulus_are_recomputed() => Recompute<ScalarModulus>();

    [Fact]
    public void Limbs_of_the_base_modulus_are_recomputed() => Recompute<BaseModulus>();

    [Fact]
    public void Moduli_pass_the_test_of_fermat()
    {
        foreach (var p in new[] { Fr.Modulus, Fq.Modulus })
        {
            foreach (var a in Enumerable.Range(2, 30))
            {
                Assert.Equal(BigInteger.One, BigInteger.ModPow(a, p - 1, p));
            }
        }
    }

    [Fact]
    public void Radix_constants_are_those_published_by_gnark_crypto()
    {
        // gnark-crypto ecc/bn254/fr/element.go and fp/element.go: SetOne().
        Assert.Equal([0xac96341c4ffffffb, 0x36fc76959f60cd29, 0x666ea36f7879462e, 0xe0a77c19a07df2f], MontgomeryLimbs(Fr.One));
        Assert.Equal([0xd35d438dc58f0d9d, 0x0a78eb28f5c70b3d, 0x666ea36f7879462c, 0xe0a77c19a07df2f], MontgomeryLimbs(Fq.One));
    }

    private static BigInteger Evaluate(params int[] coefficients) =>
        coefficients.Aggregate(BigInteger.Zero, (value, coefficient) => value * X + coefficient);

    private static ulong[] MontgomeryLimbs<TModulus>(PrimeField<TModulus> element)
        where TModulus : struct, IModulus
    {
        var bytes = new byte[32];
        element.WriteMontgomery(bytes);
        return [.. Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt64(bytes, 8 * i))];
    }

    private static void Recompute<TModulus>()
        where TModulus : struct, IModulus
    {
        var p = TModulus.Value;
        var word = BigInteger.One << 64;
        Assert.Equal([TModulus.P0, TModulus.P1, TModulus.P2, TModulus.P3], Enumerable.Range(0, 4).Select(i => (ulong)((p >> (64 * i)) % word)));
        Assert.Equal(word - 1, TModulus.NegativeInverse * (p % word) % word);
        Assert.InRange(p, BigInteger.One, (BigInteger.One << 254) - 1);
    }
}
