using System.Numerics;
using System.Text;
using Prover.Testing;

namespace Prover.Primitives.Tests;

public class EddsaTests
{
    private const int Messages = 4;

    private static readonly EddsaPrivateKey Key = new("a seed for tests only"u8);
    private static readonly EdwardsPoint SmallOrder = new(Fr.Zero, -Fr.One);

    private static readonly Gen<Fr[]> SomeMessages = FieldGenerators.Scalars.Array[Messages];

    [Fact]
    public void Accepts_signatures_of_circomlibjs() => SomeMessages.Sample(
        messages =>
        {
            const string Script = """
                const eddsa = await buildEddsa(), F = eddsa.F;
                for (const message of args) {
                    const key = Buffer.alloc(32, Number(BigInt(message) % 251n));
                    const A = eddsa.prv2pub(key), { R8, S } = eddsa.signPoseidon(key, F.e(BigInt(message)));
                    print(...[...A, ...R8].map(c => F.toObject(c)), S);
                }
                """;
            var lines = Circomlibjs.Run(Script, messages.Select(message => message.ToInteger()));
            foreach (var (message, line) in messages.Zip(lines))
            {
                var c = line.Select(Fr.FromInteger).ToArray();
                var (key, signature) = (new EdwardsPoint(c[0], c[1]), new EddsaSignature(new(c[2], c[3]), line[4]));
                Assert.True(Eddsa.Verify(key, message, signature));
                Assert.False(Eddsa.Verify(key, message + Fr.One, signature));
            }
        },
        iter: 1,
        threads: 1);

    [Fact]
    public void Signs_what_circomlibjs_accepts() => SomeMessages.Sample(
        messages =>
        {
            const string Script = """
                const eddsa = await buildEddsa(), F = eddsa.F;
                for (let i = 0; i < args.length; i += 6) {
                    const [m, ax, ay, rx, ry] = args.slice(i, i + 5).map(v => F.e(BigInt(v)));
                    print(Number(eddsa.verifyPoseidon(m, { R8: [rx, ry], S: BigInt(args[i + 5]) }, [ax, ay])));
                }
                """;
            var arguments = messages.Append(messages[0]).SelectMany((message, i) =>
            {
                var key = new EddsaPrivateKey(Encoding.UTF8.GetBytes($"a seed for tests only {i}"));
                var signature = key.Sign(message);
                var signed = i < Messages ? message : message + Fr.One;
                BigInteger[] numbers =
                [
                    signed.ToInteger(), key.PublicKey.X.ToInteger(), key.PublicKey.Y.ToInteger(), signature.R.X.ToInteger(), signature.R.Y.ToInteger(), signature.S,
                ];
                return numbers;
            });
            Assert.Equal([1, 1, 1, 1, 0], Circomlibjs.Run(Script, arguments).Select(line => (int)line[0]));
        },
        iter: 1,
        threads: 1);

    [Fact]
    public void Accepts_its_own_signatures_and_nothing_beside_them() => FieldGenerators.Scalars.Sample(
        message =>
        {
            var signature = Key.Sign(message);
            var other = new EddsaPrivateKey("another seed for tests only"u8).PublicKey;
            Assert.True(Eddsa.Verify(Key.PublicKey, message, signature));
            Assert.False(Eddsa.Verify(Key.PublicKey, message + Fr.One, signature));
            Assert.False(Eddsa.Verify(other, message, signature));
            Assert.False(Eddsa.Verify(Key.PublicKey, message, signature with { S = signature.S + 1 }));
            Assert.False(Eddsa.Verify(Key.PublicKey, message, signature with { R = BabyJubjub.Add(signature.R, BabyJubjub.Base8) }));
        },
        iter: 5,
        threads: 1);

    [Fact]
    public void A_response_has_one_spelling()
    {
        var signature = Key.Sign(7);
        Assert.True(Eddsa.Verify(Key.PublicKey, 7, signature));
        Assert.False(Eddsa.Verify(Key.PublicKey, 7, signature with { S = signature.S + BabyJubjub.SubgroupOrder }));
        Assert.False(Eddsa.Verify(Key.PublicKey, 7, signature with { S = signature.S - BabyJubjub.SubgroupOrder }));
    }

    /// <summary>With the response that fits each commitment but for the cofactor.</summary>
    [Fact]
    public void A_commitment_outside_the_subgroup_is_refused()
    {
        var eight = LooseSignatures.SmallPoints;
        Assert.Equal((8, SmallOrder, BabyJubjub.Identity), (eight.Distinct().Count(), eight[4], BabyJubjub.Multiply(eight[1], 8)));
        foreach (var i in Enumerable.Range(0, 8))
        {
            var signature = LooseSignatures.Sign(7, i);
            var h = Poseidon.Hash(signature.R.X, signature.R.Y, LooseSignatures.Key.X, LooseSignatures.Key.Y, 7).ToInteger();
            var right = BabyJubjub.Add(signature.R, BabyJubjub.Multiply(LooseSignatures.Key, 8 * h));
            Assert.Equal(BabyJubjub.Multiply(BabyJubjub.Base8, 8 * signature.S), BabyJubjub.Multiply(right, 8));
            Assert.Equal(i == 0, Eddsa.Verify(LooseSignatures.Key, 7, signature));
        }
    }

    /// <summary>Such a key would accept S = 0, R = identity for any message, as S·B = R + h·8·A is 0 = 0.</summary>
    [Fact]
    public void A_key_of_small_order_signs_nothing()
    {
        var forged = new EddsaSignature(BabyJubjub.Identity, BigInteger.Zero);
        Assert.False(Eddsa.Verify(SmallOrder, 7, forged));
        Assert.False(Eddsa.Verify(BabyJubjub.Identity, 7, forged));
    }

    [Fact]
    public void Points_off_the_curve_are_refused()
    {
        var signature = Key.Sign(7);
        Assert.False(Eddsa.Verify(new(Key.PublicKey.X + Fr.One, Key.PublicKey.Y), 7, signature));
        Assert.False(Eddsa.Verify(Key.PublicKey, 7, signature with { R = new(Fr.Zero, Fr.Zero) }));
        Assert.False(Eddsa.Verify(new(Fr.Zero, Fr.Zero), 0, new(new(Fr.Zero, Fr.Zero), BigInteger.Zero)));
    }

    [Fact]
    public void Signing_is_deterministic_and_no_two_messages_share_a_nonce()
    {
        Assert.Equal(Key.Sign(7), Key.Sign(7));
        Assert.NotEqual(Key.Sign(7).R, Key.Sign(8).R);
    }

    [Fact]
    public void Another_salt_gives_another_signature()
    {
        Assert.Equal(Key.Sign(7), Key.Sign(7, []));
        Assert.Equal(3, new[] { Key.Sign(7), Key.Sign(7, [0]), Key.Sign(7, [1]) }.Select(signature => signature.R).Distinct().Count());
        Assert.True(Eddsa.Verify(Key.PublicKey, 7, Key.Sign(7, [1])));
    }

    [Fact]
    public void A_seed_needs_sixteen_bytes()
    {
        Assert.True(BabyJubjub.IsOnCurve(new EddsaPrivateKey(new byte[16]).PublicKey));
        Assert.Throws<ArgumentException>(() => new EddsaPrivateKey(new byte[15]));
    }
}
