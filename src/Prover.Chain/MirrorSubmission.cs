using System.Numerics;

namespace Prover.Chain;

/// <summary>A relayer's signature over a <see cref="BatchAttestation"/>.</summary>
/// <param name="Signer">The relayer's address.</param>
/// <param name="V">27 or 28.</param>
/// <param name="R">The first half.</param>
/// <param name="S">The second half, not above half the order of secp256k1.</param>
public sealed record RelayerSignature(BigInteger Signer, int V, BigInteger R, BigInteger S);

/// <summary>A proved batch, as a mirror's follow takes it.</summary>
/// <param name="Batch">The batch as it was submitted at home.</param>
/// <param name="Words">All data words behind the header, those of deposits included.</param>
/// <param name="Signatures">Of the quorum, in the order in which they are sent: the contract wants ascending signers.</param>
public sealed record MirrorSubmission(BatchSubmission Batch, IReadOnlyList<Fr> Words, IReadOnlyList<RelayerSignature> Signatures)
{
    /// <summary>The function's signature.</summary>
    public const string Signature = "follow(uint256,uint256,uint256,uint256,uint256[],uint256[2],uint256[2][2],uint256[2],(uint8,bytes32,bytes32)[])";

    /// <summary>The transaction's data.</summary>
    public byte[] ToCalldata() => new AbiWriter()
        .Add(Batch.Shape, Batch.Time, Batch.NewRoot.ToInteger(), Batch.Digest.ToInteger())
        .AddArray(Words.Select(word => word.ToInteger()))
        .Add(SolidityProof.Coordinates(Batch.Proof))
        .AddArray([.. Signatures.Select(signature => new[] { signature.V, signature.R, signature.S })])
        .ToBytes(Signature);
}
