using Prover.Algebra;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Several threads use one backend, as for several proofs in flight.</summary>
[Collection(CpuAccelerator.Collection)]
public sealed class SeveralProofsTests
{
    [Fact]
    public async Task Calls_from_several_threads_do_not_disturb_each_other()
    {
        var backend = CpuAccelerator.Backend;
        Fr[] values = [.. Enumerable.Range(0, 1 << 7).Select(i => ((Fr)5).Power(i) - (Fr)i)];
        G1Affine[] points = CurvePoint<Fq, G1Curve>.ToAffine([.. Enumerable.Range(0, values.Length).Select(i => G1Point.Generator * (Fr)(3 * i + 1))]);
        using var bases = backend.LoadG1(points);
        using var rows = backend.LoadRows(new SparseRows(
            Enumerable.Range(0, values.Length + 1).ToArray(), Enumerable.Range(0, values.Length).Reverse().ToArray(), new int[values.Length], new Fr[] { 3 }));
        var expected = Prove(values);
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Prove(values))));
        Assert.All(others, other =>
        {
            Assert.Equal(expected.Sum, other.Sum);
            Assert.Equal(expected.Quotient, other.Quotient);
        });

        (G1Point Sum, Fr[] Quotient) Prove(Fr[] witness)
        {
            using var vector = backend.Upload(witness);
            var sum = backend.SumAsync([new SumTerm<G1Affine>(bases, vector)]);
            using var a = backend.MultiplyRows(rows, vector);
            using var b = backend.MultiplyRows(rows, vector);
            backend.Quotient(a, b);
            var quotient = new Fr[a.Count];
            backend.Download(a, quotient);
            return (sum.GetAwaiter().GetResult(), quotient);
        }
    }
}
