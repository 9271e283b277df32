using System.Collections.Immutable;
using System.Numerics;
using Prover.Backends.Cpu;
using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>A batch proved for real moves the root of a contract on a real node; nothing else does.</summary>
public sealed class MarginRollupTests(MarginRollupTests.ProvedBatch proved) : IClassFixture<MarginRollupTests.ProvedBatch>, IDisposable
{
    private const long Time = 1_764_000_000;
    private const string DepositSignature = "deposit(uint256,uint256,uint256,uint256)";

    private readonly AnvilNode _node = new(Time + 10);

    [Fact]
    public async Task Accepts_the_batch_once_and_pays_the_withdrawal()
    {
        var (rollup, token) = await DeployAsync();
        await DepositAsync(rollup, proved.Deposit);
        var submission = proved.Proof.Submission;
        await RefuseTamperedAsync(rollup);

        var receipt = await _node.SendAsync(_node.Accounts[0], rollup, submission.ToCalldata());

        Assert.Equal(proved.Proof.Result.Public.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        Assert.Equal(1, await _node.ReadAsync(rollup, "batchNumber()"));
        Assert.Equal(1, await _node.ReadAsync(rollup, "depositsServed()"));
        TestContext.Current.TestOutputHelper!.WriteLine($"submitBatch: {receipt.GasUsed:N0} gas, estimated {proved.Proof.EstimatedGas:N0}");
        Assert.InRange(receipt.GasUsed, 0.9 * proved.Proof.EstimatedGas, 1.1 * proved.Proof.EstimatedGas);

        // The same batch again extends a root that is no longer there.
        await _node.RefuseAsync(_node.Accounts[0], rollup, (submission with { Deposits = 0 }).ToCalldata(), "InvalidProof()");

        var recipient = _node.Accounts[1];
        Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(recipient)));
        await _node.SendAsync(recipient, rollup, Keccak.Selector("claim()"));
        Assert.Equal(proved.Withdrawal.Amount, await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(recipient)));
        await _node.RefuseAsync(recipient, rollup, Keccak.Selector("claim()"), "NothingToClaim()");
    }

    [Fact]
    public async Task Refuses_to_skip_the_oldest_deposit()
    {
        var (rollup, _) = await DeployAsync();
        await DepositAsync(rollup, proved.Deposit with { Account = 9 });
        await DepositAsync(rollup, proved.Deposit);

        // The proof is for the second deposit; the contract puts the first into the data.
        await _node.RefuseAsync(_node.Accounts[0], rollup, proved.Proof.Submission.ToCalldata(), "InvalidProof()");

        // Leaving both waiting is allowed for a day, and no longer.
        await _node.RefuseAsync(_node.Accounts[0], rollup, (proved.Proof.Submission with { Deposits = 0 }).ToCalldata(), "InvalidProof()");
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", Time + 100_000);
        await _node.Client.RequestAsync("evm_mine");
        await _node.RefuseAsync(
            _node.Accounts[0], rollup, (proved.Proof.Submission with { Deposits = 0, Time = Time + 100_000 }).ToCalldata(), "DepositOverdue(uint256)");
    }

    [Fact]
    public async Task Refuses_deposits_that_the_circuit_could_not_take()
    {
        var (rollup, _) = await DeployAsync();
        var good = proved.Deposit;
        await RefuseDepositAsync(rollup, [16, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), good.Amount], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, 0, 0, good.Amount], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), 0], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), (BigInteger.One << 60) + 1], "BadDeposit()");
        await RefuseDepositAsync(rollup, [good.Account, Fr.Modulus, good.Key.Y.ToInteger(), good.Amount], "OutOfField(uint256)");
        await DepositAsync(rollup, good with { Account = 15, Amount = 1L << 60 });
        await DepositAsync(rollup, good with { Account = 15, Amount = 1L << 60 });
        await RefuseDepositAsync(rollup, [15, good.Key.X.ToInteger(), good.Key.Y.ToInteger(), 1], "TotalDepositsExceeded()");
    }

    public void Dispose() => _node.Dispose();

    private async Task RefuseTamperedAsync(string rollup)
    {
        var submission = proved.Proof.Submission;
        var wrongRoot = proved.Proof.Result.Public.OldRoot;
        await RefuseAsync(submission with { NewRoot = wrongRoot }, "InvalidProof()");
        await RefuseAsync(submission with { Digest = submission.Digest + Fr.One }, "InvalidProof()");
        await RefuseAsync(submission with { Deposits = 0 }, "InvalidProof()");
        await RefuseAsync(submission with { Deposits = 2 }, "TooManyDeposits(uint256,uint256,uint256)");
        await RefuseAsync(submission with { Time = submission.Time + 1 }, "InvalidProof()");
        await RefuseAsync(submission with { Time = submission.Time + 1_000_000 }, "TimeOutsideWindow(uint256)");
        await RefuseAsync(submission with { Time = submission.Time - 1_000_000 }, "TimeOutsideWindow(uint256)");
        await RefuseAsync(submission with { Shape = 1 }, "UnknownShape(uint256)");
        await RefuseAsync(submission with { Words = [.. submission.Words, Fr.Zero] }, "WrongWordCount(uint256,uint256)");
        for (var i = 0; i < submission.Words.Count; i++)
        {
            Fr[] words = [.. submission.Words];
            words[i] += Fr.One;
            await RefuseAsync(submission with { Words = words }, "InvalidProof()");
        }

        // Each of the proof's eight words, with one bit flipped, in the calldata itself.
        var calldata = submission.ToCalldata();
        for (var word = 0; word < 8; word++)
        {
            var flipped = calldata.ToArray();
            flipped[4 + ((6 + word) * AbiWriter.WordLength) + 31] ^= 1;
            await _node.RefuseAsync(_node.Accounts[0], rollup, flipped, "InvalidProof()");
        }

        // A word that is equal modulo the field is another word.
        var alias = calldata.ToArray();
        AbiWriter.Word(submission.Words[0].ToInteger() + Fr.Modulus).CopyTo(alias, 4 + (15 * AbiWriter.WordLength));
        await _node.RefuseAsync(_node.Accounts[0], rollup, alias, "OutOfField(uint256)");

        Task RefuseAsync(BatchSubmission tampered, string error) => _node.RefuseAsync(_node.Accounts[0], rollup, tampered.ToCalldata(), error);
    }

    private async Task<(string Rollup, string Token)> DeployAsync()
    {
        var token = await _node.DeployAsync(proved.Code["TestToken"]);
        var verifier = await _node.DeployAsync(proved.Code[SolidityVerifier.ContractName]);
        var shape = proved.Proof.Batch.Shape;
        var rollup = await _node.DeployAsync(
            proved.Code["MarginRollup"],
            proved.Proof.Result.Public.OldRoot.ToInteger(),
            StateHash.Configuration(proved.Proof.Batch.Configuration).ToInteger(),
            BigInteger.Pow(4, shape.Depth),
            3_600,
            AnvilNode.Number(token),
            6 * AbiWriter.WordLength,
            1,
            AnvilNode.Number(verifier),
            shape.Deposits,
            shape.Withdrawals,
            BatchShape.TickWords + (BatchShape.TradeWords * shape.Trades));
        var money = BigInteger.One << 70;
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(_node.Accounts[0]), money).ToBytes("mint(address,uint256)"));
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(rollup), money).ToBytes("approve(address,uint256)"));

        // The accounts that the batch starts from deposited theirs before.
        var held = proved.Proof.Batch.State.Accounts.Values.Sum(account => account.Cash);
        await _node.SendAsync(_node.Accounts[0], token, new AbiWriter().Add(AnvilNode.Number(rollup), held).ToBytes("mint(address,uint256)"));
        return (rollup, token);
    }

    private Task<Receipt> DepositAsync(string rollup, Deposit deposit) => _node.SendAsync(
        _node.Accounts[0],
        rollup,
        new AbiWriter().Add(deposit.Account, deposit.Key.X.ToInteger(), deposit.Key.Y.ToInteger(), deposit.Amount).ToBytes(DepositSignature));

    private Task RefuseDepositAsync(string rollup, BigInteger[] arguments, string error) =>
        _node.RefuseAsync(_node.Accounts[0], rollup, new AbiWriter().Add(arguments).ToBytes(DepositSignature), error);

    /// <summary>One small batch with every transition, proved once for all tests.</summary>
    public sealed class ProvedBatch : IDisposable
    {
        private static readonly BatchShape Shape = new(Depth: 2, Orders: 1, Deposits: 1, Trades: 1, Withdrawals: 1);

        private readonly string _cache = Directory.CreateTempSubdirectory("prover-chain-tests").FullName;

        public ProvedBatch()
        {
            using var backend = new CpuBackend();
            Proof = new BatchPipeline(Repository.PathOf("circuits"), new CacheFolder(_cache)).Prove(Compose(), backend);
            Code = SolidityCompiler.Compile(
                ("Groth16Verifier.sol", SolidityVerifier.Generate(Proof.VerifyingKey, Proof.IsInsecureKey)),
                ("MarginRollup.sol", File.ReadAllText(Repository.PathOf("src", "Prover.Chain", "contracts", "MarginRollup.sol"))),
                ("TestToken.sol", File.ReadAllText(Repository.PathOf("tests", "Prover.Chain.Tests", "contracts", "TestToken.sol"))));
        }

        public BatchProof Proof { get; }

        public Dictionary<string, byte[]> Code { get; }

        public Deposit Deposit => Proof.Batch.Transactions.OfType<Deposit>().Single();

        public Withdrawal Withdrawal => Proof.Batch.Transactions.OfType<Withdrawal>().Single();

        public void Dispose() => Directory.Delete(_cache, recursive: true);

        /// <summary>Accounts 3 and 7 have money and trade; account 5 is opened by the deposit; account 3 withdraws to anvil's second account.</summary>
        private static Batch Compose()
        {
            var exchange = new Exchange("rollup contract");
            ImmutableSortedDictionary<long, Account> accounts = ImmutableSortedDictionary<long, Account>.Empty
                .Add(3, Account.Empty with { Owner = exchange.OwnerOf(3).PublicKey, Cash = Exchange.Money(10_000) })
                .Add(7, Account.Empty with { Owner = exchange.OwnerOf(7).PublicKey, Cash = Exchange.Money(10_000) });
            var quote = Exchange.Money(30_000);
            var recipient = AnvilNode.Number("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
            return new(
                Shape,
                1,
                Time,
                exchange.Configuration,
                new(Prices.None, 0, accounts),
                [
                    exchange.Tick(Time - 5, [Exchange.Price(60_000), Exchange.Price(3_000), Exchange.Price(150), Exchange.Price(0.5m)], 0, 2, 3),
                    exchange.Deposit(5, 1_234.5m),
                    new Trade(
                        0,
                        Exchange.Size(0.5m),
                        quote,
                        exchange.Order(3, 0, sells: false, 0.5m, 60_000, 1, Time + 60, fee: quote / 5_000),
                        exchange.Order(7, 0, sells: true, 0.5m, 60_000, 1, Time + 60, fee: quote / 5_000)),
                    exchange.Withdraw(3, 0, 2_500, recipient),
                ]);
        }
    }
}
