using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>One transform of 2ᵏ elements and one quotient, which is six of them, on one core and portable, on one core with IFMA where there is one, and on all cores.</summary>
[Config(typeof(PerButterfly))]
public class NttBenchmarks
{
    private Operands? _portable, _ifma, _allThreads;

    [Params(14, 17, 20)]
    public int LogSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _portable = new Operands(new CpuBackend(1, CpuPath.Portable), LogSize);
        _ifma = CpuPaths.IsSupported(CpuPath.Ifma) ? new Operands(new CpuBackend(1, CpuPath.Ifma), LogSize) : null;
        _allThreads = new Operands(new CpuBackend(), LogSize);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _portable?.Dispose();
        _ifma?.Dispose();
        _allThreads?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void TransformPortable() => _portable!.Transform();

    [Benchmark]
    public void TransformIfma() => _ifma!.Transform();

    [Benchmark]
    public void TransformAllThreads() => _allThreads!.Transform();

    [Benchmark]
    public void QuotientPortable() => _portable!.Quotient();

    [Benchmark]
    public void QuotientIfma() => _ifma!.Quotient();

    [Benchmark]
    public void QuotientAllThreads() => _allThreads!.Quotient();

    /// <summary>A backend and two of its vectors.</summary>
    private sealed class Operands(CpuBackend backend, int logSize) : IDisposable
    {
        private readonly IFieldVector _a = backend.Upload(RandomElements.Of<ScalarModulus>(1 << logSize, 1));
        private readonly IFieldVector _b = backend.Upload(RandomElements.Of<ScalarModulus>(1 << logSize, 2));

        public void Transform() => backend.Apply(Backends.Transform.Evaluate, _a);

        public void Quotient() => backend.Quotient(_a, _b);

        public void Dispose()
        {
            _a.Dispose();
            _b.Dispose();
            backend.Dispose();
        }
    }

    /// <summary>Adds a column: the mean time of one of the n/2·log₂ n butterflies of a transform.</summary>
    private sealed class PerButterfly : ManualConfig
    {
        public PerButterfly() => AddColumn(new Column());

        private sealed class Column : IColumn
        {
            public string Id => nameof(PerButterfly);

            public string ColumnName => "ns/butterfly";

            public string Legend => "Mean / (butterflies of one transform, or six for a quotient)";

            public bool AlwaysShow => true;

            public ColumnCategory Category => ColumnCategory.Custom;

            public int PriorityInCategory => 0;

            public bool IsNumeric => true;

            public UnitType UnitType => UnitType.Dimensionless;

            public bool IsAvailable(Summary summary) => true;

            public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

            public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
            {
                var logSize = (int)benchmarkCase.Parameters[nameof(LogSize)];
                var transforms = benchmarkCase.Descriptor.WorkloadMethod.Name.StartsWith("Quotient", StringComparison.Ordinal) ? 6 : 1;
                var butterflies = transforms * (long)logSize << (logSize - 1);
                return summary[benchmarkCase]?.ResultStatistics is { } statistics ? $"{statistics.Mean / butterflies:F2}" : "NA";
            }

            public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
        }
    }
}
