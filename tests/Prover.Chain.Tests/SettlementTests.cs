using System.Globalization;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>Two chains: a batch proved and accepted on one is followed on the other, and its withdrawals are paid there, once and to whom they are for.</summary>
public sealed class SettlementTests(ForeignBatch proved) : IClassFixture<ForeignBatch>, IDisposable
{
    private const long HomeChain = 31_337;
    private const int MirrorChain = 1_337;
    private const long FollowGas = 352_633;
    private const long PayGas = 85_661;
    private const string Pay = "pay(uint256,uint256,uint256,bytes32[])";

    private static readonly BigInteger Order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly AnvilNode _home = new(SmallBatch.Time + 10);
    private readonly AnvilNode _away = new(SmallBatch.Time + 10, MirrorChain);

    private string Recipient => _away.Accounts[1];

    private string Stranger => _away.Accounts[0];

    /// <summary>Three relayers by ascending address, of whom two must sign.</summary>
    private string[] Relayers => [.. _away.Accounts.Skip(2).OrderBy(AnvilNode.Number)];

    [Fact]
    public async Task At_home_the_settler_of_each_chain_is_credited()
    {
        var rollup = await DeployHomeAsync(settlers: 1);
        await _home.RefuseAsync(_home.Accounts[0], rollup, proved.Proof.Submission.ToCalldata(), "UnknownChain(uint256)");

        rollup = await DeployHomeAsync(settlers: 2);
        await _home.SendAsync(_home.Accounts[0], rollup, proved.Proof.Submission.ToCalldata());
        Assert.Equal(Exchange.Money(2_500), await _home.ReadAsync(rollup, "claimable(address)", ForeignBatch.Recipient));
        Assert.Equal(Exchange.Money(1_000), await _home.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(_home.Accounts[2])));
        Assert.Equal(Exchange.Money(700), await _home.ReadAsync(rollup, "claimable(address)", AnvilNode.Number(_home.Accounts[3])));
        Assert.Equal((Exchange.Money(1_000), Exchange.Money(700)), (await _home.ReadAsync(rollup, "sentAbroad(uint256)", 1), await _home.ReadAsync(rollup, "sentAbroad(uint256)", 2)));
        Assert.Equal(new WithdrawalTree(proved.Withdrawals).Root, await _home.ReadAsync(rollup, "withdrawalsRoot(uint256)", 1));
        await _home.AssertEventAsync(rollup, "WithdrawalCredited(address indexed,uint256 indexed,uint256)", ForeignBatch.Recipient, 3, Exchange.Money(2_500));
        Assert.Equal(
            [[1, 1, 1, ForeignBatch.Recipient, 3, Exchange.Money(1_000)], [2, 1, 2, ForeignBatch.Recipient, 7, Exchange.Money(700)]],
            await _home.EventsAsync(rollup, "WithdrawalSentAbroad(uint256 indexed,uint256 indexed,uint256,address,uint256,uint256)"));
        await _home.SendAsync(_home.Accounts[2], rollup, Call("claim()"));
    }

    [Fact]
    public async Task A_withdrawal_is_paid_on_the_second_chain_once()
    {
        var (mirror, token, rollup) = await DeployAsync();
        await _home.SendAsync(_home.Accounts[0], rollup, proved.Proof.Submission.ToCalldata());
        await RefusePayAsync(PayCall(1), "NoSuchWithdrawal(uint256,uint256)");
        AssertCost("follow", FollowGas, await _away.SendAsync(Stranger, mirror, (await SignedAsync(mirror, rollup)).ToCalldata()));
        Assert.Equal(await _home.ReadAsync(rollup, "stateRoot()"), await _away.ReadAsync(mirror, "stateRoot()"));
        Assert.Equal(await _home.ReadAsync(rollup, "withdrawalsRoot(uint256)", 1), await _away.ReadAsync(mirror, "withdrawalsRoot(uint256)", 1));

        // Without money it waits.
        await RefusePayAsync(PayCall(1), "TokenTransferFailed()");
        await AddLiquidityAsync(mirror, token);
        var word = proved.Withdrawals[1].ToInteger();
        await RefusePayAsync(PayCall(1, word: word + 1), "NoSuchWithdrawal(uint256,uint256)");
        await RefusePayAsync(PayCall(1, word: word + (BigInteger.One << 164)), "NoSuchWithdrawal(uint256,uint256)");
        await RefusePayAsync(PayCall(1, place: 5), "NoSuchWithdrawal(uint256,uint256)");
        await RefusePayAsync(PayCall(1, place: 0), "NoSuchWithdrawal(uint256,uint256)");
        await RefusePayAsync(PayCall(1, batch: 2), "NoSuchWithdrawal(uint256,uint256)");
        await RefusePayAsync(PayCall(0), "NotForThisChain(uint256)");
        await RefusePayAsync(PayCall(2), "NotForThisChain(uint256)");
        await RefusePayAsync(PayCall(3, word: 0), "NoSuchWithdrawal(uint256,uint256)");

        AssertCost("pay", PayGas, await _away.SendAsync(Stranger, mirror, PayCall(1)));
        Assert.Equal(Exchange.Money(1_000), await _away.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Recipient)));
        await _away.AssertEventAsync(
            mirror,
            "Followed(uint256 indexed,uint256,uint256,uint256)",
            1, proved.Proof.Result.Public.OldRoot.ToInteger(), proved.Proof.Result.Public.NewRoot.ToInteger(), SmallBatch.Time);
        await _away.AssertEventAsync(mirror, "LiquidityAdded(address indexed,uint256)", AnvilNode.Number(Stranger), Exchange.Money(4_000));
        await _away.AssertEventAsync(
            mirror, "WithdrawalPaid(uint256 indexed,uint256 indexed,address indexed,uint256)", 1, 1, AnvilNode.Number(Recipient), Exchange.Money(1_000));
        await RefusePayAsync(PayCall(1), "AlreadyPaid(uint256,uint256)");

        Task RefusePayAsync(byte[] call, string error) => _away.RefuseAsync(Stranger, mirror, call, error);
    }

    [Fact]
    public async Task A_mirror_of_another_number_pays_its_own_withdrawals_only()
    {
        var (mirror, token, rollup) = await DeployAsync(deployment => deployment with { Chain = 2 });
        await AddLiquidityAsync(mirror, token);
        await _away.SendAsync(Stranger, mirror, (await SignedAsync(mirror, rollup)).ToCalldata());
        await _away.RefuseAsync(Stranger, mirror, PayCall(1), "NotForThisChain(uint256)");
        await _away.SendAsync(Stranger, mirror, PayCall(2));
        Assert.Equal(Exchange.Money(700), await _away.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Recipient)));
    }

    [Fact]
    public async Task A_batch_needs_the_quorum_each_relayer_once()
    {
        var (mirror, _, rollup) = await DeployAsync();
        var (other, _, _) = await DeployAsync();
        var signed = await SignedAsync(mirror, rollup);
        var (first, second) = (signed.Signatures[0], signed.Signatures[1]);
        await RefuseAsync([], "TooFewSignatures(uint256,uint256)");
        await RefuseAsync([first], "TooFewSignatures(uint256,uint256)");
        await RefuseAsync([first, first], "SignersNotInOrder(address)");
        await RefuseAsync([second, first], "SignersNotInOrder(address)");
        await RefuseAsync([first, second with { S = Order - second.S, V = 55 - second.V }], "NotLowS()");
        await RefuseAsync([first, second with { V = 55 - second.V }], "NotRelayer(address)");
        await RefuseAsync([first, second with { V = 29 }], "NotRelayer(address)");
        await RefuseAsync([first, second with { R = 0 }], "NotRelayer(address)");
        var attested = Attestation(mirror, rollup);
        await RefuseAsync([first, await SignAsync(_away.Accounts[1], attested)], "NotRelayer(address)");
        foreach (var elsewhere in new[]
        {
            attested with { Mirror = AnvilNode.Number(other) },
            attested with { MirrorChain = MirrorChain + 1 },
            attested with { HomeChain = HomeChain + 1 },
            attested with { Rollup = AnvilNode.Number(mirror) },
            attested with { Number = 2 },
            attested with { OldRoot = attested.OldRoot + Fr.One },
            attested with { Batch = attested.Batch with { NewRoot = attested.OldRoot } },
            attested with { Batch = attested.Batch with { Time = attested.Batch.Time + 1 } },
            attested with { Batch = attested.Batch with { Digest = attested.Batch.Digest + Fr.One } },
            attested with { Words = [Fr.One, .. attested.Words.Skip(1)] },
        })
        {
            await RefuseAsync(await SignAsync(elsewhere), "NotRelayer(address)");
        }

        await _away.SendAsync(Stranger, mirror, signed.ToCalldata());

        // Once more it is no batch that follows, whoever signs.
        await RefuseAsync([first, second], "NotRelayer(address)");
        await RefuseAsync(await SignAsync(attested with { Number = 2, OldRoot = attested.Batch.NewRoot }), "InvalidProof()");

        Task RefuseAsync(IReadOnlyList<RelayerSignature> signatures, string error) =>
            _away.RefuseAsync(Stranger, mirror, (signed with { Signatures = signatures }).ToCalldata(), error);
    }

    [Fact]
    public async Task The_quorum_cannot_have_accepted_what_is_not_proved()
    {
        var (mirror, _, rollup) = await DeployAsync();
        var honest = Attestation(mirror, rollup);
        await RefuseAsync(honest with { Batch = honest.Batch with { NewRoot = honest.OldRoot } }, "InvalidProof()");
        await RefuseAsync(honest with { Batch = honest.Batch with { Time = honest.Batch.Time + 1 } }, "InvalidProof()");
        await RefuseAsync(honest with { Words = [honest.Words[0] + Fr.One, .. honest.Words.Skip(1)] }, "InvalidProof()");
        await RefuseAsync(honest with { Words = [.. honest.Words, Fr.Zero] }, "WrongWordCount(uint256,uint256)");
        await RefuseAsync(honest with { Batch = honest.Batch with { Shape = 1 } }, "UnknownShape(uint256)");
        await _away.SendAsync(Stranger, mirror, (await SubmissionAsync(honest)).ToCalldata());

        async Task RefuseAsync(BatchAttestation forged, string error) =>
            await _away.RefuseAsync(Stranger, mirror, (await SubmissionAsync(forged)).ToCalldata(), error);
    }

    [Fact]
    public async Task No_batch_is_skipped()
    {
        // A mirror that has not followed so far as the batch's old root, and one that is at another number.
        var (behind, _, rollup) = await DeployAsync(deployment => deployment with { Root = deployment.Root - 1 });
        await RefuseAsync(behind, Attestation(behind, rollup), "NotRelayer(address)");
        await RefuseAsync(behind, Attestation(behind, rollup) with { OldRoot = proved.Proof.Result.Public.OldRoot - Fr.One }, "InvalidProof()");
        var (ahead, _, itsRollup) = await DeployAsync(deployment => deployment with { Number = 1 });
        await RefuseAsync(ahead, Attestation(ahead, itsRollup), "NotRelayer(address)");
        await RefuseAsync(ahead, Attestation(ahead, itsRollup) with { Number = 2 }, "InvalidProof()");

        async Task RefuseAsync(string mirror, BatchAttestation attested, string error) =>
            await _away.RefuseAsync(Stranger, mirror, (await SubmissionAsync(attested)).ToCalldata(), error);
    }

    [Fact]
    public async Task A_token_that_calls_back_is_paid_out_once()
    {
        var (mirror, token, rollup) = await DeployAsync();
        await AddLiquidityAsync(mirror, token);
        await _away.SendAsync(Stranger, mirror, (await SignedAsync(mirror, rollup)).ToCalldata());
        foreach (var call in new[] { PayCall(1), Call("addLiquidity(uint256)", 1) })
        {
            var before = await _away.SnapshotAsync();
            await _away.SendAsync(Stranger, token, TestCalls.SetCall(mirror, call));
            await _away.SendAsync(Stranger, mirror, PayCall(1));
            Assert.Equal(Keccak.Selector("Reentered()"), (await _away.Client.CallAsync(token, Call("answer()")))[..4]);
            Assert.Equal(Exchange.Money(1_000), await _away.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(Recipient)));
            await _away.RevertAsync(before);
        }
    }

    [Fact]
    public async Task The_guardian_stops_batches_but_not_payments()
    {
        var (mirror, token, rollup) = await DeployAsync();
        await AddLiquidityAsync(mirror, token);
        var signed = (await SignedAsync(mirror, rollup)).ToCalldata();
        await _away.SendAsync(_away.Guardian, mirror, Call("pause()"));
        await _away.RefuseAsync(Stranger, mirror, signed, "BatchesPaused()");
        await _away.SendAsync(_away.Guardian, mirror, Call("unpause()"));
        await _away.SendAsync(Stranger, mirror, signed);
        await _away.SendAsync(_away.Guardian, mirror, Call("pause()"));
        await _away.SendAsync(Stranger, mirror, PayCall(1));
    }

    [Fact]
    public async Task A_quorum_is_of_distinct_relayers_and_a_chain_has_a_number()
    {
        await AssertRefusedAsync(deployment => deployment with { Quorum = 0 });
        await AssertRefusedAsync(deployment => deployment with { Quorum = 4 });
        await AssertRefusedAsync(deployment => deployment with { Relayers = [deployment.Relayers[0], deployment.Relayers[1], deployment.Relayers[0]] });
        await AssertRefusedAsync(deployment => deployment with { Relayers = [deployment.Relayers[0], deployment.Relayers[1], 0] });
        await AssertRefusedAsync(deployment => deployment with { Chain = 0 });
        await AssertRefusedAsync(deployment => deployment with { Chain = 16 });
        await DeployAsync(deployment => deployment with { Quorum = 3, Chain = 15 });

        async Task AssertRefusedAsync(Func<MirrorDeployment, MirrorDeployment> change) => Assert.NotNull(await Record.ExceptionAsync(() => DeployAsync(change)));
    }

    public void Dispose()
    {
        _home.Dispose();
        _away.Dispose();
    }

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    /// <summary>That a call costs what bench/results says, within 2 %.</summary>
    private static void AssertCost(string call, long recorded, Receipt receipt)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {call} | {receipt.GasUsed:N0} |"));
        Assert.InRange(receipt.GasUsed, 0.98 * recorded, 1.02 * recorded);
    }

    /// <summary>The call that pays a lane's withdrawal, or what is given in its stead with its path.</summary>
    private byte[] PayCall(int lane, int? place = null, BigInteger? word = null, int batch = 1) => new AbiWriter()
        .Add(batch, place ?? lane, word ?? proved.Withdrawals[lane].ToInteger())
        .AddArray(new WithdrawalTree(proved.Withdrawals).PathOf(lane))
        .ToBytes(Pay);

    private BatchAttestation Attestation(string mirror, string rollup) => new(
        MirrorChain, AnvilNode.Number(mirror), HomeChain, AnvilNode.Number(rollup), 1, proved.Proof.Result.Public.OldRoot, proved.Proof.Submission, proved.Words);

    private Task<MirrorSubmission> SignedAsync(string mirror, string rollup) => SubmissionAsync(Attestation(mirror, rollup));

    private async Task<MirrorSubmission> SubmissionAsync(BatchAttestation attested) => new(attested.Batch, attested.Words, await SignAsync(attested));

    /// <summary>The signatures of the first two relayers.</summary>
    private async Task<RelayerSignature[]> SignAsync(BatchAttestation attested) => [await SignAsync(Relayers[0], attested), await SignAsync(Relayers[1], attested)];

    /// <summary>A signature that the node makes of the typed data.</summary>
    private async Task<RelayerSignature> SignAsync(string signer, BatchAttestation attested)
    {
        var signature = Convert.FromHexString((await _away.Client.RequestAsync("eth_signTypedData_v4", signer, attested.ToTypedData())).GetString()![2..]);
        return new(
            AnvilNode.Number(signer),
            signature[64],
            new(signature.AsSpan(0, 32), isUnsigned: true, isBigEndian: true),
            new(signature.AsSpan(32, 32), isUnsigned: true, isBigEndian: true));
    }

    private async Task AddLiquidityAsync(string mirror, string token)
    {
        await _away.SendAsync(Stranger, token, Call("mint(address,uint256)", AnvilNode.Number(Stranger), Exchange.Money(5_000)));
        await _away.SendAsync(Stranger, token, Call("approve(address,uint256)", AnvilNode.Number(mirror), Exchange.Money(5_000)));
        await _away.SendAsync(Stranger, mirror, Call("addLiquidity(uint256)", Exchange.Money(4_000)));
    }

    /// <summary>The rollup at home, with the batch's deposit waiting.</summary>
    private async Task<string> DeployHomeAsync(int settlers)
    {
        var (rollup, _) = await proved.DeployAsync(
            _home, deployment => deployment with { Settlers = [.. _home.Accounts.Skip(2).Take(settlers).Select(AnvilNode.Number)] });
        await ProvedBatch.DepositAsync(_home, rollup, proved.Deposit);
        return rollup;
    }

    private async Task<(string Mirror, string Token, string Rollup)> DeployAsync(Func<MirrorDeployment, MirrorDeployment>? change = null)
    {
        var rollup = await DeployHomeAsync(settlers: 2);
        var token = await _away.DeployAsync(proved.Code["TestToken"]);
        var verifier = await _away.DeployAsync(proved.Code[SolidityVerifier.ContractName]);
        var deployment = new MirrorDeployment(
            proved.Proof.Result.Public.OldRoot.ToInteger(),
            Number: 0,
            StateHash.Configuration(proved.Proof.Batch.Configuration).ToInteger(),
            Chain: 1,
            AnvilNode.Number(token),
            AnvilNode.Number(_away.Governor),
            AnvilNode.Number(_away.Guardian),
            HomeChain,
            AnvilNode.Number(rollup),
            Quorum: 2)
        {
            Shapes = [proved.Registered(verifier)],
            Relayers = [.. Relayers.Select(AnvilNode.Number)],
        };
        var mirror = await _away.DeployAsync([.. proved.Code["SettlementMirror"], .. (change?.Invoke(deployment) ?? deployment).ToArguments()]);
        return (mirror, token, rollup);
    }
}
