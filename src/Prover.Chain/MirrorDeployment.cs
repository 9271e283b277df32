using System.Numerics;

namespace Prover.Chain;

/// <summary>What a deployment of SettlementMirror.sol fixes.</summary>
/// <param name="Root">The state root to start from.</param>
/// <param name="Number">Number of the batch that led to it.</param>
/// <param name="Configuration">Hash of the rollup's configuration.</param>
/// <param name="Chain">The mirror's chain as withdrawals number it, from 1 to 15.</param>
/// <param name="Token">Address of the token that it pays.</param>
/// <param name="Governor">Who announces shapes and hands roles over.</param>
/// <param name="Guardian">Who pauses it.</param>
/// <param name="HomeChain">Identifier of the chain of the rollup's contract.</param>
/// <param name="HomeRollup">Address of that contract.</param>
/// <param name="Quorum">How many relayers must have signed.</param>
public sealed record MirrorDeployment(
    BigInteger Root,
    BigInteger Number,
    BigInteger Configuration,
    int Chain,
    BigInteger Token,
    BigInteger Governor,
    BigInteger Guardian,
    long HomeChain,
    BigInteger HomeRollup,
    int Quorum)
{
    /// <summary>The shapes that count from the beginning, by number, with verifiers on the mirror's chain.</summary>
    public IReadOnlyList<RegisteredShape> Shapes { get; init; } = [];

    /// <summary>Addresses of the relayers.</summary>
    public IReadOnlyList<BigInteger> Relayers { get; init; } = [];

    /// <summary>The constructor's arguments, which follow the creation code.</summary>
    public byte[] ToArguments() => new AbiWriter()
        .Add(Root, Number, Configuration, Chain, Token, Governor, Guardian, HomeChain, HomeRollup, Quorum)
        .AddArray([.. Shapes.Select(shape => shape.Words)])
        .AddArray(Relayers)
        .ToBytes();
}
