using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Tiles at the ends of their ranges, and lists that end anywhere.</summary>
/// <remarks>
/// The formulas do not use the curve's equation, so that any pairs of coordinates will do for points: here their Montgomery forms are next to 0, p
/// and powers of two. Few values also make abscissas meet often, in one part of Fq2 or in both. Points of equal abscissas that are not equal, or whose
/// ordinate is zero, count as each other's negatives.
/// </remarks>
public abstract unsafe class TileExtremesTests<TField, TCurve>
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private const int Points = 512;

    private static readonly BigInteger[] Extremes =
    [
        0, 1, 2, (BigInteger.One << 52) - 1, BigInteger.One << 208, (BigInteger.One << 253) - 1, BigInteger.One << 253,
        Fq.Modulus / 2, Fq.Modulus - (BigInteger.One << 52), Fq.Modulus - 2, Fq.Modulus - 1,
    ];

    protected TileExtremesTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    private protected abstract ITile<TField, TCurve> NewTile(int groups);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sums_are_those_of_chords_and_tangents(int seed)
    {
        var random = new Random(seed);
        using var tile = NewTile(1 + random.Next(5));
        var active = Active(random, tile.Groups);
        var stride = tile.Groups * tile.GroupLists;
        var padding = tile.Lookahead * tile.GroupLists;
        var indices = new uint[active.Length * stride + 2 * padding];
        for (var i = padding; i < indices.Length - padding; i++)
        {
            indices[i] = (uint)random.Next(Points) | (uint)random.Next(2) << 31;
        }

        // Points need not begin at a line of cache.
        var size = Unsafe.SizeOf<AffinePoint<TField, TCurve>>();
        var memory = new byte[Points * size + 64];
        fixed (byte* start = memory)
        fixed (uint* first = indices)
        {
            var bases = (AffinePoint<TField, TCurve>*)(start + 8 * random.Next(8));
            var coordinates = new Span<Fq>(bases, Points * size / Unsafe.SizeOf<Fq>());
            foreach (ref var coordinate in coordinates)
            {
                coordinate = FromMontgomery(Extremes[random.Next(Extremes.Length)]);
            }

            tile.Sum(bases, first + padding, stride, active);
            AssertSums(tile, new(bases, Points), indices.AsSpan(padding), active);
        }
    }

    private static void AssertSums(
        ITile<TField, TCurve> tile, ReadOnlySpan<AffinePoint<TField, TCurve>> bases, ReadOnlySpan<uint> indices, int[] active)
    {
        var sums = new AffinePoint<TField, TCurve>[tile.GroupLists];
        for (var group = 0; group < active[0]; group++)
        {
            tile.ReadSums(group, sums);
            for (var i = 0; i < tile.GroupLists; i++)
            {
                var list = group * tile.GroupLists + i;
                AffinePoint<TField, TCurve>? sum = null;
                for (var round = 0; round < active.Length && group < active[round]; round++)
                {
                    var index = indices[round * tile.Groups * tile.GroupLists + list];
                    var point = bases[(int)(index & 0x7fffffff)];
                    if (index >> 31 != 0)
                        point = -point;

                    sum = sum is { } before ? Add(before, point) : point;
                }

                Assert.Equal(sum ?? AffinePoint<TField, TCurve>.Infinity, sums[i]);
            }
        }
    }

    /// <summary>How many groups take part in each round: any numbers that do not grow, down to none.</summary>
    private static int[] Active(Random random, int groups)
    {
        var active = new int[1 + random.Next(12)];
        var now = 1 + random.Next(groups);
        for (var round = 0; round < active.Length; round++)
        {
            active[round] = now;
            if (random.Next(3) == 0)
                now = random.Next(now + 1);
        }

        return active;
    }

    /// <summary>By chord or tangent; null for an empty sum, since a point of coordinates 0 is no more special here than others.</summary>
    private static AffinePoint<TField, TCurve>? Add(AffinePoint<TField, TCurve> a, AffinePoint<TField, TCurve> b)
    {
        var isDoubling = a.X.Equals(b.X);
        if (isDoubling && (!a.Y.Equals(b.Y) || a.Y.IsZero))
            return null;

        var square = a.X.Square();
        var slope = isDoubling
            ? TField.Multiply(TField.Add(square.Double(), square), a.Y.Double().InvertNonZero())
            : TField.Multiply(TField.Subtract(b.Y, a.Y), TField.Subtract(b.X, a.X).InvertNonZero());
        var x = TField.Subtract(TField.Subtract(slope.Square(), a.X), b.X);
        return new AffinePoint<TField, TCurve>(x, TField.Subtract(TField.Multiply(slope, TField.Subtract(a.X, x)), a.Y));
    }

    private static Fq FromMontgomery(BigInteger value)
    {
        ReadOnlySpan<ulong> words = [.. Enumerable.Range(0, 4).Select(i => (ulong)((value >> (64 * i)) & ulong.MaxValue))];
        return MemoryMarshal.Cast<ulong, Fq>(words)[0];
    }
}

public sealed class G1TileExtremesTests : TileExtremesTests<Fq, G1Curve>
{
    private protected override ITile<Fq, G1Curve> NewTile(int groups) => new G1Tile(groups);
}

public sealed class G2TileExtremesTests : TileExtremesTests<Fq2, G2Curve>
{
    private protected override ITile<Fq2, G2Curve> NewTile(int groups) => new G2Tile(groups);
}
