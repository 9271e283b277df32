using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Transforms in machine code against the portable ones: every size, and values that stretch the ranges of lazy reduction.</summary>
public sealed class IfmaNttTests
{
    private const int LargestLogSize = 16;

    private static readonly Fr Largest = -Fr.One;

    private static readonly CpuBackend Portable = new(Environment.ProcessorCount, CpuPath.Portable);

    private static readonly Lazy<CpuBackend> Single = new(() => new CpuBackend(1, CpuPath.Ifma));

    private static readonly Lazy<CpuBackend> Several = new(() => new CpuBackend(5, CpuPath.Ifma));

    public IfmaNttTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, LargestLogSize)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_transform_is_the_portable_one(int logSize)
    {
        foreach (var values in Inputs(logSize))
        {
            foreach (var transform in Enum.GetValues<Transform>())
            {
                var expected = Transformed(Portable, values, transform);
                Assert.True(expected.AsSpan().SequenceEqual(Transformed(Single.Value, values, transform)), $"{transform}");
                Assert.True(expected.AsSpan().SequenceEqual(Transformed(Several.Value, values, transform)), $"{transform} on several threads");
            }
        }
    }

    /// <summary>The second transform takes what the first left in bit-reversed order.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_pair_of_transforms_is_the_portable_one(int logSize)
    {
        foreach (var values in Inputs(logSize).Take(4))
        {
            foreach (var transform in Enum.GetValues<Transform>())
            {
                var expected = Transformed(Portable, values, Transform.Interpolate, transform);
                Assert.True(expected.AsSpan().SequenceEqual(Transformed(Several.Value, values, Transform.Interpolate, transform)), $"{transform}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Each_quotient_is_the_portable_one(int logSize)
    {
        var inputs = Inputs(logSize).ToArray();
        for (var i = 0; i < inputs.Length; i++)
        {
            var (a, b) = (inputs[i], inputs[(i + 1) % inputs.Length]);
            var expected = Quotient(Portable, a, b);
            Assert.True(expected.AsSpan().SequenceEqual(Quotient(Single.Value, a, b)));
            Assert.True(expected.AsSpan().SequenceEqual(Quotient(Several.Value, a, b)));
        }
    }

    /// <summary>Of two polynomials that are the largest everywhere, and of one and itself.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Quotients_at_the_edge_are_the_portable_ones(int logSize)
    {
        foreach (var values in Inputs(logSize))
        {
            Assert.True(Quotient(Portable, values, values).AsSpan().SequenceEqual(Quotient(Single.Value, values, values)));
        }
    }

    /// <summary>The longest and the shortest columns and blocks, which only far larger transforms would have.</summary>
    [Theory]
    [InlineData(16, 6)]
    [InlineData(17, 6)]
    [InlineData(18, 6)]
    [InlineData(15, 13)]
    [InlineData(16, 14)]
    public void However_it_is_cut_a_transform_is_the_portable_one(int logSize, int blockBits)
    {
        using var ntt = new IfmaNtt(new Workers(2), size => new NttPlan(size, blockBits));
        foreach (var values in Inputs(logSize).Take(2))
        {
            var expected = Quotient(Portable, values, values);
            var (a, b) = ((Fr[])values.Clone(), (Fr[])values.Clone());
            ntt.Quotient(a, b, logSize);
            Assert.True(expected.AsSpan().SequenceEqual(a));

            expected = Transformed(Portable, values, Transform.Interpolate, Transform.Evaluate, Transform.EvaluateOnOddCoset);
            using var vector = new CpuFieldVector(Portable, (Fr[])values.Clone());
            ntt.Apply(Transform.Interpolate, vector, logSize);
            ntt.Apply(Transform.Evaluate, vector, logSize);
            ntt.Apply(Transform.EvaluateOnOddCoset, vector, logSize);
            Assert.True(expected.AsSpan().SequenceEqual(vector.InNaturalOrder().Span));
        }
    }

    [Theory]
    [InlineData(17, 5)]
    [InlineData(17, 15)]
    [InlineData(19, 6)]
    [InlineData(11, 10)]
    public void Cuts_that_the_ranges_do_not_allow_are_refused(int logSize, int blockBits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NttPlan(logSize, blockBits));

    [Fact]
    public void Interpolation_undoes_evaluation_of_a_quarter_of_a_million_elements()
    {
        var values = Random(1 << 18, seed: 1);
        Assert.True(values.AsSpan().SequenceEqual(Transformed(Several.Value, values, Transform.Evaluate, Transform.Interpolate)));
        Assert.True(values.AsSpan().SequenceEqual(Transformed(Several.Value, values, Transform.Interpolate, Transform.Evaluate)));
    }

    private static IEnumerable<Fr[]> Inputs(int logSize)
    {
        var size = 1 << logSize;
        yield return Random(size, seed: logSize);
        yield return [.. Enumerable.Repeat(Largest, size)];
        yield return [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? Largest : Fr.Zero)];
        yield return [.. Enumerable.Range(0, size).Select(i => i < size / 2 ? Fr.Zero : Largest)];
        yield return [.. Enumerable.Range(0, size).Select(i => i / 8 % 2 == 0 ? Largest : Fr.One)];
        yield return new Fr[size];
        foreach (var place in new[] { 0, 1, size / 2, size - 1 }.Distinct())
        {
            var spike = new Fr[size];
            spike[place] = Largest;
            yield return spike;
        }
    }

    private static Fr[] Random(int count, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[31];
        var values = new Fr[count];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            values[i] = Fr.FromInteger(new(bytes, isUnsigned: true));
        }

        return values;
    }

    private static Fr[] Transformed(CpuBackend backend, Fr[] values, params Transform[] transforms)
    {
        using var vector = backend.Upload(values);
        foreach (var transform in transforms)
        {
            backend.Apply(transform, vector);
        }

        return Read(backend, vector);
    }

    private static Fr[] Quotient(CpuBackend backend, Fr[] left, Fr[] right)
    {
        using var a = backend.Upload(left);
        using var b = backend.Upload(right);
        backend.Quotient(a, b);
        return Read(backend, a);
    }

    private static Fr[] Read(CpuBackend backend, IFieldVector vector)
    {
        var values = new Fr[vector.Count];
        backend.Download(vector, values);
        return values;
    }
}
