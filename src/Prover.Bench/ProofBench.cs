using System.Diagnostics;
using System.Numerics;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>Proves one profile with each prover in turns, on the same key and witness.</summary>
public sealed class ProofBench(BenchOptions options, Action<string> note)
{
    /// <summary>The reference backend transforms in quadratic time, so that it takes part only up to this domain.</summary>
    private const int LargestReference = 10;

    /// <summary>Digits of a full-size scalar, about.</summary>
    private const double Digits = 20;

    /// <summary>Measures a profile.</summary>
    /// <exception cref="InvalidProofException">A proof of one program does not verify in the other.</exception>
    /// <exception cref="ProcessFailedException">A program that was measured failed.</exception>
    public IReadOnlyList<ProofTimes> Run(Profile profile, CancellationToken cancellationToken)
    {
        var name = $"{profile.Name}, {profile.Circuit.ConstraintCount:N0} constraints";
        note($"{name}: key and witness");
        var (files, loaded) = BenchKey.Prepare(profile, options.Folder, note, cancellationToken);
        using var inUse = loaded;
        var key = loaded.Key;
        var provers = new List<InProcess>();
        foreach (var path in options.Paths)
        {
            provers.Add(new($"{path}".ToLowerInvariant(), new CpuBackend(Environment.ProcessorCount, path), key, profile.Witness));
        }

        if (BitOperations.Log2((uint)key.DomainSize) <= LargestReference)
            provers.Add(new("reference", new ReferenceBackend(), key, profile.Witness));

        var snarkjs = options.Snarkjs is { } command ? new SnarkjsProver(command, files, options.Folder) : null;
        note($"{name}: warming up");
        foreach (var prover in provers)
        {
            prover.WarmUp(cancellationToken);
        }

        snarkjs?.WarmUp(cancellationToken);
        for (var round = 1; round <= options.Rounds; round++)
        {
            note($"{name}: round {round} of {options.Rounds}");
            foreach (var prover in provers)
            {
                prover.Prove(cancellationToken);
                if (options.Own is { } own && prover.Name != "reference")
                    prover.ProveAsProcess(own, files, options.Folder, cancellationToken);
            }

            snarkjs?.Prove(cancellationToken);
        }

        note($"{name}: stages");
        var times = new List<ProofTimes>();
        foreach (var prover in provers)
        {
            times.Add(prover.Times(profile, key, options.Rounds, ProofStages.BytesMoved(key, Digits), cancellationToken));
            prover.Dispose();
        }

        if (snarkjs is not null)
        {
            snarkjs.CrossCheck(key.VerifyingKey, times[0], Groth16Prover.Prove(key, profile.Witness, new CpuBackend(), cancellationToken: cancellationToken), cancellationToken);
            times.Add(snarkjs.Times(profile, key));
        }

        return times;
    }

    /// <summary>A backend of this program, and what it took so far.</summary>
    private sealed class InProcess(string name, IProverBackend backend, ProvingKey key, Fr[] witness) : IDisposable
    {
        private readonly Groth16Prover _prover = new(key, backend);
        private readonly List<double> _seconds = [];
        private readonly List<MeasuredProcess> _processes = [];

        public string Name => name;

        public void WarmUp(CancellationToken cancellationToken) => _prover.Prove(witness, cancellationToken: cancellationToken);

        public void Prove(CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            _prover.Prove(witness, cancellationToken: cancellationToken);
            _seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        public void ProveAsProcess(IReadOnlyList<string> own, BenchKey files, string folder, CancellationToken cancellationToken) => _processes.Add(MeasuredProcess.Run(
            [.. own, "prove", files.KeyPath, files.WitnessPath, Path.Combine(folder, "proof.json"), Path.Combine(folder, "public.json"), "--device", "cpu", "--cpu-path", name],
            cancellationToken));

        public ProofTimes Times(Profile profile, ProvingKey key, int rounds, long bytesMoved, CancellationToken cancellationToken)
        {
            using var stages = new ProofStages(backend, key, witness, profile.Solve);
            for (var round = 0; round < rounds; round++)
            {
                stages.Run(cancellationToken);
            }

            return new(
                profile.Name,
                BitOperations.Log2((uint)key.DomainSize),
                profile.Circuit.ConstraintCount,
                profile.Circuit.WireCount,
                key.MatrixA.TermCount + (long)key.MatrixB.TermCount,
                name,
                _seconds,
                [.. _processes.Select(process => process.Seconds)],
                _processes.Count == 0 ? 0 : _processes.Min(process => process.CpuSeconds),
                stages.Times,
                _processes.Count == 0 ? 0 : _processes.Max(process => process.PeakPrivateBytes),
                bytesMoved);
        }

        public void Dispose()
        {
            _prover.Dispose();
            backend.Dispose();
        }
    }
}
