using System.Numerics;

namespace Prover.Chain;

/// <summary>A batch shape as the contract's registry holds it.</summary>
/// <param name="Verifier">Address of the verifier of the shape's circuit.</param>
/// <param name="Deposits">Deposit lanes.</param>
/// <param name="Closes">Lanes of forced closes.</param>
/// <param name="Exits">Lanes of forced exits.</param>
/// <param name="Withdrawals">Withdrawal lanes.</param>
/// <param name="Updates">Lanes of updates of markets.</param>
/// <param name="OtherWords">Data words behind header, deposits, requests, payments and updates.</param>
public sealed record RegisteredShape(BigInteger Verifier, int Deposits, int Closes, int Exits, int Withdrawals, int Updates, int OtherWords)
{
    /// <summary>The members in the contract's order.</summary>
    public BigInteger[] Words => [Verifier, Deposits, Closes, Exits, Withdrawals, Updates, OtherWords];
}

/// <summary>What a deployment of MarginRollup.sol fixes.</summary>
/// <param name="Root">The state root to start from.</param>
/// <param name="Configuration">Hash of the configuration.</param>
/// <param name="Accounts">Leaves of the account tree.</param>
/// <param name="LeastDeposit">Least single deposit, in the token's smallest unit.</param>
/// <param name="RequestFee">What a forced request costs, in the token's smallest unit.</param>
/// <param name="Window">Seconds by which a batch's time may lie behind the block's.</param>
/// <param name="Bond">What proposing a batch without a proof takes, and challenging one, in wei; 0 if none may be proposed.</param>
/// <param name="Token">Address of the token that it holds.</param>
/// <param name="Governor">Who announces shapes and hands roles over.</param>
/// <param name="Guardian">Who pauses batches.</param>
/// <param name="EscapeVerifier">Address of the verifier of the escape circuit.</param>
public sealed record RollupDeployment(
    BigInteger Root,
    BigInteger Configuration,
    BigInteger Accounts,
    BigInteger LeastDeposit,
    BigInteger RequestFee,
    long Window,
    BigInteger Bond,
    BigInteger Token,
    BigInteger Governor,
    BigInteger Guardian,
    BigInteger EscapeVerifier)
{
    /// <summary>The shapes that count from the beginning, by number.</summary>
    public IReadOnlyList<RegisteredShape> Shapes { get; init; } = [];

    /// <summary>Addresses that are credited for what is paid on chain 1, 2 and so on.</summary>
    public IReadOnlyList<BigInteger> Settlers { get; init; } = [];

    /// <summary>The constructor's arguments, which follow the creation code.</summary>
    public byte[] ToArguments() => new AbiWriter()
        .Add(Root, Configuration, Accounts, LeastDeposit, RequestFee, Window, Bond, Token, Governor, Guardian, EscapeVerifier)
        .AddArray([.. Shapes.Select(shape => shape.Words)])
        .AddArray(Settlers)
        .ToBytes();
}
