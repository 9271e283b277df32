using System.Diagnostics;
using Prover.Backends;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>Times the GPU and the CPU in turns.</summary>
/// <param name="rounds">How often.</param>
/// <param name="cancellationToken">Looked at before each round.</param>
internal sealed class GpuTurns(int rounds, CancellationToken cancellationToken)
{
    /// <summary>Measures trials, after one on each that is not measured and must give the same result.</summary>
    /// <param name="session">The backends.</param>
    /// <param name="item">What it is.</param>
    /// <param name="make">Makes a trial ready.</param>
    /// <param name="add">Takes the measurements.</param>
    /// <exception cref="InvalidProofException">The results differ.</exception>
    public void Run(GpuSession session, GpuItem item, Func<IProverBackend, IGpuTrial> make, Action<GpuMeasurement> add)
    {
        using (var onGpu = make(session.Gpu))
        using (var onCpu = make(session.Cpu))
        {
            onGpu.Work();
            onCpu.Work();
            if (!onGpu.Matches(onCpu))
                throw new InvalidProofException($"{item.Name}: the GPU's result is not the CPU's.");
        }

        Run(session, item, 1L << item.LogSize, [], add, backend =>
        {
            using var trial = make(backend);
            return Time(trial.Work);
        });
    }

    /// <summary>Measures anything, without a first time that is not measured.</summary>
    /// <param name="session">The backends.</param>
    /// <param name="item">What it is.</param>
    /// <param name="operations">What each round does.</param>
    /// <param name="stages">The stages on each backend, the GPU's first; none if there are no stages.</param>
    /// <param name="add">Takes the measurements.</param>
    /// <param name="measure">Does a round and returns its seconds.</param>
    public void Run(
        GpuSession session, GpuItem item, double operations, IReadOnlyList<IReadOnlyList<StageTime>> stages, Action<GpuMeasurement> add, Func<IProverBackend, double> measure)
    {
        IProverBackend[] backends = [session.Gpu, session.Cpu];
        double[][] seconds = [new double[rounds], new double[rounds]];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < backends.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                seconds[i][round] = measure(backends[i]);
            }
        }

        for (var i = 0; i < backends.Length; i++)
        {
            add(new(item.Part, item.Subject, item.LogSize, i == 0 ? "gpu" : "cpu", operations, seconds[i], stages.Count == 0 ? [] : stages[i]));
        }
    }

    /// <summary>Seconds that something takes.</summary>
    public static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
