using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>What an operator wants to know of a proved batch.</summary>
internal static class BatchReport
{
    public static void Write(Terminal terminal, string folder, BatchProof proof)
    {
        var total = proof.Stages.Sum(stage => stage.Elapsed.TotalSeconds);
        terminal.WriteReport(
            $"batch {proof.Batch.Number}",
            new
            {
                batch = proof.Batch.Number,
                transactions = proof.Result.Verdicts.Count,
                constraints = proof.Constraints,
                circuitHash = proof.CircuitHash,
                device = proof.Device,
                recomputedOnCpu = proof.RecomputedOnCpu,
                insecureKey = proof.IsInsecureKey,
                key = proof.KeyPath,
                stages = proof.Stages.Select(stage => new { stage.Name, seconds = stage.Elapsed.TotalSeconds, stage.Note }),
                seconds = total,
                proofBytes = BatchProof.ProofBytes,
                oldRoot = proof.Result.Public.OldRoot.ToString(),
                newRoot = proof.Result.Public.NewRoot.ToString(),
                estimatedGas = proof.EstimatedGas,
                folder,
            },
            [
                ("transactions", proof.Result.Verdicts.Count == 0 ? "none" : $"{proof.Result.Verdicts.Count}: {Counts(proof.Result)}"),
                ("constraints", $"{proof.Constraints:N0}"),
                .. proof.Stages.Select(stage => ($"  {stage.Name}", $"{stage.Elapsed.TotalSeconds,7:0.00} s  {stage.Note}")),
                ("total", $"{total,7:0.00} s"),
                ("proof", $"{BatchProof.ProofBytes} bytes, verified"),
                .. DeviceReport.Recomputed(proof.RecomputedOnCpu),
                ("key", proof.IsInsecureKey ? "INSECURE development key" : "from powers of tau"),
                ("old root", proof.Result.Public.OldRoot.ToString()),
                ("new root", proof.Result.Public.NewRoot.ToString()),
                ("estimated gas", $"{proof.EstimatedGas:N0}"),
                ("written to", folder),
            ]);
    }

    private static string Counts(BatchResult result) => string.Join(", ", result.Verdicts
        .GroupBy(verdict => verdict.Transaction.GetType().Name)
        .Select(group => $"{group.Count()} {group.Key}"));
}
