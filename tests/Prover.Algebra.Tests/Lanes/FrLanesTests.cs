using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Prover.Testing;

namespace Prover.Algebra.Tests;

/// <summary>Eight lanes against plain field arithmetic.</summary>
public class FrLanesTests
{
    private static readonly int[] InOrder = [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>What hides mistakes in limbs and carries: near 0, r, 2²⁶ⁱ and 2⁶⁴ⁱ, as numbers and as Montgomery forms.</summary>
    private static readonly Fr[] Edges = [.. EdgeNumbers().Distinct()];

    private readonly FrLanes _lanes;

    public FrLanesTests()
    {
        Assert.SkipUnless(FrLanes.IsSupported, "AVX-512 is not available.");
        _lanes = new();
    }

    [Fact]
    public void Lanes_are_there_if_the_processor_has_them() => Assert.Equal(Avx512F.IsSupported, FrLanes.IsSupported);

    [Fact]
    public void A_single_element_comes_back()
    {
        foreach (var eight in Edges.Chunk(8).Where(chunk => chunk.Length == 8))
        {
            Assert.Equal(eight, Evaluate(() => _lanes.Add(eight, InOrder)));
        }
    }

    [Fact]
    public void Products_with_coefficients_are_those_of_the_field()
    {
        foreach (var coefficient in Edges)
        {
            var spread = FrLanes.Spread([coefficient]);
            foreach (var eight in Edges.Chunk(8).Where(chunk => chunk.Length == 8))
            {
                Assert.Equal([.. eight.Select(x => coefficient * x)], Evaluate(() => _lanes.AddProduct(spread, 0, eight, InOrder)));
            }
        }
    }

    [Fact]
    public void Products_and_squares_of_elements_are_those_of_the_field()
    {
        for (var shift = 0; shift < Edges.Length; shift++)
        {
            for (var first = 0; first + 8 <= Edges.Length; first += 8)
            {
                var a = Edges.AsSpan(first, 8).ToArray();
                Fr[] b = [.. Enumerable.Range(first + shift, 8).Select(i => Edges[i % Edges.Length])];
                _lanes.Begin();
                _lanes.Add(b, InOrder);
                _lanes.EndRight();
                Assert.Equal([.. a.Zip(b, (x, y) => x * y)], Evaluate(() => _lanes.Add(a, InOrder), _lanes.Multiply));
                Assert.Equal([.. a.Select(x => x.Square())], Evaluate(() => _lanes.Add(a, InOrder), _lanes.Square));
            }
        }
    }

    /// <summary>As many terms as are allowed, each as great as it can be, or as small as it can be.</summary>
    [Theory]
    [InlineData(FrLanes.MostTerms, 0, 0)]
    [InlineData(0, FrLanes.MostTerms, 0)]
    [InlineData(0, 0, FrLanes.MostTerms)]
    [InlineData(31, 32, 1)]
    [InlineData(1, 0, FrLanes.MostTerms - 1)]
    [InlineData(FrLanes.MostTerms - 1, 0, 1)]
    [InlineData(0, 0, 0)]
    public void The_longest_sums_do_not_overflow(int products, int added, int subtracted)
    {
        // The Montgomery form of r − 1 is far from r; what is needed is the element whose form is r − 1.
        var greatest = FromMontgomery(Fr.Modulus - 1);
        Fr[] eight = [.. Enumerable.Repeat(greatest, 8)];
        var spread = FrLanes.Spread([FromMontgomery((Fr.Modulus - 1) * BigInteger.ModPow(16, Fr.Modulus - 2, Fr.Modulus) % Fr.Modulus)]);
        var coefficient = FromMontgomery((Fr.Modulus - 1) * BigInteger.ModPow(16, Fr.Modulus - 2, Fr.Modulus) % Fr.Modulus);
        var expected = ((Fr)products * coefficient * greatest) + ((Fr)(added - subtracted) * greatest);
        Assert.All(Evaluate(Sum), actual => Assert.Equal(expected, actual));
        Assert.All(Evaluate(Sum, _lanes.Square), actual => Assert.Equal(expected.Square(), actual));

        void Sum()
        {
            for (var i = 0; i < products; i++)
            {
                _lanes.AddProduct(spread, 0, eight, InOrder);
            }

            for (var i = 0; i < added; i++)
            {
                _lanes.Add(eight, InOrder);
            }

            for (var i = 0; i < subtracted; i++)
            {
                _lanes.Subtract(eight, InOrder);
            }
        }
    }

    [Fact]
    public void Random_sums_and_their_products_are_those_of_the_field() =>
        Gen.Select(Terms, Terms, Gen.Int[0, 1 << 20]).Sample(
            (left, right, seed) =>
            {
                var random = new Random(seed);
                Fr[] values = [.. Enumerable.Range(0, 64).Select(_ => Edges[random.Next(Edges.Length)] * Edges[random.Next(Edges.Length)])];
                int[][] indices = [.. Enumerable.Range(0, FrLanes.MostTerms).Select(_ => InOrder.Select(_ => random.Next(values.Length)).ToArray())];
                _lanes.Begin();
                Add(right, values, indices);
                _lanes.EndRight();
                var actual = Evaluate(() => Add(left, values, indices), _lanes.Multiply);
                Assert.Equal([.. InOrder.Select(lane => Plain(left, values, indices, lane) * Plain(right, values, indices, lane))], actual);
            },
            iter: 500,
            threads: 1); // One instance serves one thread.

    [Fact]
    public void Results_go_where_they_are_wanted_and_may_replace_operands()
    {
        Fr[] values = [.. Enumerable.Range(10, 12).Select(x => (Fr)x)];
        _lanes.Begin();
        _lanes.Add(values, [4, 5, 6, 7, 8, 9, 10, 10]);
        _lanes.EndLeft();
        _lanes.Square();
        _lanes.Store(values, [11, 9, 7, 5, 3, 1, 0, 0]);
        Assert.Equal([400, 361, 12, 324, 14, 289, 16, 256, 18, 225, 20, 196], values);
    }

    [Fact]
    public void An_index_beyond_the_values_is_refused()
    {
        var values = new Fr[8];
        _lanes.Begin();
        _lanes.Add(values, InOrder);
        Assert.Throws<IndexOutOfRangeException>(() => _lanes.Add(values, [0, 1, 2, 3, 4, 5, 6, 8]));
        _lanes.EndLeft();
        Assert.Throws<IndexOutOfRangeException>(() => _lanes.Store(values, [0, 1, 2, 3, 4, 5, 6, -1]));
    }

    /// <summary>Lists of terms: what is done with a coefficient of that index.</summary>
    private static Gen<(int Kind, int Coefficient)[]> Terms => Gen.Select(Gen.Int[0, 3], Gen.Int[0, Edges.Length - 1]).Array[0, FrLanes.MostTerms];

    private void Add((int Kind, int Coefficient)[] terms, Fr[] values, int[][] indices)
    {
        var spread = FrLanes.Spread(Edges);
        for (var i = 0; i < terms.Length; i++)
        {
            switch (terms[i].Kind)
            {
                case 0:
                    _lanes.AddConstant(Edges[terms[i].Coefficient]);
                    break;
                case 1:
                    _lanes.Add(values, indices[i]);
                    break;
                case 2:
                    _lanes.Subtract(values, indices[i]);
                    break;
                default:
                    _lanes.AddProduct(spread, terms[i].Coefficient, values, indices[i]);
                    break;
            }
        }
    }

    private static Fr Plain((int Kind, int Coefficient)[] terms, Fr[] values, int[][] indices, int lane)
    {
        var sum = Fr.Zero;
        for (var i = 0; i < terms.Length; i++)
        {
            var value = values[indices[i][lane]];
            var coefficient = Edges[terms[i].Coefficient];
            sum += terms[i].Kind switch { 0 => coefficient, 1 => value, 2 => -value, _ => coefficient * value };
        }

        return sum;
    }

    private Fr[] Evaluate(Action sum, Action? then = null)
    {
        _lanes.Begin();
        sum();
        _lanes.EndLeft();
        then?.Invoke();
        var results = new Fr[8];
        _lanes.Store(results, InOrder);
        return results;
    }

    private static IEnumerable<Fr> EdgeNumbers()
    {
        var r = Fr.Modulus;
        foreach (var power in Enumerable.Range(0, 10).Select(i => BigInteger.One << (26 * i)).Concat([BigInteger.One << 64, BigInteger.One << 128, BigInteger.One << 192, r >> 1]))
        {
            foreach (var number in new[] { power - 1, power, r - power, r - power - 1 })
            {
                yield return Fr.FromInteger(number);
                yield return FromMontgomery(number);
            }
        }
    }

    private static Fr FromMontgomery(BigInteger form)
    {
        var bytes = new byte[Fr.ByteCount];
        Assert.True(form.TryWriteBytes(bytes, out _, isUnsigned: true));
        Assert.True(Fr.TryReadMontgomery(bytes, out var element));
        return element;
    }
}
