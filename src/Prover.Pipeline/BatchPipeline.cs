using System.Diagnostics;
using Prover.Backends;
using Prover.Chain;
using Prover.Formats;
using Prover.Groth16;
using Prover.Margin;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>From a batch of signed transactions to a proof: compile, key, execute, witness, prove, verify.</summary>
/// <param name="circuitsFolder">The folder of the rules' sources.</param>
/// <param name="cache">Keeps compiled circuits and development keys.</param>
/// <param name="tables">Loads keys by prepared tables; without it they are read in full.</param>
public sealed class BatchPipeline(string circuitsFolder, CacheFolder cache, KeyTables? tables = null)
{
    private readonly List<StageTime> _stages = [];

    /// <summary>Proves a batch with an insecure development key.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="devices">Where to prove.</param>
    /// <param name="progress">Told about each stage.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="RefusedBatchException">The rules refuse a transaction.</exception>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    /// <exception cref="InvalidProofException">The proof does not verify, so it was not handed out.</exception>
    /// <exception cref="DeviceLostException">The device was lost; trying again may help.</exception>
    /// <exception cref="DeviceMemoryException">The device's memory does not suffice.</exception>
    public BatchProof Prove(Batch batch, DevicePool devices, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        _stages.Clear();
        progress ??= new Progress<StageProgress>();

        var result = Stage("execute", () => BatchExecutor.Execute(batch), r => $"{r.Verdicts.Count} transactions");
        if (!result.IsAccepted)
        {
            throw new RefusedBatchException(result.Verdicts);
        }

        var isCached = false;
        var circuit = Stage("compile", () => BatchCircuit.Compile(circuitsFolder, batch.Shape, cache, out isCached), c => $"{c.R1cs.ConstraintCount:N0} constraints{(isCached ? ", cached" : "")}");
        var keys = new DevelopmentKeyCache(cache, tables);
        using var loaded = Stage(
            "key",
            () => keys.Get(circuit, out isCached, new Groth16Stage("key", progress), cancellationToken),
            _ => isCached ? "cached" : "insecure, for development only");
        var key = loaded.Key;
        var witness = Stage("witness", () => BatchCircuit.Solve(circuit, result), w => $"{w.Length:N0} wires");
        var recomputedBefore = devices.RecomputedOnCpu;
        var proof = Stage(
            "prove",
            () => SoundProver.Prove(loaded, devices, witness, circuit.R1cs, new Groth16Stage("prove", progress), cancellationToken),
            _ => devices.RecomputedOnCpu > recomputedBefore ? $"{devices.Names}, then the CPU" : devices.Names);
        Stage("verify", () => RequireValid(key.VerifyingKey, result, proof), _ => "valid");

        return new(
            batch,
            result,
            circuit.R1cs.ConstraintCount,
            circuit.Hash,
            witness,
            keys.PathOf(circuit),
            key.VerifyingKey,
            key.IsInsecure,
            proof,
            Submission(batch, result, proof),
            devices.Names,
            devices.RecomputedOnCpu - recomputedBefore,
            [.. _stages]);

        T Stage<T>(string name, Func<T> work, Func<T, string> note)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new(name, 0));
            var watch = Stopwatch.StartNew();
            var value = work();
            var found = note(value);
            _stages.Add(new(name, watch.Elapsed, found));
            progress.Report(new(name, 1, found));
            return value;
        }
    }

    /// <summary>Checks the proof against the executor's public inputs, not those of the witness.</summary>
    private static bool RequireValid(VerifyingKey key, BatchResult result, Proof proof) =>
        Verifier.Verify(key, result.Public.ToArray(), proof)
            ? true
            : throw new InvalidProofException("The proof does not verify for the public inputs that the executor computed.");

    private static BatchSubmission Submission(Batch batch, BatchResult result, Proof proof)
    {
        var first = BatchShape.HeaderWords + (BatchShape.DepositWords * batch.Shape.Deposits);
        return new(
            Shape: 0,
            batch.Time,
            result.Public.NewRoot,
            result.Public.Digest,
            result.Verdicts.Count(verdict => verdict.Transaction is Deposit),
            [.. result.Words.Words.Skip(first)],
            proof)
        {
            Closes = result.Verdicts.Count(verdict => verdict.Transaction is ForcedClose),
            Exits = result.Verdicts.Count(verdict => verdict.Transaction is ForcedExit),
        };
    }
}
