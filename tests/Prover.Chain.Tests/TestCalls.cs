namespace Prover.Chain.Tests;

/// <summary>Calls of the contracts that these tests bring.</summary>
internal static class TestCalls
{
    /// <summary>Lets the test's token make a call before it moves anything.</summary>
    public static byte[] SetCall(string target, byte[] call)
    {
        var padded = call.Concat(new byte[(AbiWriter.WordLength - (call.Length % AbiWriter.WordLength)) % AbiWriter.WordLength]);
        return [.. new AbiWriter().Add(AnvilNode.Number(target), 2 * AbiWriter.WordLength, call.Length).ToBytes("setCall(address,bytes)"), .. padded];
    }
}
