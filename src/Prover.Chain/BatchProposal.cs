using System.Numerics;
using Prover.Groth16;

namespace Prover.Chain;

/// <summary>A batch without its proof, as the contract's proposeBatch takes it. It serves deposits only, of all that waits.</summary>
/// <param name="Batch">The batch; its proof is not sent.</param>
public sealed record BatchProposal(BatchSubmission Batch)
{
    /// <summary>The function's signature.</summary>
    public const string Signature = "proposeBatch(uint256,uint256,uint256,uint256,uint256,uint256[])";

    /// <summary>The transaction's data.</summary>
    public byte[] ToCalldata() => new AbiWriter()
        .Add(Batch.Shape, Batch.Time, Batch.NewRoot.ToInteger(), Batch.Digest.ToInteger(), Batch.Deposits)
        .AddArray(Batch.Words.Select(word => word.ToInteger()))
        .ToBytes(Signature);
}

/// <summary>The proof of a proposed batch, as the contract's prove takes it.</summary>
/// <param name="Number">The batch's number.</param>
/// <param name="Inputs">The proof's public inputs.</param>
/// <param name="Proof">The proof.</param>
public sealed record BatchAnswer(BigInteger Number, IReadOnlyList<Fr> Inputs, Proof Proof)
{
    /// <summary>The function's signature.</summary>
    public const string Signature = "prove(uint256,uint256[5],uint256[2],uint256[2][2],uint256[2])";

    /// <summary>The transaction's data.</summary>
    public byte[] ToCalldata() => new AbiWriter()
        .Add(Number)
        .Add([.. Inputs.Select(input => input.ToInteger())])
        .Add(SolidityProof.Coordinates(Proof))
        .ToBytes(Signature);
}
