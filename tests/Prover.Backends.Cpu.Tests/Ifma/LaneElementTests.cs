using System.Numerics;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Elements in vector form against integers.</summary>
public sealed unsafe class LaneElementTests
{
    private static readonly BigInteger P = Fq.Modulus;

    [Fact]
    public void Multiples_of_p_are_zero()
    {
        Assert.Equal(0xffU, Zeros([.. Enumerable.Range(0, 8).Select(k => k * P)]));
        Assert.Equal(0xffU, Zeros([0, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Neighbours_of_multiples_are_not()
    {
        // The last of these share their lowest limb with a multiple.
        foreach (var difference in new[] { 1, 2, (BigInteger.One << 51) + 1, BigInteger.One << 52, BigInteger.One << 104, BigInteger.One << 208 })
        {
            for (var lane = 0; lane < 8; lane++)
            {
                BigInteger[] values = [.. Enumerable.Range(0, 8).Select(k => k * P)];
                values[lane] += difference;
                Assert.Equal(0xffU ^ 1U << lane, Zeros(values));
            }

            Assert.Equal(0U, Zeros([.. Enumerable.Range(0, 8).Select(k => k * P + difference)]));
        }
    }

    [Fact]
    public void Negated_limbs_are_zero_only_for_zero() => Assert.Equal(1U, Zeros([0, 1, 2, P - 1, P / 2, BigInteger.One << 52, BigInteger.One << 253, P - 2], negated: true));

    [Fact]
    public void Writes_ones_in_their_lanes_alone()
    {
        var elements = Spread([.. Enumerable.Range(0, 8).Select(k => k * P)]);
        fixed (ulong* start = elements)
        {
            LaneElement.WriteOnes(start, 0b1000_0101);
        }

        var one = (BigInteger.One << 260) % P;
        Assert.Equal(Spread([one, P, one, 3 * P, 4 * P, 5 * P, 6 * P, one]), elements);
    }

    private static uint Zeros(BigInteger[] values, bool negated = false)
    {
        var elements = Spread(values);
        foreach (ref var limb in elements.AsSpan())
        {
            limb = negated ? 0 - limb : limb;
        }

        fixed (ulong* start = elements)
        {
            return LaneElement.Zeros(start);
        }
    }

    private static ulong[] Spread(BigInteger[] values)
    {
        var elements = new ulong[KernelData.Limbs * values.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = LaneElement.Limbs(values[i % values.Length])[i / values.Length];
        }

        return elements;
    }
}
