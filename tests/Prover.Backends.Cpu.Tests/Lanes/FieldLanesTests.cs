using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu.Tests.Lanes;

public sealed class FrLanesTests : FieldLanesTests<ScalarModulus>;

public sealed class FqLanesTests : FieldLanesTests<BaseModulus>;

/// <summary>Each operation on lanes against big integers, at the edges of its range and with results in the place of operands.</summary>
public abstract class FieldLanesTests<TModulus>
    where TModulus : struct, IModulus
{
    private static readonly BigInteger P = TModulus.Value;
    private static readonly BigInteger Radix = BigInteger.One << 261;

    protected FieldLanesTests() => Assert.SkipUnless(Avx2.IsSupported, "AVX2 is not available.");

    private delegate void Operation(in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, out FieldLanes<TModulus> result);

    [Fact]
    public void Products_at_the_edges_of_the_range() => ForAllPairs(Edges(Radix - 1), (a, b) =>
    {
        if (a * b / Radix + P >= Radix)
            return;

        Assert.All(Results(FieldLanes<TModulus>.Multiply, a, b), result => AssertReduces(a * b, result));
        if (a == b)
            Assert.All(Results((in x, in _, out r) => FieldLanes<TModulus>.Square(x, out r), a, b), result => AssertReduces(a * a, result));
    });

    [Fact]
    public void Sums_of_products_at_the_edges_of_the_range()
    {
        var edges = Edges(Radix - 1);
        ForAllPairs(edges, (a, b) =>
        {
            foreach (var c in new[] { BigInteger.Zero, P - 1, Radix - 1 })
            {
                // A value that would not be below 2²⁶¹ is outside of the contract.
                if (((a * b) + (c * c)) / Radix + P < Radix)
                    Assert.All(Results((in x, in y, out r) => FieldLanes<TModulus>.SumOfProducts(x, y, Of(c), Of(c), out r), a, b), result => AssertReduces((a * b) + (c * c), result));
            }
        });
    }

    [Fact]
    public void Sums_and_differences_at_the_edges_of_the_range()
    {
        ForAllPairs(Edges(64 * P), (a, b) => Assert.All(Results(FieldLanes<TModulus>.Add, a, b), sum => Assert.Equal(a + b, sum)));
        ForAllPairs(Edges(32 * P), (a, b) =>
            Assert.All(Results(FieldLanes<TModulus>.Subtract, a, b), difference => Assert.Equal(a - b + 32 * P, difference)));
        Assert.All(Edges(8 * P), a =>
            Assert.All(Results((in x, in _, out r) => FieldLanes<TModulus>.Negate(x, out r), a, a), negative => Assert.Equal(8 * P - a, negative)));
    }

    [Fact]
    public void Loading_multiplies_by_32_what_memory_holds()
    {
        var elements = Elements();
        FieldLanes<TModulus>.Load(elements[0], elements[1], elements[2], elements[3], out var lanes);
        Assert.Equal(elements.Select(element => 32 * InMemory(element)), Values(lanes));
    }

    [Fact]
    public void Storing_divides_by_32_and_reduces()
    {
        foreach (var value in Edges(Radix - 1).Concat(Enumerable.Range(0, 160).SelectMany(i => new[] { i * P - 1, i * P, i * P + 1, i * P + 31 * i })))
        {
            if (value.Sign < 0)
                continue;

            var other = Radix - 1 - value;
            FieldLanes<TModulus>.Store(Of(value, other, 0, P), out var e0, out var e1, out var e2, out var e3);
            Assert.True((InMemory(e0) * 32 - value) % P == 0, $"{value} gave {InMemory(e0)}");
            Assert.True((InMemory(e1) * 32 - other) % P == 0, $"{other} gave {InMemory(e1)}");
            Assert.Equal(0, InMemory(e2));
            Assert.Equal(0, InMemory(e3));
            Assert.InRange(InMemory(e0), 0, P - 1);
            Assert.InRange(InMemory(e1), 0, P - 1);
        }
    }

    [Fact]
    public void Elements_come_back_as_they_went()
    {
        var elements = Elements();
        FieldLanes<TModulus>.Load(elements[0], elements[1], elements[2], elements[3], out var lanes);
        FieldLanes<TModulus>.Store(lanes, out var e0, out var e1, out var e2, out var e3);
        Assert.Equal(elements, new[] { e0, e1, e2, e3 });
    }

    private static void AssertReduces(BigInteger product, BigInteger result)
    {
        Assert.True((result * Radix - product) % P == 0, $"{product} gave {result}");
        Assert.True(result <= product / Radix + P, $"{product} gave {result}, out of range");
    }

    /// <summary>The results in a place of their own and in that of either operand, in lanes with another between them.</summary>
    private static IEnumerable<BigInteger> Results(Operation operation, BigInteger a, BigInteger b)
    {
        var (left, right) = (Of(a, a, 0, a), Of(b, b, b, b));
        operation(left, right, out var result);
        var values = Values(result);
        var (first, second) = (left, right);
        operation(first, right, out first);
        operation(left, second, out second);
        Assert.Equal(values, Values(first));
        Assert.Equal(values, Values(second));
        return [values[0], values[1], values[3]];
    }

    private static void ForAllPairs(BigInteger[] values, Action<BigInteger, BigInteger> check)
    {
        foreach (var a in values)
        {
            foreach (var b in values)
            {
                check(a, b);
            }
        }
    }

    private static BigInteger[] Edges(BigInteger greatest)
    {
        var limb = BigInteger.One << 29;
        BigInteger[] candidates =
        [
            0, 1, P - 1, P, P + 1, 2 * P - 1, 2 * P, limb - 1, limb, (BigInteger.One << 64) - 1, BigInteger.One << 232, (BigInteger.One << 232) - 1,
            32 * P - 1, 32 * P, 64 * P, greatest - limb + 1, greatest - 1, greatest,
        ];
        return [.. candidates.Where(value => value <= greatest).Distinct()];
    }

    private static PrimeField<TModulus>[] Elements() =>
        [PrimeField<TModulus>.One, PrimeField<TModulus>.Zero, -PrimeField<TModulus>.One, PrimeField<TModulus>.FromInteger(BigInteger.Pow(3, 200))];

    /// <summary>The element's Montgomery form as it lies in memory.</summary>
    private static BigInteger InMemory(PrimeField<TModulus> element) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<PrimeField<TModulus>>(in element)), isUnsigned: true);

    private static FieldLanes<TModulus> Of(params BigInteger[] values) => LaneValues.Of<TModulus>(values);

    private static BigInteger[] Values(FieldLanes<TModulus> lanes) => LaneValues.Values(lanes);
}

