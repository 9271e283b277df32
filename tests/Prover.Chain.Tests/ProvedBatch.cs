using System.Numerics;
using Prover.Backends.Cpu;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>A batch that has been proved, and the compiled contracts that it can be submitted to.</summary>
public abstract class ProvedBatch : IDisposable
{
    /// <summary>How the rollup takes deposits.</summary>
    public const string DepositSignature = "deposit(uint256,uint256,uint256,uint256)";

    private readonly string _cache = Directory.CreateTempSubdirectory("prover-chain-tests").FullName;

    private readonly DevicePool _devices = new([new CpuBackend()], openCpu: null, warn: _ => { });
    private readonly EscapePipeline _escapes;
    private readonly byte[] _escapeVerifier;

    protected ProvedBatch(Batch batch)
    {
        var (circuits, cache) = (Repository.PathOf("circuits"), new CacheFolder(_cache));
        Proof = new BatchPipeline(circuits, cache).Prove(batch, _devices);
        _escapes = new(circuits, cache);
        _escapeVerifier = SolidityCompiler.Compile(
            ("Groth16Verifier.sol", SolidityVerifier.Generate(_escapes.KeyOf(batch.Shape), isInsecure: true)))[SolidityVerifier.ContractName];
        var verifier = SolidityCompiler.Compile(("Groth16Verifier.sol", SolidityVerifier.Generate(Proof.VerifyingKey, Proof.IsInsecureKey)));
        Code = SolidityCompiler.Rollup.Concat(verifier).ToDictionary();
    }

    public BatchProof Proof { get; }

    /// <summary>Creation code by contract.</summary>
    public IReadOnlyDictionary<string, byte[]> Code { get; }

    /// <summary>Deploys token, verifier and rollup, the rollup in the state that the batch starts from.</summary>
    /// <param name="node">Where.</param>
    /// <param name="change">What is different from a deployment that fits the batch.</param>
    public async Task<(string Rollup, string Token)> DeployAsync(AnvilNode node, Func<RollupDeployment, RollupDeployment>? change = null)
    {
        var token = await node.DeployAsync(Code["TestToken"]);
        var verifier = await node.DeployAsync(Code[SolidityVerifier.ContractName]);
        var escapeVerifier = await node.DeployAsync(_escapeVerifier);
        var shape = Proof.Batch.Shape;
        var deployment = new RollupDeployment(
            Proof.Result.Public.OldRoot.ToInteger(),
            StateHash.Configuration(Proof.Batch.Configuration).ToInteger(),
            BigInteger.Pow(4, shape.Depth),
            LeastDeposit: 1,
            RequestFee: 7,
            Window: 3_600,
            Bond: 1_000,
            AnvilNode.Number(token),
            Governor: AnvilNode.Number(node.Governor),
            Guardian: AnvilNode.Number(node.Guardian),
            AnvilNode.Number(escapeVerifier)) { Shapes = [Registered(verifier)] };
        var rollup = await node.DeployAsync([.. Code["MarginRollup"], .. (change?.Invoke(deployment) ?? deployment).ToArguments()]);
        var money = BigInteger.One << 70;
        await node.SendAsync(node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(node.Accounts[0]), money).ToBytes("mint(address,uint256)"));
        await node.SendAsync(node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(rollup), money).ToBytes("approve(address,uint256)"));

        // The accounts that the batch starts from deposited theirs before.
        var held = Proof.Batch.State.Accounts.Values.Sum(account => account.Cash);
        await node.SendAsync(node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(rollup), held).ToBytes("mint(address,uint256)"));
        return (rollup, token);
    }

    /// <summary>The batch's shape as contracts register it.</summary>
    public RegisteredShape Registered(string verifier)
    {
        var shape = Proof.Batch.Shape;
        return new(AnvilNode.Number(verifier), shape.Deposits, shape.Closes, shape.Exits, shape.Withdrawals, shape.Updates, shape.OtherWords);
    }

    /// <summary>Proves an escape from a state of the batch's shape.</summary>
    public EscapeProof Escape(Ledger ledger, EscapeRequest request) => _escapes.Prove(ledger, Proof.Batch.Configuration, request, _devices);

    /// <summary>Makes a deposit.</summary>
    public static Task<Receipt> DepositAsync(AnvilNode node, string rollup, Deposit deposit) =>
        node.SendAsync(node.Accounts[0], rollup, CallDeposit(deposit));

    /// <summary>The call that makes a deposit.</summary>
    public static byte[] CallDeposit(Deposit deposit) =>
        new AbiWriter().Add(deposit.Account, deposit.Key.X.ToInteger(), deposit.Key.Y.ToInteger(), deposit.Amount).ToBytes(DepositSignature);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _devices.Dispose();
        Directory.Delete(_cache, recursive: true);
    }
}
