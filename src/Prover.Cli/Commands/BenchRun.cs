using System.Reflection;
using Prover.Backends.Cpu;
using Prover.Bench;
using Prover.Formats;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>A run of <c>bench</c>: what to measure, and the report, which holds what has been measured so far.</summary>
internal sealed class BenchRun
{
    private readonly Terminal _terminal;
    private readonly BenchOptions _options;
    private readonly string? _output;
    private readonly List<KernelTimes> _kernels = [];
    private readonly List<ProofTimes> _proofs = [];
    private readonly BenchReport _report;

    /// <summary>Plans a run.</summary>
    /// <param name="terminal">Where to report.</param>
    /// <param name="options">With which provers, and how often.</param>
    /// <param name="command">What repeats the run.</param>
    /// <param name="output">Where to write the report, too; null for nowhere.</param>
    public BenchRun(Terminal terminal, BenchOptions options, string command, string? output)
    {
        (_terminal, _options, _output) = (terminal, options, output);
        _report = new BenchReport(
            BenchMachine.Describe(),
            $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}",
            Version,
            command,
            _kernels,
            _proofs,
            options.Snarkjs?.Version,
            options.Snarkjs?.NodeVersion);
    }

    /// <summary>The program's version and the commit that it was built from.</summary>
    internal static string Version => typeof(BenchRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Measures, and prints what has been measured even if the rest is interrupted or fails.</summary>
    public void Execute(IReadOnlyList<(string Profile, int Size)> circuits, bool withKernels, CancellationToken cancellation)
    {
        try
        {
            MeasureProofs(circuits, cancellation);
            MeasureKernels(withKernels ? _options.Paths : [], cancellation);
        }
        finally
        {
            if (_proofs.Count + _kernels.Count > 0)
                Print();
        }
    }

    private void MeasureProofs(IReadOnlyList<(string Profile, int Size)> circuits, CancellationToken cancellation)
    {
        var bench = new ProofBench(_options, _terminal.Note);
        foreach (var (profile, size) in circuits)
        {
            cancellation.ThrowIfCancellationRequested();
            _terminal.Note($"{profile}, 2^{size}: circuit");
            _proofs.AddRange(bench.Run(Profiles.Build(profile, size, CacheFolder.Default), cancellation));
            Save();
        }
    }

    private void MeasureKernels(IReadOnlyList<CpuPath> paths, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            _terminal.Note($"kernels, {path}".ToLowerInvariant());
            _kernels.Add(new KernelBench(cancellation).Run(path));
            Save();
        }
    }

    private void Save()
    {
        if (_output is not null)
            BenchReportFile.Write(_output, _report);
    }

    private void Print()
    {
        if (_terminal.Json)
            _terminal.WriteJson(_report);
        else
            BenchTables.Write(_terminal, _report);
    }
}
