using System.Numerics;
using Prover.Algebra;

namespace Prover.Testing;

/// <summary>What a prime field owes beyond the field axioms: agreement with integers modulo p and strict encodings.</summary>
public abstract class PrimeFieldLaws<TModulus> : FieldLaws<PrimeField<TModulus>>
    where TModulus : struct, IModulus
{
    private static readonly BigInteger P = TModulus.Value;

    protected override Gen<PrimeField<TModulus>> Elements { get; } = FieldGenerators.Elements<TModulus>();

    protected override BigInteger Order => P;

    protected override int Cases => 1000;

    private static Gen<BigInteger> Integers { get; } =
        Gen.Select(Gen.Byte.Array[0, 70], Gen.Bool, (bytes, negative) => new BigInteger(bytes, isUnsigned: true) * (negative ? -1 : 1));

    [Fact]
    public void Sums_match_integers() => Compare((a, b) => a + b, (a, b) => a + b);

    [Fact]
    public void Differences_match_integers() => Compare((a, b) => a - b, (a, b) => a - b);

    [Fact]
    public void Products_match_integers() => Compare((a, b) => a * b, (a, b) => a * b);

    [Fact]
    public void Squares_match_integers() => Compare((a, _) => a.Square(), (a, _) => a * a);

    [Fact]
    public void Negations_match_integers() => Compare((a, _) => -a, (a, _) => -a);

    [Fact]
    public void Inverses_match_integers() => Elements.Sample(
        a => a.InvertNonZero().ToInteger() == BigInteger.ModPow(a.ToInteger(), P - 2, P), iter: Cases);

    [Fact]
    public void Zero_has_no_inverse()
    {
        Assert.True(PrimeField<TModulus>.One.Invert().IsOne);
        var error = Assert.Throws<DivideByZeroException>(() => PrimeField<TModulus>.Zero.Invert());
        Assert.Contains(TModulus.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_inversion_inverts_each_and_leaves_zeros() => Elements.Array[0, 20].Sample(elements =>
    {
        PrimeField<TModulus>[] expected = [.. elements.Select(a => a.InvertNonZero())];
        PrimeField<TModulus>.InvertAll(elements);
        return elements.SequenceEqual(expected);
    });

    [Fact]
    public void Integers_survive_up_to_congruence() => Integers.Sample(
        n => PrimeField<TModulus>.FromInteger(n).ToInteger() == Reduce(n));

    [Fact]
    public void Machine_integers_are_those_integers() => Gen.Select(Gen.Int, Gen.ULong).Sample((signed, unsigned) =>
        ((PrimeField<TModulus>)signed).ToInteger() == Reduce(signed) && PrimeField<TModulus>.FromUInt64(unsigned).ToInteger() == unsigned);

    [Fact]
    public void Extreme_machine_integers_are_those_integers()
    {
        Assert.Equal(Reduce(int.MinValue), ((PrimeField<TModulus>)int.MinValue).ToInteger());
        Assert.Equal(Reduce(int.MaxValue), ((PrimeField<TModulus>)int.MaxValue).ToInteger());
        Assert.Equal(ulong.MaxValue, PrimeField<TModulus>.FromUInt64(ulong.MaxValue).ToInteger());
    }

    [Fact]
    public void Signed_representative_is_the_nearest_to_zero()
    {
        var half = (P - 1) / 2;
        Assert.Equal(half, PrimeField<TModulus>.FromInteger(half).ToSignedInteger());
        Assert.Equal(-half, PrimeField<TModulus>.FromInteger(half + 1).ToSignedInteger());
        Assert.Equal(-1, PrimeField<TModulus>.FromInteger(-1).ToSignedInteger());
    }

    [Fact]
    public void Encodings_are_read_back() => Elements.Sample(
        a =>
        {
            var (canonical, montgomery, limbs) = (new byte[32], new byte[32], new ulong[4]);
            a.WriteCanonical(canonical);
            a.WriteMontgomery(montgomery);
            a.ToCanonicalLimbs(limbs);
            return PrimeField<TModulus>.TryReadCanonical(canonical, out var first) && first == a &&
                PrimeField<TModulus>.TryReadMontgomery(montgomery, out var second) && second == a &&
                PrimeField<TModulus>.TryFromCanonicalLimbs(limbs, out var third) && third == a &&
                new BigInteger(canonical, isUnsigned: true) == a.ToInteger() &&
                new BigInteger(montgomery, isUnsigned: true) == (a.ToInteger() << 256) % P;
        }, iter: Cases);

    [Fact]
    public void Encodings_below_p_are_accepted()
    {
        foreach (var value in new[] { P - 1, P - 2, BigInteger.Zero })
        {
            Assert.True(PrimeField<TModulus>.TryReadCanonical(Bytes(value), out var canonical));
            Assert.Equal(value, canonical.ToInteger());
            Assert.True(PrimeField<TModulus>.TryReadMontgomery(Bytes(value), out _));
            Assert.True(PrimeField<TModulus>.TryFromCanonicalLimbs(LimbsOf(value), out var fromLimbs));
            Assert.Equal(canonical, fromLimbs);
        }
    }

    [Fact]
    public void Encodings_from_p_on_are_refused()
    {
        // P + 2⁶⁴ and its like have a larger upper limb and a lower limb that alone would pass.
        foreach (var value in new[] { P, P + 1, P - 1 + (BigInteger.One << 64), P - 1 + (BigInteger.One << 192), (BigInteger.One << 256) - 1 })
        {
            Assert.False(PrimeField<TModulus>.TryReadCanonical(Bytes(value), out var canonical));
            Assert.False(PrimeField<TModulus>.TryReadMontgomery(Bytes(value), out var montgomery));
            Assert.False(PrimeField<TModulus>.TryFromCanonicalLimbs(LimbsOf(value), out var fromLimbs));
            Assert.True(canonical.IsZero && montgomery.IsZero && fromLimbs.IsZero);
        }
    }

    private static BigInteger Reduce(BigInteger value) => ((value % P) + P) % P;

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }

    private static ulong[] LimbsOf(BigInteger value) => [.. Enumerable.Range(0, 4).Select(i => (ulong)((value >> (64 * i)) & ulong.MaxValue))];

    private void Compare(
        Func<PrimeField<TModulus>, PrimeField<TModulus>, PrimeField<TModulus>> operation, Func<BigInteger, BigInteger, BigInteger> definition) =>
        Gen.Select(Elements, Elements).Sample(
            (a, b) => operation(a, b).ToInteger() == Reduce(definition(a.ToInteger(), b.ToInteger())), iter: Cases);
}
