using BenchmarkDotNet.Attributes;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>The four pairings of a Groth16 check as one product, against one by one.</summary>
public class PairingBenchmarks
{
    private readonly (G1Affine P, G2Affine Q)[] _pairs =
    [
        (G1Affine.Generator, G2Affine.Generator),
        (-G1Affine.Generator, G2Affine.Generator),
        (G1Affine.Generator, G2Point.Generator.Double().ToAffine()),
        (-G1Point.Generator.Double().ToAffine(), G2Affine.Generator),
    ];

    [Benchmark(Baseline = true)]
    public bool FourPairings()
    {
        var product = Fq12.One;
        foreach (var (p, q) in _pairs)
        {
            product *= Pairing.Evaluate(p, q);
        }

        return product == Fq12.One;
    }

    [Benchmark]
    public bool ProductCheck() => Pairing.ProductIsOne(_pairs);

    [Benchmark]
    public Fq12 OnePairing() => Pairing.Evaluate(_pairs[0].P, _pairs[0].Q);
}
