using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Chain.Tests;

/// <summary>Everybody gets out of a frozen rollup with what he is worth, with a real proof, once, and never with more than there is.</summary>
public sealed class EscapeTests(SmallBatch proved) : IDisposable
{
    private const long Day = 86_400;
    private const long FrozenAt = SmallBatch.Time + (8 * Day);
    private const long AfterWindow = FrozenAt + (30 * Day) + 1;
    private const long FundMayCome = FrozenAt + (60 * Day) + 1;

    private static readonly BigInteger Recipient = AnvilNode.Number("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    private readonly AnvilNode _node = new(SmallBatch.Time + 10);

    private string Stranger => _node.Accounts[0];

    [Fact]
    public async Task Everybody_leaves_with_what_the_last_batch_left_him()
    {
        var (rollup, token) = await proved.DeployAsync(_node);
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit);
        await _node.SendAsync(Stranger, rollup, proved.Proof.Submission.ToCalldata());
        await FreezeAsync(rollup);

        // The state that the batch has proved, house and fees included, is what the contract holds.
        var ledger = proved.Proof.Result.Ledger;
        var (worth, credited) = (BigInteger.Zero, await ClaimableAsync(rollup));
        foreach (var account in ledger.Accounts.Keys)
        {
            var escape = Prove(ledger, account);
            worth += escape.Amount;
            await _node.SendAsync(Stranger, rollup, escape.ToCalldata());
            Assert.Equal(1, await _node.ReadAsync(rollup, "hasEscaped(uint256)", account));
        }

        await _node.RefuseAsync(Stranger, rollup, Call("payShare(uint256)", 3), "EscapeWindowOpen(uint256)");
        await _node.MineAtAsync(AfterWindow);
        foreach (var account in ledger.Accounts.Keys)
        {
            await _node.SendAsync(Stranger, rollup, Call("payShare(uint256)", account));
        }

        await _node.SendAsync(_node.Accounts[1], rollup, Call("claim()"));
        Assert.Equal(credited + worth, await _node.ReadAsync(token, "balanceOf(address)", Recipient));
        await _node.SendAsync(Stranger, rollup, Call("takeBack(uint256)", 1));
        await _node.SendAsync(Stranger, rollup, Call("claim()"));

        // What nobody can take is what the house has, up to the rests of roundings.
        var house = ledger.House >> 32;
        Assert.InRange(await _node.ReadAsync(token, "balanceOf(address)", AnvilNode.Number(rollup)), house, house + ledger.Accounts.Count);
    }

    [Fact]
    public async Task Nobody_escapes_twice_early_or_with_a_proof_of_something_else()
    {
        var ledger = UnderWater();
        var rollup = await DeployAsync(ledger);
        var (escape, other) = (Prove(ledger, 7), Prove(ledger, 11));
        await _node.RefuseAsync(Stranger, rollup, escape.ToCalldata(), "NotFrozen()");
        await FreezeAsync(rollup);

        await RefuseAsync(escape with { Account = 11 });
        await RefuseAsync(escape with { Account = 7 + Fr.Modulus });
        await RefuseAsync(escape with { Recipient = AnvilNode.Number(Stranger) });
        await RefuseAsync(escape with { Amount = escape.Amount + 1 });
        await RefuseAsync(escape with { Amount = escape.Amount - 1 });
        await RefuseAsync(escape with { Proof = other.Proof });
        await RefuseAsync(Prove(proved.Proof.Result.Ledger, 7));

        await _node.SendAsync(Stranger, rollup, escape.ToCalldata());
        await _node.RefuseAsync(Stranger, rollup, escape.ToCalldata(), "AlreadyEscaped(uint256)");
        await _node.MineAtAsync(AfterWindow);
        await _node.RefuseAsync(Stranger, rollup, escape.ToCalldata(), "AlreadyEscaped(uint256)");
        await _node.RefuseAsync(Stranger, rollup, Call("payShare(uint256)", 11), "NoShare(uint256)");
        await _node.SendAsync(Stranger, rollup, Call("payShare(uint256)", 7));
        await _node.RefuseAsync(Stranger, rollup, Call("payShare(uint256)", 7), "NoShare(uint256)");
        await _node.SendAsync(_node.Accounts[1], rollup, Call("claim()"));
        await _node.RefuseAsync(_node.Accounts[1], rollup, Call("claim()"), "NothingToClaim()");

        Task RefuseAsync(EscapeSubmission forged) => _node.RefuseAsync(Stranger, rollup, forged.ToCalldata(), "InvalidProof()");
    }

