using Prover.Algebra;
using Prover.Backends.Cpu;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Transforms of the sizes that proofs have, against the CPU's.</summary>
[Collection(RealGpu.Collection)]
public sealed class RealGpuLargeTests : IDisposable
{
    private readonly CpuBackend _cpu = new();

    public RealGpuLargeTests() => RealGpu.Require();

    public static TheoryData<int> LogSizes { get; } = [12, 13, 14, 15, 16, 17, 18, 19, 20, 21];

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Transforms_match_the_cpu(int logSize)
    {
        var values = Elements(logSize, seed: 3);
        foreach (var transform in Enum.GetValues<Transform>())
        {
            Assert.True(Transformed(_cpu, values, transform).AsSpan().SequenceEqual(Transformed(RealGpu.Backend, values, transform)), $"{transform} of 2^{logSize} elements");
        }
    }

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Interpolation_undoes_evaluation(int logSize)
    {
        var values = Elements(logSize, seed: 5);
        Assert.True(values.AsSpan().SequenceEqual(Transformed(RealGpu.Backend, values, Transform.Evaluate, Transform.Interpolate)));
    }

    [Theory]
    [MemberData(nameof(LogSizes))]
    public void Quotients_match_the_cpu(int logSize)
    {
        var (a, b) = (Elements(logSize, seed: 7), Elements(logSize, seed: 11));
        Assert.True(Quotient(_cpu, a, b).AsSpan().SequenceEqual(Quotient(RealGpu.Backend, a, b)));
    }

    public void Dispose() => _cpu.Dispose();

    private static Fr[] Transformed(IProverBackend backend, Fr[] values, params Transform[] transforms)
    {
        using var vector = backend.Upload(values);
        foreach (var transform in transforms)
        {
            backend.Apply(transform, vector);
        }

        return Read(backend, vector);
    }

    private static Fr[] Quotient(IProverBackend backend, Fr[] left, Fr[] right)
    {
        using var a = backend.Upload(left);
        using var b = backend.Upload(right);
        backend.Quotient(a, b);
        return Read(backend, a);
    }

    private static Fr[] Read(IProverBackend backend, IFieldVector vector)
    {
        var values = new Fr[vector.Count];
        backend.Download(vector, values);
        return values;
    }

    /// <summary>Each the square of the one before and a little, which spreads over the field at once.</summary>
    private static Fr[] Elements(int logSize, int seed)
    {
        var elements = new Fr[1 << logSize];
        var element = ((Fr)seed).Power(200);
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = element = element.Square() + Fr.One;
        }

        return elements;
    }
}
