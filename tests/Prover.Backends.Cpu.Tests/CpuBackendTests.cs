using Prover.Algebra;
using Prover.Testing;

namespace Prover.Backends.Cpu.Tests;

public sealed class CpuBackendTests : BackendLaws
{
    private static readonly CpuBackend Shared = new();

    protected override IProverBackend Backend => Shared;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Threads_do_not_change_a_transform(int threads)
    {
        using var other = new CpuBackend(threads);
        for (var logSize = 10; logSize <= 14; logSize += 2)
        {
            foreach (var transform in Enum.GetValues<Transform>())
            {
                FieldGenerators.Scalars.Array[1 << logSize].Sample(values => Transformed(Shared, values, transform).SequenceEqual(Transformed(other, values, transform)), iter: 1);
            }
        }
    }

    [Fact]
    public void A_large_polynomial_has_the_values_that_horner_finds() => FieldGenerators.Scalars.Array[1 << 14].Sample(
        coefficients =>
        {
            var domain = new EvaluationDomain(14);
            var values = Transformed(Shared, coefficients, Transform.EvaluateOnOddCoset);
            int[] places = [0, 1, 8191, 8192, 12345, 16383];
            return places.All(i => values[i] == Horner(coefficients, domain.OddCosetShift * domain.Generator.Power(i)));
        }, iter: 1);

    [Fact]
    public void At_least_one_thread_is_needed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(0));
        using var one = new CpuBackend(1);
        Assert.True(BackendSelfTest.Run(one).Passed);
    }

    [Fact]
    public async Task A_vector_that_its_last_sum_used_up_can_only_be_disposed_of()
    {
        var memory = new AlignedMemory<Fr>(2);
        memory.GetSpan().Fill(Fr.One);
        var vector = Shared.Take(memory.Memory, memory);
        using var table = Shared.LoadG1(new[] { G1Affine.Generator, G1Affine.Generator });
        var twice = (G1Point)G1Affine.Generator + G1Affine.Generator;
        Assert.Equal(twice, await Shared.SumAsync([new SumTerm<G1Affine>(table, vector)]));
        Shared.Apply(Transform.Evaluate, vector);
        Shared.Apply(Transform.Interpolate, vector);
        Assert.Equal(twice, await Shared.SumAsync([new SumTerm<G1Affine>(table, vector, IsLast: true)]));
        Assert.Throws<ObjectDisposedException>(() => Shared.Apply(Transform.Evaluate, vector));
        Assert.Throws<ObjectDisposedException>(() => Shared.Download(vector, new Fr[2]));
        vector.Dispose();
    }

    [Fact]
    public async Task A_backend_that_was_disposed_of_does_not_work()
    {
        var backend = new CpuBackend(2);
        using var table = backend.LoadG1(new[] { G1Affine.Generator, G1Affine.Generator });
        using var pair = backend.Upload([1, 2]);
        using var vector = backend.Upload(new Fr[1 << 10]);
        backend.Apply(Transform.Evaluate, vector);
        backend.Dispose();
        backend.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Apply(Transform.Interpolate, vector));
        Assert.Throws<ObjectDisposedException>(() => backend.Quotient(vector, pair));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => backend.SumAsync([new SumTerm<G1Affine>(table, pair)]));
    }

    [Theory]
    [InlineData("portable")]
    [InlineData("Portable")]
    [InlineData("ifma")]
    [InlineData("abacus")]
    [InlineData("7")]
    [InlineData("1")]
    public void The_environment_names_the_path(string name)
    {
        if (name != "1" && Enum.TryParse<CpuPath>(name, ignoreCase: true, out var path) && Enum.IsDefined(path) && CpuPaths.IsSupported(path))
            Assert.Equal(path, CpuPaths.Choose(name));
        else
            Assert.Contains("portable", Assert.Throws<DeviceNotFoundException>(() => CpuPaths.Choose(name)).Message, StringComparison.Ordinal);
    }

    private static Fr[] Transformed(CpuBackend backend, Fr[] values, Transform transform)
    {
        using var vector = backend.Upload(values);
        backend.Apply(transform, vector);
        var results = new Fr[values.Length];
        backend.Download(vector, results);
        return results;
    }

    private static Fr Horner(Fr[] coefficients, Fr point) =>
        coefficients.Reverse().Aggregate(Fr.Zero, (value, coefficient) => value * point + coefficient);
}

public sealed class CpuBackendG1Tests : BackendG1Laws
{
    private static readonly CpuBackend Shared = new();

    protected override IProverBackend Backend => Shared;

    protected override int LongestSum => 70;
}

public sealed class PortableG1Tests : BackendG1Laws
{
    private static readonly CpuBackend Shared = new(2, CpuPath.Portable);

    protected override IProverBackend Backend => Shared;

    protected override int LongestSum => 70;
}

public sealed class CpuBackendG2Tests : BackendG2Laws
{
    private static readonly CpuBackend Shared = new();

    protected override IProverBackend Backend => Shared;
}

/// <summary>More threads than this machine has, so that windows are cut into slices.</summary>
public sealed class CpuBackendOnManyThreadsTests : BackendG1Laws
{
    private static readonly CpuBackend Shared = new(threads: 24);

    protected override IProverBackend Backend => Shared;
}
