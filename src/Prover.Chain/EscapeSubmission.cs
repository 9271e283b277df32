using System.Numerics;
using Prover.Groth16;

namespace Prover.Chain;

/// <summary>A proved escape, as the frozen contract's escape takes it.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Recipient">The address that its owner named.</param>
/// <param name="Amount">What it is worth, in 10⁻⁶ USD.</param>
/// <param name="Proof">The proof.</param>
public sealed record EscapeSubmission(BigInteger Account, BigInteger Recipient, BigInteger Amount, Proof Proof)
{
    /// <summary>The function's signature.</summary>
    public const string Signature = "escape(uint256,address,uint96,uint256[2],uint256[2][2],uint256[2])";

    /// <summary>The transaction's data.</summary>
    public byte[] ToCalldata() => new AbiWriter().Add(Account, Recipient, Amount).Add(SolidityProof.Coordinates(Proof)).ToBytes(Signature);
}
