namespace Prover.Formats;

/// <summary>Section 10 of a .zkey: the circuit hash and the record of each phase-2 contribution.</summary>
/// <remarks>snarkjs, zkey_utils.js, readMPCParams. Only the shape is checked here; the chain of contributions is for a ceremony's verifier.</remarks>
internal static class ZkeyContributions
{
    /// <summary>[δ]₁ after, the contributor's s and s·x in G1 and s'·x in G2, and the transcript's hash.</summary>
    private const int FixedLength = (3 * ZkeySections.G1Length) + ZkeySections.G2Length + 64;

    private const int MaximumContributions = 1 << 20;

    /// <summary>The circuit hash, and everything after it.</summary>
    public static (byte[] CircuitHash, byte[] Records) Read(ByteReader reader)
    {
        var hash = reader.Take(ZkeySections.CircuitHashLength).ToArray();
        var records = reader.Peek(reader.Remaining).ToArray();
        var count = reader.ReadCount("the number of contributions", MaximumContributions);
        for (var i = 0; i < count; i++)
        {
            reader.Take(FixedLength);
            if (reader.ReadUInt32() is > 1 and var kind)
            {
                throw reader.MalformedBefore(sizeof(uint), $"a contribution is of kind 0 or 1 (a beacon), this one of kind {kind}.");
            }

            reader.Take(reader.ReadCount("the length of a contribution's parameters", reader.Remaining));
        }

        reader.ExpectEnd();
        return (hash, records);
    }
}
