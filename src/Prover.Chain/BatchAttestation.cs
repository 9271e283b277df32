using System.Globalization;
using System.Numerics;

namespace Prover.Chain;

/// <summary>A batch that a rollup's contract has accepted, as relayers sign it for a mirror on another chain: EIP-712 typed data.</summary>
/// <param name="MirrorChain">Identifier of the mirror's chain.</param>
/// <param name="Mirror">Address of the mirror.</param>
/// <param name="HomeChain">Identifier of the chain of the rollup's contract.</param>
/// <param name="Rollup">Address of that contract.</param>
/// <param name="Number">The batch's number.</param>
/// <param name="OldRoot">The state root before.</param>
/// <param name="Batch">The batch as it was submitted.</param>
/// <param name="Words">All data words behind the header, those of deposits included.</param>
public sealed record BatchAttestation(
    long MirrorChain, BigInteger Mirror, long HomeChain, BigInteger Rollup, long Number, Fr OldRoot, BatchSubmission Batch, IReadOnlyList<Fr> Words)
{
    private static readonly object[] DomainType = [Field("name", "string"), Field("version", "string"), Field("chainId", "uint256"), Field("verifyingContract", "address")];

    private static readonly object[] BatchType =
    [
        Field("homeChain", "uint256"), Field("rollup", "address"), Field("number", "uint256"), Field("oldRoot", "uint256"), Field("newRoot", "uint256"),
        Field("time", "uint256"), Field("digest", "uint256"), Field("words", "bytes32"),
    ];

    /// <summary>What wallets and nodes sign as typed data, ready to be serialised as JSON.</summary>
    public object ToTypedData() => new
    {
        types = new Dictionary<string, object[]> { ["EIP712Domain"] = DomainType, ["Batch"] = BatchType },
        primaryType = "Batch",
        domain = new { name = "Settlement mirror", version = "1", chainId = Decimal(MirrorChain), verifyingContract = Address(Mirror) },
        message = new
        {
            homeChain = Decimal(HomeChain),
            rollup = Address(Rollup),
            number = Decimal(Number),
            oldRoot = Decimal(OldRoot.ToInteger()),
            newRoot = Decimal(Batch.NewRoot.ToInteger()),
            time = Decimal(Batch.Time),
            digest = Decimal(Batch.Digest.ToInteger()),
            words = "0x" + Convert.ToHexStringLower(Keccak.Hash([.. Words.SelectMany(word => AbiWriter.Word(word.ToInteger()))])),
        },
    };

    private static object Field(string name, string type) => new { name, type };

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Address(BigInteger value) => "0x" + Convert.ToHexStringLower(AbiWriter.Word(value).AsSpan(12));
}