    [Fact]
    public async Task An_account_under_water_takes_nothing()
    {
        var ledger = UnderWater();
        var rollup = await DeployAsync(ledger);
        await FreezeAsync(rollup);

        // Account 3 owes 5,000 more than it has. Its proof is of 0; that of another amount would be a proof of the opposite.
        var escape = Prove(ledger, 3);
        Assert.Equal(0, escape.Amount);
        await _node.RefuseAsync(Stranger, rollup, escape.ToCalldata(), "NothingToEscape(uint256)");
        await _node.RefuseAsync(Stranger, rollup, (escape with { Amount = Exchange.Money(5_000) }).ToCalldata(), "InvalidProof()");
        await _node.RefuseAsync(Stranger, rollup, (escape with { Amount = 1 }).ToCalldata(), "InvalidProof()");
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 12).ToCalldata());
    }

    [Fact]
    public async Task What_is_missing_is_missing_for_all_in_proportion()
    {
        var ledger = UnderWater();
        var rollup = await DeployAsync(ledger);
        await FreezeAsync(rollup);
        foreach (var account in new[] { 12, 7, 11 })
        {
            await _node.SendAsync(Stranger, rollup, Prove(ledger, account).ToCalldata());
        }

        // 25,000 are claimed and 20,000 are there, beside the deposit that was never served.
        await _node.MineAtAsync(AfterWindow);
        foreach (var (account, dollars) in new[] { (11, 3_200), (7, 16_000), (12, 800) })
        {
            var before = await ClaimableAsync(rollup);
            await _node.SendAsync(Stranger, rollup, Call("payShare(uint256)", account));
            Assert.Equal(Exchange.Money(dollars), await ClaimableAsync(rollup) - before);
        }

        Assert.Equal(Amounts((12, 1_000), (7, 20_000), (11, 4_000)), await _node.EventsAsync(rollup, "Escaped(uint256 indexed,address indexed,uint256)"));
        await _node.AssertEventAsync(rollup, "Settled(uint256,uint256)", Exchange.Money(20_000), Exchange.Money(25_000));
        Assert.Equal(Amounts((11, 3_200), (7, 16_000), (12, 800)), await _node.EventsAsync(rollup, "SharePaid(uint256 indexed,address indexed,uint256)"));

        await _node.SendAsync(_node.Accounts[1], rollup, Call("claim()"));
        await _node.SendAsync(Stranger, rollup, Call("takeBack(uint256)", 0));
        await _node.SendAsync(Stranger, rollup, Call("claim()"));

        static BigInteger[][] Amounts(params (long Account, decimal Dollars)[] paid) => [.. paid.Select(item => new[] { item.Account, Recipient, Exchange.Money(item.Dollars) })];
    }

    [Fact]
    public async Task Whoever_comes_late_has_what_is_left()
    {
        var ledger = UnderWater();
        var rollup = await DeployAsync(ledger);
        await FreezeAsync(rollup);
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 11).ToCalldata());
        await _node.MineAtAsync(AfterWindow);

        await _node.SendAsync(Stranger, rollup, Prove(ledger, 7).ToCalldata());
        Assert.Equal(Exchange.Money(16_000), await ClaimableAsync(rollup));
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 12).ToCalldata());
        Assert.Equal(Exchange.Money(16_000), await ClaimableAsync(rollup));
        await _node.SendAsync(Stranger, rollup, Call("payShare(uint256)", 11));
        Assert.Equal(Exchange.Money(20_000), await ClaimableAsync(rollup));
        await _node.SendAsync(_node.Accounts[1], rollup, Call("claim()"));
    }

    [Fact]
    public async Task The_insurance_fund_comes_after_those_whom_it_insures()
    {
        // The fund would take more than there is; account 11 comes within the window, 12 late, and the fund has what both leave.
        var ledger = UnderWater(fund: 30_000);
        var rollup = await DeployAsync(ledger);
        await FreezeAsync(rollup);
        var fund = Prove(ledger, 0).ToCalldata();
        await _node.RefuseAsync(Stranger, rollup, fund, "FundComesLast(uint256)");
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 11).ToCalldata());
        await _node.MineAtAsync(AfterWindow);
        await _node.RefuseAsync(Stranger, rollup, fund, "FundComesLast(uint256)");
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 12).ToCalldata());
        Assert.Equal(Exchange.Money(1_000), await ClaimableAsync(rollup));

        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", FundMayCome - 1);
        Assert.False((await _node.Client.SendAsync(Stranger, rollup, fund)).Succeeded);
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", FundMayCome);
        await _node.SendAsync(Stranger, rollup, fund);
        Assert.Equal(Exchange.Money(16_000), await ClaimableAsync(rollup));
        await _node.SendAsync(Stranger, rollup, Prove(ledger, 7).ToCalldata());
        await _node.SendAsync(Stranger, rollup, Call("payShare(uint256)", 11));
        Assert.Equal(Exchange.Money(20_000), await ClaimableAsync(rollup));
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Call(string signature, params BigInteger[] arguments) => new AbiWriter().Add(arguments).ToBytes(signature);

    /// <summary>At a price of 10,000, in dollars: account 3 is worth −5,000 and the others 20,000, 4,000 and 1,000; they have 20,000 together.</summary>
    private Ledger UnderWater(decimal? fund = null)
    {
        var exchange = SmallBatch.Exchange;
        var coin = Exchange.Size(1);
        var state = Exchange.Genesis(proved.Proof.Batch.Shape) with
        {
            Accounts = ImmutableSortedDictionary<long, Account>.Empty
                .Add(3, Owned(3, -15_000, coin))
                .Add(7, Owned(7, 30_000, -coin))
                .Add(11, Owned(11, 4_000, 0))
                .Add(12, Owned(12, 1_000, 0)),
        };
        if (fund is { } dollars)
        {
            state = state with { Accounts = state.Accounts.Add(0, Owned(0, dollars, 0)) };
        }

        var market = state.Markets[1] with { Price = Exchange.Price(10_000), OpenInterest = coin };
        return (state with { Markets = state.Markets.With(1, market) }).OpenLedger(proved.Proof.Batch.Shape);

        Account Owned(long index, decimal dollars, long size) => Account.Empty with
        {
            Owner = exchange.OwnerOf(index).PublicKey,
            Cash = Exchange.Money(dollars),
            Positions = size == 0 ? Account.Empty.Positions : Account.Empty.Positions.Add(1, new(size, 0)),
        };
    }

    /// <summary>A rollup in a state, with the 20,000 that its accounts have.</summary>
    private async Task<string> DeployAsync(Ledger ledger) =>
        (await proved.DeployAsync(_node, deployment => deployment with { Root = ledger.Root.ToInteger() })).Rollup;

    private async Task FreezeAsync(string rollup)
    {
        await ProvedBatch.DepositAsync(_node, rollup, proved.Deposit with { Account = 9, Amount = 7 });
        await _node.Client.RequestAsync("evm_setNextBlockTimestamp", FrozenAt);
        await _node.SendAsync(Stranger, rollup, Call("freeze()"));
    }

    private EscapeSubmission Prove(Ledger ledger, long account)
    {
        var configuration = SmallBatch.Exchange.Configuration;
        var request = EscapeRequest.Sign(SmallBatch.Exchange.OwnerOf(account), configuration, account, ledger[account].Nonce, Recipient);
        return proved.Escape(ledger, request).Submission;
    }

    private Task<BigInteger> ClaimableAsync(string rollup) => _node.ReadAsync(rollup, "claimable(address)", Recipient);
}
