using Prover.Backends;
using Prover.Chain;
using Prover.Formats;
using Prover.Groth16;
using Prover.Margin;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>An escape with its proof.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="VerifyingKey">The key that the proof verifies under.</param>
/// <param name="IsInsecureKey">Whether that key is for development only.</param>
/// <param name="Proof">The proof, already verified.</param>
public sealed record EscapeProof(EscapeStatement Statement, VerifyingKey VerifyingKey, bool IsInsecureKey, Proof Proof)
{
    /// <summary>The call of the frozen contract.</summary>
    public EscapeSubmission Submission => new(Statement.Account, Statement.Recipient, Statement.Amount, Proof);
}

/// <summary>An owner's request is refused, so it was not proved.</summary>
public sealed class RefusedEscapeException : Exception
{
    public RefusedEscapeException()
    {
    }

    public RefusedEscapeException(string message)
        : base(message)
    {
    }

    public RefusedEscapeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>From a state and an owner's request to a proof that pays him out of the frozen contract.</summary>
/// <param name="circuitsFolder">The folder of the rules' sources.</param>
/// <param name="cache">Keeps compiled circuits and development keys.</param>
/// <param name="tables">Loads keys by prepared tables; without it they are read in full.</param>
public sealed class EscapePipeline(string circuitsFolder, CacheFolder cache, KeyTables? tables = null)
{
    /// <summary>Proves an escape.</summary>
    /// <param name="ledger">The last proved state.</param>
    /// <param name="configuration">What the deployment fixes.</param>
    /// <param name="request">Who wants to be paid.</param>
    /// <param name="devices">Where to prove.</param>
    /// <param name="keyPath">The proving key of the deployment; an insecure development key if there is none.</param>
    /// <param name="progress">Told about each stage.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="RefusedEscapeException">The request is refused.</exception>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    /// <exception cref="MismatchException">The key is of another circuit.</exception>
    /// <exception cref="InvalidProofException">The proof does not verify, so it was not handed out.</exception>
    /// <exception cref="DeviceLostException">The device was lost; trying again may help.</exception>
    /// <exception cref="DeviceMemoryException">The device's memory does not suffice.</exception>
    public EscapeProof Prove(
        Ledger ledger,
        Configuration configuration,
        EscapeRequest request,
        DevicePool devices,
        string? keyPath = null,
        IProgress<StageProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        progress ??= new Progress<StageProgress>();
        var result = EscapeExecutor.Execute(ledger, configuration, request);
        if (result.Rejection is { } rejection)
        {
            throw new RefusedEscapeException($"refused: {rejection}");
        }

        var circuit = Stage("compile", () => Compile(ledger.Shape));
        using var loaded = Stage("key", () => keyPath is null
            ? new DevelopmentKeyCache(cache, tables).Get(circuit, out _, new Groth16Stage("key", progress), cancellationToken)
            : Load(keyPath, circuit));
        var solved = Stage("witness", () => circuit.Tape.Solve(result.Inputs.InOrder(circuit)));
        var witness = solved.Assignment ?? throw new InvalidProofException($"The executor accepted the escape and the circuit refused it: {solved.Failure}");
        var proof = Stage("prove", () => SoundProver.Prove(loaded, devices, witness, circuit.R1cs, new Groth16Stage("prove", progress), cancellationToken));
        return Verifier.Verify(loaded.Key.VerifyingKey, result.Statement.ToArray(), proof)
            ? new(result.Statement, loaded.Key.VerifyingKey, loaded.Key.IsInsecure, proof)
            : throw new InvalidProofException("The proof does not verify for the public inputs that the executor computed.");

        T Stage<T>(string name, Func<T> work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new(name, 0));
            var value = work();
            progress.Report(new(name, 1));
            return value;
        }
    }

    /// <summary>The key under which escapes from the states of a shape verify.</summary>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    public VerifyingKey KeyOf(BatchShape shape, CancellationToken cancellationToken = default)
    {
        using var loaded = new DevelopmentKeyCache(cache, tables).Get(Compile(shape), out _, progress: null, cancellationToken);
        return loaded.Key.VerifyingKey;
    }

    private CompiledCircuit Compile(BatchShape shape) =>
        new CircuitCache(cache).Get(Path.Combine(circuitsFolder, "rollup", "escape.circuit"), EscapeExecutor.RuleName(shape), out _);

    private LoadedKey Load(string path, CompiledCircuit circuit)
    {
        var loaded = tables is null ? LoadedKey.Read(path) : tables.Load(path);
        var key = loaded.Key;
        if (key.WireCount == circuit.R1cs.WireCount && key.PublicCount == circuit.R1cs.PublicCount)
        {
            return loaded;
        }

        loaded.Dispose();
        throw new MismatchException(
            $"{path}: a key of another circuit: it has {key.WireCount:N0} wires, {key.PublicCount:N0} of them public; {circuit.Name} has {circuit.R1cs.WireCount:N0} and {circuit.R1cs.PublicCount:N0}.");
    }
}
