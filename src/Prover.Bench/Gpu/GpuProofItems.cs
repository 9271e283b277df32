using Prover.Backends;
using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;

namespace Prover.Bench;

/// <summary>Whole proofs as things to measure: loading the key, the stages, single proofs, and several at a time.</summary>
internal sealed class GpuProofItems(GpuBenchOptions options, Action<string> note, CancellationToken cancellationToken)
{
    /// <summary>Largest domains: a key of 2²² takes minutes to make.</summary>
    public const int Largest = 22;

    // Host memory for each row while a key is made: the circuit, its points in two forms and their scalars.
    private const long RowBytes = 2048;

    private static readonly int[] InFlight = [1, 2, 4];

    private readonly GpuTurns _turns = new(options.Rounds, cancellationToken);

    /// <summary>All of them, and what is left out from the start.</summary>
    public IEnumerable<GpuItem> Create(Action<GpuGap> leaveOut)
    {
        foreach (var profile in options.Profiles)
        {
            foreach (var logSize in options.Sizes)
            {
                if (logSize > Largest)
                    leaveOut(new(GpuParts.Proof, profile, logSize, false, $"proofs are measured up to 2^{Largest}."));
                else if (logSize < Profiles.SmallestLogSize(profile))
                    leaveOut(new(GpuParts.Proof, profile, logSize, false, $"the circuit of this profile needs 2^{Profiles.SmallestLogSize(profile)}."));
                else
                    yield return new(GpuParts.Proof, profile, logSize, RowBytes << logSize, (session, add) => Measure(session, profile, logSize, add));
            }
        }
    }

    private void Measure(GpuSession session, string name, int logSize, Action<GpuMeasurement> add)
    {
        note($"{name}, 2^{logSize}: circuit, key and witness");
        var profile = Profiles.Build(name, logSize, CacheFolder.Default);
        var (_, loaded) = BenchKey.Prepare(profile, options.Folder, note, cancellationToken);
        using var inUse = loaded;
        var key = loaded.Key;
        note($"{name}, 2^{logSize}: loading the key, stages");
        _turns.Run(session, Item(GpuParts.Key, name), key.A.Length + key.B1.Length + key.B2.Length + key.C.Length + key.H.Length, [], add, backend =>
        {
            Groth16Prover? prover = null;
            var seconds = GpuTurns.Time(() => prover = new(key, backend));
            prover!.Dispose();
            return seconds;
        });
        var stages = new[] { Stages(session.Gpu, key, profile), Stages(session.Cpu, key, profile) };

        note($"{name}, 2^{logSize}: proofs");
        using var gpu = new Groth16Prover(key, session.Gpu);
        using var cpu = new Groth16Prover(key, session.Cpu);
        ProveAndVerify(gpu);
        ProveAndVerify(cpu);
        _turns.Run(session, Item(GpuParts.Proof, name), 1, stages, add, backend => ProveAndVerify(ReferenceEquals(backend, session.Gpu) ? gpu : cpu));
        MeasureThroughput(gpu, profile, logSize, add);

        GpuItem Item(string part, string subject) => new(part, subject, logSize, 0, (_, _) => { });

        double ProveAndVerify(Groth16Prover prover)
        {
            Proof? proof = null;
            var seconds = GpuTurns.Time(() => proof = prover.Prove(profile.Witness, cancellationToken: cancellationToken));
            return Verifier.Verify(key.VerifyingKey, profile.Witness.AsSpan(1, key.PublicCount).ToArray(), proof!)
                ? seconds
                : throw new InvalidProofException($"A proof of {name}, 2^{logSize}, does not verify.");
        }
    }

    private IReadOnlyList<StageTime> Stages(IProverBackend backend, ProvingKey key, Profile profile)
    {
        using var stages = new ProofStages(backend, key, profile.Witness, profile.Solve);
        for (var round = 0; round <= options.Rounds; round++)
        {
            stages.Run(cancellationToken);
        }

        return stages.Times;
    }

    /// <summary>So many callers prove, one proof after the other, from a witness that is there.</summary>
    private void MeasureThroughput(Groth16Prover prover, Profile profile, int logSize, Action<GpuMeasurement> add)
    {
        var proofsEach = options.IsEmulated ? 1 : 4;
        foreach (var callers in InFlight)
        {
            note($"{profile.Name}, 2^{logSize}: {callers} in flight");
            var seconds = new double[options.Rounds];

            // The first time, which finds memory for so many proofs, does not count.
            for (var round = -1; round < seconds.Length; round++)
            {
                var time = GpuTurns.Time(() => Task.WaitAll([.. Enumerable.Range(0, callers).Select(_ => Task.Run(ProveSome))], cancellationToken));
                if (round >= 0)
                    seconds[round] = time;
            }

            var proofs = callers * proofsEach;
            add(new(GpuParts.Throughput, $"{profile.Name}, {callers} in flight", logSize, "gpu", proofs, seconds, []));
            if (profile.Name == "margin")
                add(new(GpuParts.Trades, $"margin, {callers} in flight", logSize, "gpu", (double)proofs * MarginBatch.ShapeFor(logSize).Trades, seconds, []));
        }

        void ProveSome()
        {
            for (var i = 0; i < proofsEach; i++)
            {
                prover.Prove(profile.Witness, cancellationToken: cancellationToken);
            }
        }
    }
}
