using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu.Tests.Lanes;

/// <summary>Arithmetic of (c₀, c₁) against big integers, with components at the edges of what each operation takes.</summary>
public sealed class Fq2LanesTests
{
    private static readonly BigInteger P = Fq.Modulus;
    private static readonly BigInteger Radix = BigInteger.One << 261;

    public Fq2LanesTests() => Assert.SkipUnless(Avx2.IsSupported, "AVX2 is not available.");

    [Fact]
    public void Products_with_a_factor_up_to_8p() => ForAll(128, a => ForAll(8, b =>
    {
        Fq2Lanes.Multiply(Of(a), Of(b), out var product);
        AssertIs(product, a.C0 * b.C0 - a.C1 * b.C1, a.C0 * b.C1 + a.C1 * b.C0, 14);
        var (left, right) = (Of(a), Of(b));
        Fq2Lanes.Multiply(left, right, out left);
        Fq2Lanes.Multiply(Of(a), right, out right);
        Assert.Equal(Values(product), Values(left));
        Assert.Equal(Values(product), Values(right));
    }));

    [Fact]
    public void Squares_of_values_up_to_8p() => ForAll(8, a =>
    {
        var square = Of(a);
        Fq2Lanes.Square(square, out square);
        AssertIs(square, a.C0 * a.C0 - a.C1 * a.C1, 2 * a.C0 * a.C1, 5);
    });

    [Fact]
    public void Norms_of_values_up_to_64p() => ForAll(64, a =>
    {
        Fq2Lanes.Norm(Of(a), out var norm);
        Assert.All(Values(norm), value => AssertIs(value, a.C0 * a.C0 + a.C1 * a.C1, 50));
    });

    [Fact]
    public void Conjugates_over_norms_up_to_2p() => ForAll(64, a => ForAll(2, norm =>
    {
        Fq2Lanes.Invert(Of(a), LaneValues.Of<BaseModulus>(norm.C0), out var inverse);
        AssertIs(inverse, a.C0 * norm.C0, -a.C1 * norm.C0, 8);
    }));

    private static void ForAll(int greatestMultiple, Action<(BigInteger C0, BigInteger C1)> check)
    {
        BigInteger[] edges = [0, 1, P - 1, P, greatestMultiple * P - 1, greatestMultiple * P];
        foreach (var c0 in edges)
        {
            foreach (var c1 in edges)
            {
                check((c0, c1));
            }
        }
    }

    private static void AssertIs(Fq2Lanes lanes, BigInteger real, BigInteger imaginary, int greatestMultiple)
    {
        Assert.All(Values(lanes.C0), value => AssertIs(value, real, greatestMultiple));
        Assert.All(Values(lanes.C1), value => AssertIs(value, imaginary, greatestMultiple));
    }

    private static void AssertIs(BigInteger value, BigInteger product, int greatestMultiple)
    {
        Assert.Equal(0, (value * Radix - product) % P);
        Assert.InRange(value, 0, greatestMultiple * P);
    }

    private static Fq2Lanes Of((BigInteger C0, BigInteger C1) value) =>
        new() { C0 = LaneValues.Of<BaseModulus>(value.C0), C1 = LaneValues.Of<BaseModulus>(value.C1) };

    private static BigInteger[] Values(Fq2Lanes lanes) => [.. Values(lanes.C0), .. Values(lanes.C1)];

    private static BigInteger[] Values(FieldLanes<BaseModulus> lanes) => LaneValues.Values(lanes);
}
