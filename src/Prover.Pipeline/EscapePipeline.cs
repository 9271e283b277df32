using Prover.Backends;
using Prover.Chain;
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
public sealed class EscapePipeline(string circuitsFolder, CacheFolder cache)
{
    /// <summary>Proves an escape with an insecure development key.</summary>
    /// <param name="ledger">The last proved state.</param>
    /// <param name="configuration">What the deployment fixes.</param>
    /// <param name="request">Who wants to be paid.</param>
    /// <param name="backend">The device.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="RefusedEscapeException">The request is refused.</exception>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    /// <exception cref="InvalidProofException">The proof does not verify, so it was not handed out.</exception>
    public EscapeProof Prove(
        Ledger ledger, Configuration configuration, EscapeRequest request, IProverBackend backend, CancellationToken cancellationToken = default)
    {
        var result = EscapeExecutor.Execute(ledger, configuration, request);
        if (result.Rejection is { } rejection)
        {
            throw new RefusedEscapeException($"refused: {rejection}");
        }

        var circuit = Compile(ledger.Shape);
        using var loaded = new DevelopmentKeyCache(cache).Get(circuit, out _, progress: null, cancellationToken);
        var solved = circuit.Tape.Solve(result.Inputs.InOrder(circuit));
        var witness = solved.Assignment ?? throw new InvalidProofException($"The executor accepted the escape and the circuit refused it: {solved.Failure}");
        var proof = Groth16Prover.Prove(loaded.Key, witness, backend, circuit.R1cs, progress: null, cancellationToken);
        return Verifier.Verify(loaded.Key.VerifyingKey, result.Statement.ToArray(), proof)
            ? new(result.Statement, loaded.Key.VerifyingKey, loaded.Key.IsInsecure, proof)
            : throw new InvalidProofException("The proof does not verify for the public inputs that the executor computed.");
    }

    /// <summary>The key under which escapes from the states of a shape verify.</summary>
    /// <exception cref="CompilationException">The circuit does not compile.</exception>
    public VerifyingKey KeyOf(BatchShape shape, CancellationToken cancellationToken = default)
    {
        using var loaded = new DevelopmentKeyCache(cache).Get(Compile(shape), out _, progress: null, cancellationToken);
        return loaded.Key.VerifyingKey;
    }

    private CompiledCircuit Compile(BatchShape shape) =>
        new CircuitCache(cache).Get(Path.Combine(circuitsFolder, "rollup", "escape.circuit"), EscapeExecutor.RuleName(shape), out _);
}
