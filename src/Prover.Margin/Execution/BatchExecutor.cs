using System.Numerics;

namespace Prover.Margin;

/// <summary>What executing a batch gave.</summary>
/// <param name="Verdicts">For each transaction in file order.</param>
/// <param name="Public">The public inputs of the batch made of the accepted transactions.</param>
/// <param name="Words">Its data words.</param>
/// <param name="Inputs">The circuit's inputs.</param>
/// <param name="Ledger">The state after.</param>
public sealed record BatchResult(IReadOnlyList<Verdict> Verdicts, PublicInputs Public, DataWords Words, CircuitInputs Inputs, Ledger Ledger)
{
    /// <summary>Whether every transaction was accepted.</summary>
    public bool IsAccepted => Verdicts.All(verdict => verdict.Rejection is null);
}

/// <summary>Runs batches on exact integers: the sequencer's check, the source of the circuit's inputs and the circuit's oracle.</summary>
public static class BatchExecutor
{
    /// <summary>
    /// Runs a batch's transactions in the order of <see cref="Lane"/>, within a lane in file order. A refused
    /// transaction leaves the state as it was and the others go on.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="observe">Is shown each transaction, in the order in which they run.</param>
    public static BatchResult Execute(Batch batch, Action<TransitionTrace>? observe = null) => Execute(batch, enforce: true, observe);

    /// <summary>The same on a ledger that stands for the batch's own state, of the same tree sizes; it is changed.</summary>
    public static BatchResult Execute(Batch batch, Ledger ledger) => Execute(batch, ledger, enforce: true, observe: null);

    /// <summary>The same; without enforcement refused transactions are carried out all the same, to see whether the circuit refuses them.</summary>
    internal static BatchResult Execute(Batch batch, bool enforce, Action<TransitionTrace>? observe = null) => Execute(batch, batch.OpenLedger(), enforce, observe);

    private static BatchResult Execute(Batch batch, Ledger ledger, bool enforce, Action<TransitionTrace>? observe)
    {
        var execution = new BatchExecution(batch, ledger);
        var verdicts = new Verdict[batch.Transactions.Length];
        foreach (var (index, transaction) in batch.Transactions.Index().OrderBy(item => item.Item.Lane))
        {
            verdicts[index] = execution.Run(transaction, index, enforce, observe);
        }

        return execution.Finish(verdicts);
    }
}
