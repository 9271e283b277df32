namespace Prover.Chain;

/// <summary>What a batch costs on an EVM chain.</summary>
/// <remarks>Calldata as EIP-2028 prices it, precompiles as EIP-1108 does, storage as EIP-2929 does and refunds for cleared storage as EIP-3529
/// does; the rest is fitted to
/// measurements of a rollup's first batch, whose storage words are written for the first time.</remarks>
public static class GasEstimate
{
    private const long Transaction = 21_000;
    private const long Pairings = 181_000;
    private const long PublicInput = 6_150 + 350;
    private const long DataWord = 400;
    private const long SubmissionBase = 107_300;
    private const long Deposit = 4 * (2_100 + 2_900);
    private const long DepositRefund = 4 * 4_800;
    private const long Request = 5_000 + 2_900 + (2 * (2_100 + 2_900));
    private const long RequestRefund = 2 * 4_800;
    private const long LargestRefund = 5;
    private const long Withdrawal = 25_500;

    /// <summary>Gas of calldata: 16 a byte, 4 a zero byte.</summary>
    public static long Calldata(ReadOnlySpan<byte> calldata)
    {
        var zeros = calldata.Count((byte)0);
        return (4L * zeros) + (16L * (calldata.Length - zeros));
    }

    /// <summary>Gas of one verifyProof call.</summary>
    public static long Verification(int publicInputs) => Pairings + (PublicInput * publicInputs);

    /// <summary>Gas of a submitBatch transaction.</summary>
    /// <param name="calldata">The transaction's data.</param>
    /// <param name="words">Number of data words of the shape.</param>
    /// <param name="deposits">Deposits served.</param>
    /// <param name="withdrawals">Withdrawals credited, forced exits that are paid among them.</param>
    /// <param name="requests">Forced requests served.</param>
    public static long Batch(ReadOnlySpan<byte> calldata, int words, int deposits, int withdrawals, int requests)
    {
        var spent = Transaction + Calldata(calldata) + Verification(publicInputs: 5) + SubmissionBase + (DataWord * words) + (Deposit * deposits) + (Withdrawal * withdrawals) + (Request * requests);
        return spent - Math.Min((DepositRefund * deposits) + (RequestRefund * requests), spent / LargestRefund);
    }
}
