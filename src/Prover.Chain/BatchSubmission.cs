using System.Numerics;
using Prover.Groth16;

namespace Prover.Chain;

/// <summary>A proved batch, as the contract's submitBatch takes it.</summary>
/// <param name="Shape">Number of the batch's shape in the contract's registry.</param>
/// <param name="Time">The batch's time.</param>
/// <param name="NewRoot">The state root after.</param>
/// <param name="Digest">c, the circuit's hash of the data words.</param>
/// <param name="Deposits">How many waiting deposits it serves.</param>
/// <param name="Words">The data words behind header and deposits.</param>
/// <param name="Proof">The proof.</param>
public sealed record BatchSubmission(int Shape, long Time, Fr NewRoot, Fr Digest, int Deposits, IReadOnlyList<Fr> Words, Proof Proof)
{
    /// <summary>How many waiting forced closes it serves.</summary>
    public int Closes { get; init; }

    /// <summary>How many waiting forced exits it serves.</summary>
    public int Exits { get; init; }

    /// <summary>The function's signature.</summary>
    public const string Signature = "submitBatch(uint256,uint256,uint256,uint256,uint256[3],uint256[],uint256[2],uint256[2][2],uint256[2])";

    /// <summary>The transaction's data.</summary>
    public byte[] ToCalldata() => new AbiWriter()
        .Add((BigInteger)Shape)
        .Add((BigInteger)Time)
        .Add(NewRoot.ToInteger())
        .Add(Digest.ToInteger())
        .Add((BigInteger)Deposits, (BigInteger)Closes, (BigInteger)Exits)
        .AddArray(Words.Select(word => word.ToInteger()))
        .Add(SolidityProof.Coordinates(Proof))
        .ToBytes(Signature);
}

/// <summary>A proof in the order that contracts take it.</summary>
public static class SolidityProof
{
    /// <summary>a, b with the imaginary part of each coordinate first, c: eight words.</summary>
    public static BigInteger[] Coordinates(Proof proof) =>
    [
        proof.A.X.ToInteger(), proof.A.Y.ToInteger(),
        proof.B.X.C1.ToInteger(), proof.B.X.C0.ToInteger(), proof.B.Y.C1.ToInteger(), proof.B.Y.C0.ToInteger(),
        proof.C.X.ToInteger(), proof.C.Y.ToInteger(),
    ];
}
