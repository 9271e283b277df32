using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Circuits.Tests;

public class Sha256CircuitTests
{
    private static readonly StdRule Rule = StdRule.Compile("sha256", "sha256_test");

    [Fact]
    public void Gives_the_digest_of_the_library_and_no_other() => Gen.Byte.Array[32].Sample(
        message =>
        {
            var digest = SHA256.HashData(message);
            Assert.True(Accepts(message, digest));
            for (var bit = 0; bit < 256; bit += 37)
            {
                Assert.False(Accepts(message, Flipped(digest, bit)));
                Assert.False(Accepts(Flipped(message, bit), digest));
            }
        },
        iter: 8,
        threads: 1);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static bool Accepts(byte[] message, byte[] digest) => Rule.Accepts(new { message = Halves(message), digest = Halves(digest) });

    private static object Halves(byte[] bytes) => new
    {
        high = StdRule.Text(new BigInteger(bytes.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)),
        low = StdRule.Text(new BigInteger(bytes.AsSpan(16), isUnsigned: true, isBigEndian: true)),
    };
}
