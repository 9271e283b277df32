using Prover.Chain;
using Prover.Groth16;
using Prover.Margin;

namespace Prover.Pipeline;

/// <summary>How long a stage took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Note">What it found or made, or null.</param>
public sealed record StageTime(string Name, TimeSpan Elapsed, string? Note);

/// <summary>A batch with its proof.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Result">What executing it gave.</param>
/// <param name="Constraints">Rows of the circuit.</param>
/// <param name="CircuitHash">Hash of the circuit.</param>
/// <param name="Witness">Every wire's value, for other provers.</param>
/// <param name="KeyPath">The file of the proving key.</param>
/// <param name="VerifyingKey">The key that the proof verifies under.</param>
/// <param name="IsInsecureKey">Whether that key is for development only.</param>
/// <param name="Proof">The proof, already verified.</param>
/// <param name="Submission">The call of the rollup contract.</param>
/// <param name="Device">The device that proved.</param>
/// <param name="RecomputedOnCpu">1 if that device got the proof wrong, so that the CPU made it; otherwise 0.</param>
/// <param name="Stages">How long each stage took.</param>
public sealed record BatchProof(
    Batch Batch,
    BatchResult Result,
    int Constraints,
    string CircuitHash,
    ReadOnlyMemory<Fr> Witness,
    string KeyPath,
    VerifyingKey VerifyingKey,
    bool IsInsecureKey,
    Proof Proof,
    BatchSubmission Submission,
    string Device,
    int RecomputedOnCpu,
    IReadOnlyList<StageTime> Stages)
{
    /// <summary>Bytes of a proof on the chain.</summary>
    public const int ProofBytes = 8 * AbiWriter.WordLength;

    /// <summary>What submitting the batch should cost.</summary>
    public long EstimatedGas => GasEstimate.Batch(
        Submission.ToCalldata(),
        Batch.Shape.WordCount,
        Submission.Deposits,
        Result.Words.Payments,
        Submission.Closes + Submission.Exits);
}

/// <summary>A batch has transactions that the rules refuse, so it was not proved.</summary>
public sealed class RefusedBatchException : Exception
{
    public RefusedBatchException()
    {
        Verdicts = [];
    }

    public RefusedBatchException(string message)
        : base(message)
    {
        Verdicts = [];
    }

    public RefusedBatchException(string message, Exception innerException)
        : base(message, innerException)
    {
        Verdicts = [];
    }

    /// <summary>Names the refused transactions.</summary>
    public RefusedBatchException(IReadOnlyList<Verdict> verdicts)
        : base("refused: " + string.Join("; ", verdicts.Where(verdict => verdict.Rejection is not null).Select(verdict => $"transaction {verdict.Index}: {verdict.Rejection}")))
    {
        Verdicts = verdicts;
    }

    /// <summary>The verdict of each transaction.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }
}
