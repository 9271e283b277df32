using System.Numerics;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Every kernel against big integers: at the edges of its range, for every length, and with outputs in the place of inputs.</summary>
public sealed class FieldKernelsTests
{
    private static readonly BigInteger Radix = BigInteger.One << 260;
    private static readonly Dictionary<BigInteger, FieldKernels> Kernels = [];

    public static TheoryData<string> Fields => ["Fr", "Fq"];

    public FieldKernelsTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    [Theory]
    [MemberData(nameof(Fields))]
    public void Products_at_the_edges_of_the_range(string field)
    {
        var (p, kernels) = Of(field);
        var edges = Edges(p, Radix - 1);
        var a = edges.SelectMany(x => Enumerable.Repeat(x, edges.Length)).ToArray();
        var b = Enumerable.Repeat(edges, edges.Length).SelectMany(x => x).ToArray();
        AssertProducts(p, Blocks(a), Blocks(b), (c, x, y) => kernels.Multiply(c, x, y));
        AssertProducts(p, Blocks(edges), Blocks(edges), (c, x, _) => kernels.Square(c, x));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Sums_and_differences_at_the_edges_of_the_range(string field)
    {
        var (p, kernels) = Of(field);
        var edges = Edges(p, FieldKernels.Offset * p);
        var a = Blocks([.. edges.SelectMany(x => Enumerable.Repeat(x, edges.Length))]);
        var b = Blocks([.. Enumerable.Repeat(edges, edges.Length).SelectMany(x => x)]);
        var c = new ulong[a.Length];
        kernels.Add(c, a, b);
        Assert.Equal(Values(a).Zip(Values(b), (x, y) => x + y), Values(c));
        kernels.Subtract(c, a, b);
        Assert.Equal(Values(a).Zip(Values(b), (x, y) => x - y + FieldKernels.Offset * p), Values(c));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Products_of_every_length_touch_nothing_else(string field)
    {
        var (p, kernels) = Of(field);
        var random = new Random(1);
        for (var count = 0; count <= 200; count++)
        {
            var (a, b) = (Blocks(Random(random, count)), Blocks(Random(random, count)));
            var guarded = new ulong[a.Length + 80];
            Array.Fill(guarded, 0x5eedUL);
            kernels.Multiply(guarded.AsSpan(40, a.Length), a, b);
            Assert.All(guarded[..40].Concat(guarded[^40..]), word => Assert.Equal(0x5eedUL, word));
            AssertProducts(p, a, b, (c, _, _) => guarded.AsSpan(40, a.Length).CopyTo(c));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Outputs_may_be_inputs(string field)
    {
        var (p, kernels) = Of(field);
        var random = new Random(2);
        var (a, b) = (Blocks(Random(random, 56)), Blocks(Random(random, 56)));
        AssertProducts(p, a, b, (c, x, y) =>
        {
            x.CopyTo(c);
            kernels.Multiply(c, c, y);
        });
        AssertProducts(p, a, b, (c, x, y) =>
        {
            y.CopyTo(c);
            kernels.Multiply(c, x, c);
        });
        AssertProducts(p, a, a, (c, x, _) =>
        {
            x.CopyTo(c);
            kernels.Square(c, c);
        });
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        var (_, kernels) = Of("Fr");
        Assert.Throws<ArgumentException>(() => kernels.Multiply(new ulong[40], new ulong[40], new ulong[80]));
        Assert.Throws<ArgumentException>(() => kernels.Multiply(new ulong[39], new ulong[39], new ulong[39]));
    }

    private delegate void Operation(Span<ulong> c, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b);

    private static void AssertProducts(BigInteger p, ulong[] a, ulong[] b, Operation multiply)
    {
        var c = new ulong[a.Length];
        multiply(c, a, b);
        foreach (var (x, y, z) in Values(a).Zip(Values(b), Values(c)))
        {
            Assert.True((z * Radix - x * y) % p == 0, $"{x} · {y} gave {z}");
            Assert.True(z.Sign >= 0 && z <= (x * y / Radix) + p, $"{x} · {y} gave {z}, out of range");
        }
    }

    private static (BigInteger Modulus, FieldKernels Kernels) Of(string field)
    {
        var p = field == "Fr" ? Fr.Modulus : Fq.Modulus;
        lock (Kernels)
        {
            return (p, Kernels.TryGetValue(p, out var known) ? known : Kernels[p] = new FieldKernels(p));
        }
    }

    private static BigInteger[] Edges(BigInteger p, BigInteger greatest)
    {
        var limb = BigInteger.One << 52;
        BigInteger[] candidates =
        [
            0, 1, 2, p - 1, p, p + 1, 2 * p - 1, 2 * p, limb - 1, limb, limb + 1, (BigInteger.One << 64) - 1, BigInteger.One << 208,
            (BigInteger.One << 208) - 1, 64 * p - 1, greatest - limb + 1, greatest >> 1, greatest - 1, greatest,
        ];
        return [.. candidates.Where(value => value <= greatest)];
    }

    private static BigInteger[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        var bytes = new byte[33];
        random.NextBytes(bytes.AsSpan(0, 32));
        return new BigInteger(bytes) << random.Next(5);
    })];

    /// <summary>Eight values to a block, limb by limb; the last block is filled with zeros.</summary>
    private static ulong[] Blocks(BigInteger[] values)
    {
        var words = new ulong[(values.Length + 7) / 8 * 40];
        for (var i = 0; i < values.Length; i++)
        {
            for (var limb = 0; limb < 5; limb++)
            {
                words[i / 8 * 40 + limb * 8 + i % 8] = (ulong)(values[i] >> (52 * limb) & ((1UL << 52) - 1));
            }
        }

        return words;
    }

    private static IEnumerable<BigInteger> Values(ulong[] words) => Enumerable.Range(0, words.Length / 5)
        .Select(i => Enumerable.Range(0, 5).Aggregate(BigInteger.Zero, (sum, limb) => sum + ((BigInteger)(long)words[i / 8 * 40 + limb * 8 + i % 8] << (52 * limb))));
}
