using BenchmarkDotNet.Attributes;
using Prover.Backends.Cpu;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Benchmarks;

/// <summary>One Groth16 proof, its self-check included, of 2ᵏ − 2 squarings whose wires are all full-size; all cores against one.</summary>
public class ProofBenchmarks
{
    private readonly CpuBackend _oneThread = new(1);
    private readonly CpuBackend _allThreads = new();
    private Groth16Prover? _prover;
    private Groth16Prover? _proverOfAll;
    private Fr[] _witness = [];

    [Params(12, 14)]
    public int LogSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // The domain also holds a row for the constant and one for the public wire.
        var squarings = (1 << LogSize) - 2;
        var key = Groth16.Setup.InsecureDevelopment(SquaringChain.Circuit(squarings), new SeededScalarSource("benchmark"u8.ToArray()));
        _witness = SquaringChain.Witness(squarings);
        _prover = new Groth16Prover(key, _oneThread);
        _proverOfAll = new Groth16Prover(key, _allThreads);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _prover!.Dispose();
        _proverOfAll!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Proof OneThread() => _prover!.Prove(_witness);

    [Benchmark]
    public Proof AllThreads() => _proverOfAll!.Prove(_witness);
}
