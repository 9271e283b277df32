using System.Numerics;
using Prover.Primitives;
using Prover.Testing;

namespace Prover.Circuits.Tests;

public class EddsaCircuitTests
{
    private static readonly StdRule Rule = StdRule.Compile("eddsa", "eddsa_test");
    private static readonly StdRule AnyKeyRule = StdRule.Compile("eddsa", "eddsa_any_key_test");
    private static readonly EddsaPrivateKey Key = new("a seed for tests only"u8);
    private static readonly EdwardsPoint SmallOrder = new(Fr.Zero, -Fr.One);

    [Fact]
    public void Accepts_signatures_of_circomlibjs_and_nothing_beside_them() => FieldGenerators.Scalars.Array[3].Sample(
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
                Assert.True(Accepts(key, message, signature));
                Assert.False(Accepts(key, message + Fr.One, signature));
                Assert.False(Accepts(Key.PublicKey, message, signature));
                Assert.False(Accepts(key, message, signature with { R = BabyJubjub.Add(signature.R, BabyJubjub.Base8) }));
                Assert.False(Accepts(key, message, signature with { S = signature.S == 0 ? 1 : signature.S - 1 }));
            }
        },
        iter: 1,
        threads: 1);

    [Fact]
    public void A_response_has_one_spelling()
    {
        var signature = Key.Sign(7);
        Assert.True(Accepts(Key.PublicKey, 7, signature));

        // The witness reader refuses S + order; a prover that skips the reader meets the rows.
        var values = new Dictionary<string, Fr>(StringComparer.Ordinal)
        {
            ["key.x"] = Key.PublicKey.X,
            ["key.y"] = Key.PublicKey.Y,
            ["message"] = 7,
            ["signature.r.x"] = signature.R.X,
            ["signature.r.y"] = signature.R.Y,
        };
        Assert.True(IsSatisfied(signature.S));
        Assert.False(IsSatisfied(signature.S + BabyJubjub.SubgroupOrder));

        bool IsSatisfied(BigInteger s)
        {
            values["signature.s"] = Fr.FromInteger(s);
            var inputs = Rule.Circuit.Inputs.Select(input => values[input.Name]).ToArray();
            var isSatisfied = Rule.Circuit.R1cs.FindViolation(Rule.Circuit.Tape.SolveUnchecked(inputs)) is null;
            Assert.Equal(isSatisfied, AnyKeyRule.Circuit.R1cs.FindViolation(AnyKeyRule.Circuit.Tape.SolveUnchecked(inputs)) is null);
            return isSatisfied;
        }
    }

    [Fact]
    public void Points_of_small_order_and_off_the_curve_are_refused()
    {
        var signature = Key.Sign(7);
        Assert.True(Accepts(Key.PublicKey, 7, signature));
        Assert.False(Accepts(Key.PublicKey, 7, signature with { R = BabyJubjub.Add(signature.R, SmallOrder) }));
        Assert.False(Accepts(new(Key.PublicKey.X + Fr.One, Key.PublicKey.Y), 7, signature));
        Assert.False(Accepts(Key.PublicKey, 7, signature with { R = new(Fr.Zero, Fr.Zero) }));
        Assert.False(Accepts(SmallOrder, 7, new(BabyJubjub.Identity, BigInteger.Zero)));
        Assert.False(Accepts(BabyJubjub.Identity, 7, new(BabyJubjub.Identity, BigInteger.Zero)));
        Assert.False(Accepts(new(Fr.Zero, Fr.Zero), 0, new(new(Fr.Zero, Fr.Zero), BigInteger.Zero)));
    }

    /// <summary>Each commitment has one response, and only those in the subgroup have one: nobody makes another signature out of one that he has seen.</summary>
    [Fact]
    public void A_commitment_off_by_a_point_of_small_order_is_refused() =>
        Assert.Equal([true, false, false, false, false, false, false, false], Enumerable.Range(0, 8).Select(i => Accepts(LooseSignatures.Key, 7, LooseSignatures.Sign(7, i))));

    /// <summary>What both ways to look at a signature say, the quicker one and the one for any key.</summary>
    private static bool Accepts(EdwardsPoint key, Fr message, EddsaSignature signature)
    {
        var inputs = new
        {
            key = StdRule.Point(key.X, key.Y),
            message = message.ToString(),
            signature = new { r = StdRule.Point(signature.R.X, signature.R.Y), s = StdRule.Text(signature.S) },
        };
        var accepts = Rule.Accepts(inputs);
        Assert.Equal(accepts, AnyKeyRule.Accepts(inputs));
        return accepts;
    }
}
