using System.Globalization;
using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class PublishedPairingTests
{
    [Fact]
    public void Matches_the_eip197_vectors()
    {
        foreach (var (name, input, expected) in EthereumVectors.Read("eip197-pairing.json"))
        {
            var pairs = input.Chunk(6).Select(words => (EthereumVectors.ToG1(words), EthereumVectors.ToG2(words.AsSpan(2)))).ToArray();
            Assert.True(Pairing.ProductIsOne(pairs) == expected[0].IsOne, name);
        }
    }

    [Fact]
    public void Matches_ffjavascript()
    {
        const string script = """
            require("ffjavascript").buildBn128(true).then(async curve => {
              const value = curve.pairing(curve.G1.timesScalar(curve.G1.g, 5), curve.G2.timesScalar(curve.G2.g, 7));
              console.log(curve.Gt.toObject(value).flat(2).join("\n"));
              await curve.terminate();
            });
            """;
        var published = NodeTools.RunScript(script).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => BigInteger.Parse(line, CultureInfo.InvariantCulture));
        var value = Pairing.Evaluate((G1Point.Generator * (Fr)5).ToAffine(), (G2Point.Generator * (Fr)7).ToAffine());
        Assert.Equal(published, Coordinates(value));
    }

    [Fact]
    public void Frobenius_powers_are_those_published_by_gnark_crypto()
    {
        // gnark-crypto ecc/bn254/internal/fptower/frobenius.go: ξ^((q−1)/6) in Montgomery form.
        var w = new Fq12(Fq6.Zero, Fq6.One);
        var gamma = (w.Frobenius() * w.InvertNonZero()).C0.C0;
        Assert.Equal(
            [0xaf9ba69633144907, 0xca6b1d7387afb78a, 0x11bded5ef08a2087, 0x02f34d751a1f3a7c],
            MontgomeryLimbs(gamma.C0));
        Assert.Equal([0xa222ae234c492d72, 0xd00f02a4565de15b, 0xdc2ff3a253dfc926, 0x10a75716b3899551], MontgomeryLimbs(gamma.C1));
    }

    private static IEnumerable<BigInteger> Coordinates(Fq12 value) =>
        from sextic in new[] { value.C0, value.C1 }
        from quadratic in new[] { sextic.C0, sextic.C1, sextic.C2 }
        from coordinate in new[] { quadratic.C0, quadratic.C1 }
        select coordinate.ToInteger();

    private static ulong[] MontgomeryLimbs(Fq element)
    {
        var bytes = new byte[32];
        element.WriteMontgomery(bytes);
        return [.. Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt64(bytes, 8 * i))];
    }
}
