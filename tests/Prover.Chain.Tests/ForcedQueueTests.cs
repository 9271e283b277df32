using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.Chain.Tests;

/// <summary>Whoever is not served asks the contract: the request is in a batch within a day, as it was asked and in its turn, or the rollup ends.</summary>
public sealed class ForcedQueueTests(ForcedQueueTests.RequestBatch proved) : IClassFixture<ForcedQueueTests.RequestBatch>, IDisposable
{
    private const string RequestClose = "requestClose(uint256,uint256,uint256,uint256[3])";
    private const string RequestExit = "requestExit(uint256,address,uint256,uint256[3])";
    private const string TakeBackFee = "takeBackFee(uint8,uint256)";
    private const int Fee = 7;
    private const long Day = 86_400;
    private const int Close = 0;
    private const int Exit = 1;

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Payer => _node.Accounts[0];

    private string Server => _node.Accounts[2];

    private BatchSubmission Batch => proved.Proof.Submission;

    private BigInteger[] CloseArguments => proved.CloseArguments;

    private BigInteger[] ExitArguments => proved.ExitArguments;

    [Fact]
    public async Task Requests_are_served_paid_and_gone()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        await RequestBothAsync(rollup);
        await _node.MineAtAsync(RequestBatch.Time);
        var before = await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(rollup));
        var receipt = await _node.SendAsync(Server, rollup, Batch.ToCalldata());
        TestContext.Current.TestOutputHelper!.WriteLine($"submitBatch: {receipt.GasUsed:N0} gas, estimated {proved.Proof.EstimatedGas:N0}");
        Assert.InRange(receipt.GasUsed, 0.95 * proved.Proof.EstimatedGas, 1.05 * proved.Proof.EstimatedGas);

        Assert.Equal(proved.Proof.Result.Public.NewRoot.ToInteger(), await _node.ReadAsync(rollup, "stateRoot()"));
        Assert.Equal(2 * Fee, await ClaimableAsync(rollup, AnvilNode.Number(Server)));
        Assert.Equal(proved.Exit.Amount, await ClaimableAsync(rollup, proved.Exit.Recipient));
        Assert.Equal((0, before), (await _node.ReadAsync(rollup, "totalWaiting()"), await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(rollup))));
        Assert.Equal(
            [[Close, 0, .. proved.CloseWords], [Exit, 0, .. proved.ExitWords]],
            await _node.EventsAsync(rollup, "Requested(uint8 indexed,uint256 indexed,uint256[4])"));
        Assert.Equal([[Close, 0, 1], [Exit, 0, 1]], await _node.EventsAsync(rollup, "RequestsServed(uint8 indexed,uint256,uint256)"));
        await _node.AssertEventAsync(
            rollup, "WithdrawalCredited(address indexed,uint256 indexed,uint256)", proved.Exit.Recipient, proved.Exit.Account, proved.Exit.Amount);
        await RefuseAgainAsync(rollup, RequestClose, CloseArguments);
        await RefuseAgainAsync(rollup, RequestExit, ExitArguments);
        await _node.MineAtAsync(SmallBatch.Time + (9 * Day));
        await _node.RefuseAsync(Payer, rollup, Call("freeze()"), "TooEarlyToFreeze()");
    }

    [Fact]
    public async Task A_batch_serves_what_was_asked_and_nothing_else()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var before = await _node.SnapshotAsync();
        await _node.MineAtAsync(RequestBatch.Time);
        await RefuseAsync(Batch, "TooManyRequests(uint8,uint256,uint256,uint256)");
        await _node.RevertAsync(before);
        await RequestBothAsync(rollup);
        await _node.MineAtAsync(RequestBatch.Time);
        await RefuseAsync(Batch with { Closes = 2 }, "TooManyRequests(uint8,uint256,uint256,uint256)");
        await RefuseAsync(Batch with { Exits = 0 }, "UnusedLaneHasWords(uint8,uint256)");
        await RefuseAsync(Batch with { Closes = 0 }, "UnusedLaneHasWords(uint8,uint256)");
        for (var i = 0; i < 2 * BatchShape.RequestWords; i++)
        {
            Fr[] words = [.. Batch.Words];
            words[i] += Fr.One;
            await RefuseAsync(Batch with { Words = words }, "AnotherRequest(uint8,uint256)");
        }

        // What an exit is paid is not the request's word but the circuit's.
        Fr[] more = [.. Batch.Words];
        more[2 * BatchShape.RequestWords] += Fr.FromInteger(BigInteger.One << 160);
        await RefuseAsync(Batch with { Words = more }, "InvalidProof()");

        // Without the requests' words the proof is for other data.
        Fr[] none = [.. Enumerable.Repeat(Fr.Zero, 2 * BatchShape.RequestWords), .. Batch.Words.Skip(2 * BatchShape.RequestWords)];
        await RefuseAsync(Batch with { Words = none, Closes = 0, Exits = 0 }, "InvalidProof()");
        await _node.SendAsync(Server, rollup, Batch.ToCalldata());

        Task RefuseAsync(BatchSubmission forged, string error) => _node.RefuseAsync(Server, rollup, forged.ToCalldata(), error);
    }

    [Theory]
    [InlineData(Close)]
    [InlineData(Exit)]
    public async Task Each_queue_is_served_in_order(int kind)
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await AskAsync(rollup, kind == Close ? RequestClose : RequestExit, [.. (kind == Close ? CloseArguments : ExitArguments).Select((word, i) => i == 2 ? word - 1 : word)]);
        await RequestBothAsync(rollup);
        await _node.MineAtAsync(RequestBatch.Time);
        await _node.RefuseAsync(Server, rollup, Batch.ToCalldata(), "AnotherRequest(uint8,uint256)");
    }

    [Theory]
    [InlineData(Close)]
    [InlineData(Exit)]
    public async Task No_batch_leaves_a_request_waiting_for_more_than_a_day(int kind)
    {
        var (rollup, _) = await proved.DeployAsync(_node, deployment => deployment with
        {
            Shapes = [.. deployment.Shapes, deployment.Shapes[0] with { Closes = 0, Exits = 0, OtherWords = deployment.Shapes[0].OtherWords + 9 }],
        });
        await AskAsync(rollup, kind == Close ? RequestClose : RequestExit, kind == Close ? CloseArguments : ExitArguments);
        var late = Batch with { Closes = 0, Exits = 0, Words = [.. Batch.Words.Select(_ => Fr.Zero)], Time = SmallBatch.Time + Day };
        await RefuseAsync(late with { Time = SmallBatch.Time }, "InvalidProof()");
        await _node.MineAtAsync(SmallBatch.Time + Day + 1_000);

        // A batch that brings no prices lets closes wait, with or without lanes for them: its proof is looked at.
        var silent = kind == Close ? "InvalidProof()" : "RequestOverdue(uint8,uint256)";
        await RefuseAsync(late, silent);
        await RefuseAsync(late with { Shape = 1 }, silent);
        await RefuseAsync(WithTick(late, (2 * BatchShape.RequestWords) + 1), "RequestOverdue(uint8,uint256)");
        await RefuseAsync(WithTick(late with { Shape = 1 }, 0), "RequestOverdue(uint8,uint256)");

        Task RefuseAsync(BatchSubmission batch, string error) => _node.RefuseAsync(Server, rollup, batch.ToCalldata(), error);

        static BatchSubmission WithTick(BatchSubmission batch, int place) => batch with { Words = [.. batch.Words.Select((word, i) => i == place ? (Fr)(SmallBatch.Time + 5) : word)] };
    }

    [Fact]
    public async Task A_close_has_the_first_prices_that_are_signed_after_it_was_asked_for()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var before = await _node.SnapshotAsync();
        foreach (var (asked, served, error) in new[]
        {
            (RequestBatch.Tick, RequestBatch.Time, "ClosesNeedNewPrices(uint256,uint256)"),
            (RequestBatch.Tick - 1, RequestBatch.Time + 601, "ClosesNeedNewPrices(uint256,uint256)"),
            (RequestBatch.Tick - 1, RequestBatch.Time + 600, null),
        })
        {
            await AskAsync(rollup, RequestExit, ExitArguments);
            await _node.Client.RequestAsync("evm_setNextBlockTimestamp", asked);
            await AskAsync(rollup, RequestClose, CloseArguments);
            await _node.Client.RequestAsync("evm_setNextBlockTimestamp", served);
            var receipt = await _node.Client.SendAsync(Server, rollup, Batch.ToCalldata());
            Assert.Equal(error is null, receipt.Succeeded);
            if (error is not null)
            {
                await _node.RefuseAsync(Server, rollup, Batch.ToCalldata(), error);
            }

            await _node.RevertAsync(before);
            before = await _node.SnapshotAsync();
        }
    }

    [Theory]
    [InlineData(Close)]
    [InlineData(Exit)]
    public async Task A_request_that_waits_for_a_week_ends_the_rollup_and_its_fee_goes_back_once(int kind)
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", SmallBatch.Time + 100);
        await AskAsync(rollup, kind == Close ? RequestClose : RequestExit, kind == Close ? CloseArguments : ExitArguments);
        await _node.RefuseAsync(Payer, rollup, Call(TakeBackFee, kind, 0), "NotFrozen()");
        foreach (var (second, succeeds) in new[] { (SmallBatch.Time + 100 + (7 * Day), false), (SmallBatch.Time + 101 + (7 * Day), true) })
        {
            await _node.Client.RequestAsync("evm_setNextBlockTimestamp", second);
            Assert.Equal(succeeds, (await _node.Client.SendAsync(Server, rollup, Call("freeze()"))).Succeeded);
        }

        await _node.RefuseAsync(Payer, rollup, new AbiWriter().Add(CloseArguments).ToBytes(RequestClose), "IsFrozen()");
        await _node.RefuseAsync(Payer, rollup, Call(TakeBackFee, 1 - kind, 0), "NoRequestWaiting(uint8,uint256)");
        await _node.SendAsync(Server, rollup, Call(TakeBackFee, kind, 0));
        Assert.Equal(Fee, await ClaimableAsync(rollup, AnvilNode.Number(Payer)));
        await _node.AssertEventAsync(rollup, "FeeTakenBack(uint8 indexed,uint256 indexed,address indexed)", kind, 0, AnvilNode.Number(Payer));
        await _node.RefuseAsync(Payer, rollup, Call(TakeBackFee, kind, 0), "NoRequestWaiting(uint8,uint256)");
        Assert.Equal(0, await _node.ReadAsync(rollup, "totalWaiting()"));
    }

    [Fact]
    public async Task Nothing_is_let_in_that_the_circuit_has_no_answer_for()
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var size = BigInteger.One << 56;
        await RefuseAsync(RequestClose, CloseArguments, 0, 16, "BadRequest()");
        await RefuseAsync(RequestClose, CloseArguments, 1, 0, "BadRequest()");
        await RefuseAsync(RequestClose, CloseArguments, 1, 256, "BadRequest()");
        await RefuseAsync(RequestClose, CloseArguments, 2, 0, "BadRequest()");
        await RefuseAsync(RequestClose, CloseArguments, 2, size, "BadRequest()");
        await RefuseAsync(RequestExit, ExitArguments, 0, 16, "BadRequest()");
        await RefuseAsync(RequestExit, ExitArguments, 2, 0, "BadRequest()");
        await RefuseAsync(RequestExit, ExitArguments, 2, BigInteger.One << 60, "BadRequest()");
        foreach (var (signature, arguments) in new[] { (RequestClose, CloseArguments), (RequestExit, ExitArguments) })
        {
            await RefuseAsync(signature, arguments, 3, Fr.Modulus, "OutOfField(uint256)");
            await RefuseAsync(signature, arguments, 4, Fr.Modulus, "OutOfField(uint256)");
            await RefuseAsync(signature, arguments, 5, BabyJubjub.SubgroupOrder, "BadRequest()");
            await RefuseAsync(signature, arguments, 5, arguments[5] + BabyJubjub.SubgroupOrder, "BadRequest()");
            await AskAsync(rollup, signature, Change(arguments, 3, Fr.Modulus - 1));
            await AskAsync(rollup, signature, Change(arguments, 4, Fr.Modulus - 1));
            await AskAsync(rollup, signature, Change(arguments, 5, BabyJubjub.SubgroupOrder - 1));
        }

        await AskAsync(rollup, RequestClose, [15, 255, size - 1, .. CloseArguments[3..]]);
        await AskAsync(rollup, RequestExit, [15, 0, (BigInteger.One << 60) - 1, .. ExitArguments[3..]]);

        Task RefuseAsync(string signature, BigInteger[] arguments, int index, BigInteger value, string error) =>
            _node.RefuseAsync(Payer, rollup, new AbiWriter().Add(Change(arguments, index, value)).ToBytes(signature), error);
    }

    /// <summary>The signature belongs to what is taken once, or else a stranger could spend somebody's request with a signature that is none.</summary>
    [Theory]
    [InlineData(Close)]
    [InlineData(Exit)]
    public async Task A_request_is_taken_once_under_each_signature(int kind)
    {
        var (rollup, _) = await proved.DeployAsync(_node);
        var (call, arguments) = kind == Close ? (RequestClose, CloseArguments) : (RequestExit, ExitArguments);
        BigInteger[][] requests =
        [
            [.. arguments[..3], 1, 1, 1],
            arguments,
            [.. arguments[..3], .. kind == Close ? proved.CloseSignedAgain : proved.ExitSignedAgain],
            .. Enumerable.Range(0, 6).Where(i => i != 1 || kind == Exit).Select(i => Change(arguments, i, arguments[i] - 1)),
        ];
        foreach (var request in requests)
        {
            await AskAsync(rollup, call, request);
            await RefuseAgainAsync(rollup, call, request);
        }
    }

    [Fact]
    public async Task A_place_in_a_queue_costs_its_fee()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        var before = await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Payer));
        await AskAsync(rollup, RequestExit, ExitArguments);
        Assert.Equal(Fee, before - await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Payer)));
        await _node.RefuseAsync(Server, rollup, new AbiWriter().Add(Change(ExitArguments, 2, 1)).ToBytes(RequestExit), "TokenTransferFailed()");
        var (free, _) = await proved.DeployAsync(_node, deployment => deployment with { RequestFee = 0 });
        await _node.SendAsync(Server, free, new AbiWriter().Add(ExitArguments).ToBytes(RequestExit));
    }

    public void Dispose() => _node.Dispose();

    private static BigInteger[] Change(BigInteger[] arguments, int index, BigInteger value) => [.. arguments.Select((word, i) => i == index ? value : word)];

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    private async Task RequestBothAsync(string rollup)
    {
        await AskAsync(rollup, RequestClose, CloseArguments);
        await AskAsync(rollup, RequestExit, ExitArguments);
    }

    private Task AskAsync(string rollup, string signature, BigInteger[] arguments) => _node.SendAsync(Payer, rollup, new AbiWriter().Add(arguments).ToBytes(signature));

    private Task RefuseAgainAsync(string rollup, string signature, BigInteger[] arguments) =>
        _node.RefuseAsync(Payer, rollup, new AbiWriter().Add(arguments).ToBytes(signature), "AlreadyRequested(bytes32)");

    private Task<BigInteger> ClaimableAsync(string rollup, BigInteger account) => _node.ReadAsync(rollup, "claimable(address)", account);

    /// <summary>Account 3, long half a coin against account 7, closes a fifth of it; account 7 exits with 2,500.</summary>
    public sealed class RequestBatch() : ProvedBatch(Compose())
    {
        /// <summary>The batch's time, when there has been some to ask for what it serves.</summary>
        public const long Time = SmallBatch.Time + 600;

        /// <summary>When its prices were signed.</summary>
        public const long Tick = Time - 5;

        private static readonly Exchange Owners = new("forced requests");

        public ForcedClose Close => Proof.Batch.Transactions.OfType<ForcedClose>().Single();

        public ForcedExit Exit => Proof.Batch.Transactions.OfType<ForcedExit>().Single();

        public BigInteger[] CloseArguments => [Close.Account, Close.Market, Close.Base, .. Words(Close.Signature)];

        public BigInteger[] ExitArguments => [Exit.Account, Exit.Recipient, Exit.Amount, .. Words(Exit.Signature)];

        /// <summary>Another signature of the same request.</summary>
        public BigInteger[] CloseSignedAgain => Words(Owners.OwnerOf(Close.Account).SignClose(Proof.Batch.Configuration, Close, [1]).Signature);

        /// <inheritdoc cref="CloseSignedAgain"/>
        public BigInteger[] ExitSignedAgain => Words(Owners.OwnerOf(Exit.Account).SignExit(Proof.Batch.Configuration, Exit, [1]).Signature);

        /// <summary>The words of the close, as the batch has them.</summary>
        public BigInteger[] CloseWords => [.. Proof.Submission.Words.Take(BatchShape.RequestWords).Select(word => word.ToInteger())];

        /// <summary>Those of the exit.</summary>
        public BigInteger[] ExitWords => [.. Proof.Submission.Words.Skip(BatchShape.RequestWords).Take(BatchShape.RequestWords).Select(word => word.ToInteger())];

        public byte[] CallClose => new AbiWriter().Add(CloseArguments).ToBytes(RequestClose);

        public byte[] CallExit => new AbiWriter().Add(ExitArguments).ToBytes(RequestExit);

        private static BigInteger[] Words(EddsaSignature signature) => [signature.R.X.ToInteger(), signature.R.Y.ToInteger(), signature.S];

        private static Batch Compose()
        {
            var shape = new BatchShape(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 0, Trades: 0, Withdrawals: 0) { Closes = 1, Exits = 1 };
            var size = Exchange.Size(0.5m);
            var accounts = ImmutableSortedDictionary<long, Account>.Empty
                .Add(InsuranceFund.Account, Owned(InsuranceFund.Account))
                .Add(3, Owned(3) with { Positions = ImmutableSortedDictionary<int, Position>.Empty.Add(1, new(size, 0)) })
                .Add(7, Owned(7) with { Positions = ImmutableSortedDictionary<int, Position>.Empty.Add(1, new(-size, 0)) });
            var genesis = Exchange.Genesis(shape);
            return new(
                shape,
                1,
                Time,
                Owners.Configuration,
                genesis with { Accounts = accounts, Markets = genesis.Markets.With(1, genesis.Markets[1] with { OpenInterest = size }) },
                [
                    Owners.Tick(Tick, [Exchange.Price(60_000), Exchange.Price(3_000)], shape.Markets, 0, 2, 3),
                    Owners.OwnerOf(3).SignClose(Owners.Configuration, new(1, size / 5, 3, default)),
                    Owners.OwnerOf(7).SignExit(Owners.Configuration, new(7, Exchange.Money(2_500), new BigInteger(0xBEEF), default)),
                ]);

            Account Owned(long account) => Account.Empty with { Owner = Owners.OwnerOf(account).PublicKey, Cash = Exchange.Money(50_000) };
        }
    }
}
