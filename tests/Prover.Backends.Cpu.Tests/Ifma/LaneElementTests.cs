using System.Numerics;
using System.Runtime.Intrinsics;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Single elements in vector form against integers.</summary>
public sealed class LaneElementTests
{
    private static readonly BigInteger InverseOfR = BigInteger.ModPow(BigInteger.One << 256, Fq.Modulus - 2, Fq.Modulus);

    [Fact]
    public void Multiples_of_p_are_zero_and_their_neighbours_are_not()
    {
        for (var k = 0; k < 8; k++)
        {
            Assert.True(LaneElement.IsZero(Spread(k * Fq.Modulus)));
            Assert.False(LaneElement.IsZero(Spread(k * Fq.Modulus + 1)));

            // These share the lowest limb with a multiple of p.
            Assert.False(LaneElement.IsZero(Spread(k * Fq.Modulus + (BigInteger.One << 52))));
            Assert.False(LaneElement.IsZero(Spread(k * Fq.Modulus + (BigInteger.One << 208))));
        }
    }

    [Fact]
    public void Lowest_limbs_of_multiples_of_p_are_possible_zeros()
    {
        var lowest = Enumerable.Range(0, 8).Select(k => LaneElement.Limbs(k * Fq.Modulus)[0]).ToArray();
        for (var lane = 0; lane < 8; lane++)
        {
            ulong[] changed = [.. lowest];
            changed[lane]++;
            Assert.Equal(0xffU ^ 1U << lane, LaneElement.PossibleZeros(Vector512.Create<ulong>(changed)));
        }

        Assert.Equal(0xffU, LaneElement.PossibleZeros(Vector512.Create<ulong>(lowest)));
    }

    [Fact]
    public void Writes_a_plus_twice_x_plus_p()
    {
        var random = new Random(1);
        BigInteger[] values = [0, 1, (BigInteger.One << 52) - 1, Fq.Modulus - 1, Fq.Modulus / 2, .. Enumerable.Range(0, 10).Select(_ => random.NextInt64() * (Fq.Modulus >> 63))];
        foreach (var a in values)
        {
            foreach (var x in values)
            {
                var limbs = new ulong[LaneElement.Span];
                LaneElement.WriteRun(limbs, FromMontgomery(a), FromMontgomery(x));
                Assert.Equal(Spread(a + 2 * x + Fq.Modulus), limbs);
            }
        }
    }

    private static ulong[] Spread(BigInteger value)
    {
        var limbs = new ulong[LaneElement.Span];
        for (var i = 0; i < KernelData.Limbs; i++)
        {
            limbs[i * LaneElement.Lanes] = LaneElement.Limbs(value)[i];
        }

        return limbs;
    }

    private static Fq FromMontgomery(BigInteger value) => Fq.FromInteger(value * InverseOfR % Fq.Modulus);
}