/// <summary>Lanes from and to integers, limb by limb.</summary>
internal static class LaneValues
{
    private const int Limbs = 9;
    private const int LimbBits = 29;

    /// <summary>As many values as are given, over and over.</summary>
    public static FieldLanes<TModulus> Of<TModulus>(params BigInteger[] values)
        where TModulus : struct, IModulus
    {
        FieldLanes<TModulus> lanes = default;
        var words = MemoryMarshal.Cast<FieldLanes<TModulus>, ulong>(new Span<FieldLanes<TModulus>>(ref lanes));
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (ulong)(values[i % 4 % values.Length] >> (LimbBits * (i / 4)) & ((1UL << LimbBits) - 1));
        }

        return lanes;
    }

    /// <summary>The values, all limbs of which must be in range.</summary>
    public static BigInteger[] Values<TModulus>(FieldLanes<TModulus> lanes)
        where TModulus : struct, IModulus
    {
        var words = MemoryMarshal.Cast<FieldLanes<TModulus>, ulong>(new ReadOnlySpan<FieldLanes<TModulus>>(in lanes)).ToArray();
        Assert.All(words, word => Assert.InRange(word, 0UL, (1UL << LimbBits) - 1));
        return [.. Enumerable.Range(0, 4).Select(lane =>
            Enumerable.Range(0, Limbs).Aggregate(BigInteger.Zero, (sum, limb) => sum + ((BigInteger)words[4 * limb + lane] << (LimbBits * limb))))];
    }
}
