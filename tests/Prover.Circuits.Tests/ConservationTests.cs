using System.Numerics;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>A transition with a fault in it may invent positions or money with everything else in order: what a batch conserves gives it away.</summary>
public sealed class ConservationTests : IDisposable
{
    /// <summary>Faults that pay one account 10⁻⁶ USD more than anybody pays.</summary>
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["transfer"] = new("transfer.circuit", "other.cash + t.amount", "other.cash + t.amount + 1", Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Bob, 5)).With(Desk.Bob, account => account with { Owner = Desk.OwnerOf(Desk.Alice) }), Desk.Bob),
        ["liquidation"] = new("liquidate.circuit", "-sign * l.quote - taker.fee)", "1 - sign * l.quote - taker.fee)", LiquidationCases.Long(50_000), Desk.Bob),
        ["sweep"] = new("takeover.circuit", "s.fund.account.cash + s.amount", "s.fund.account.cash + s.amount + 1", TakeOverCases.Swept(5), Desk.Fund),
        ["take-over"] = new("takeover.circuit", "t.fund.account, markets, loss.market, size_of(loss), -loss.paid", "t.fund.account, markets, loss.market, size_of(loss), 1 - loss.paid", TakeOverCases.Long(49_500), Desk.Fund),
        ["deleveraging"] = new("takeover.circuit", "d.against.account, markets, loss.market, size, -loss.paid", "d.against.account, markets, loss.market, size, 1 - loss.paid", DeleverageCases.Whole(), Desk.Bob),
        ["lock"] = new("lock.circuit", "narrow(o.cash - l.amount,", "narrow(o.cash - l.amount + 1,", Desk.Locking(Desk.Lock()), Desk.Alice),
        ["claim"] = new("lock.circuit", "other.cash + l.amount", "other.cash + l.amount + 1", LockCases.Claim(), Desk.Bob),
        ["forced close"] = new("forced.circuit", "{ fund } else { no_account<SLOTS>() }, markets, c.market, size, -cash", "{ fund } else { no_account<SLOTS>() }, markets, c.market, size, 1 - cash", ForcedCases.ByName["a long position closed"].Batch, Desk.Fund),
        ["forced exit"] = new("forced.circuit", "narrow(o.cash - paid,", "narrow(o.cash - paid + 1,", ForcedCases.ByName["an exit with all"].Batch, Desk.Alice),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_seller_who_sells_less_than_is_bought_is_noticed()
    {
        var result = BatchExecutor.Execute(Desk.Batch(Desk.Trade()));
        Assert.Null(TinyBatch.Refusal(result.Inputs));
        var bob = result.Ledger[Desk.Bob];
        result.Ledger[Desk.Bob] = bob with { Positions = bob.Positions.SetItem(1, bob.Positions[1] with { Size = -999 }) };
        Assert.Equal(
            "open interests differ: 1000 long, 999 short in market 1",
            RefusalOf("trade.circuit", "t.base, -t.base, t.quote", "t.base, 1 - t.base, t.quote", result));
    }

    [Fact]
    public void A_seller_who_gets_more_than_is_paid_is_noticed()
    {
        var result = BatchExecutor.Execute(Desk.Batch(Desk.Trade()));
        result.Ledger[Desk.Bob] = result.Ledger[Desk.Bob] with { Cash = result.Ledger[Desk.Bob].Cash + 1 };
        Assert.Equal("claims do not add up", RefusalOf("trade.circuit", "t.quote - seller.fee", "t.quote + 1 - seller.fee", result));
    }

    [Fact]
    public void A_fee_that_nobody_gets_is_noticed()
    {
        var result = BatchExecutor.Execute(Desk.Batch(Desk.Trade(seller: order => order with { Fee = 40 })));
        result.Ledger.House -= (BigInteger)40 << 32;
        Assert.Equal("claims do not add up", RefusalOf("trade.circuit", "sold, buyer.fee + seller.fee)", "sold, buyer.fee)", result));
    }

    [Fact]
    public void Funding_that_is_rounded_in_the_accounts_favour_is_noticed()
    {
        // Long 1 unit with a funding of a half: it pays 1, and the half beyond is the house's.
        var batch = Desk.Batch(Desk.Withdrawal(Desk.Alice, 5)).WithPosition(Desk.Alice, 1, 1).WithMarket(1, market => market with { Funding = 1L << 31 });
        var result = BatchExecutor.Execute(batch);
        Assert.Null(TinyBatch.Refusal(result.Inputs));
        Assert.Equal(1L << 31, result.Ledger.House - batch.State.House);
        result.Ledger[Desk.Alice] = result.Ledger[Desk.Alice] with { Cash = result.Ledger[Desk.Alice].Cash + 1 };
        Assert.Equal("claims do not add up", RefusalOf("risk.circuit", "cash: narrow(cash, Cash,", "cash: narrow(cash + 1, Cash,", result));
    }

    [Fact]
    public void A_withdrawal_that_costs_nothing_is_noticed()
    {
        var result = BatchExecutor.Execute(Desk.Batch(Desk.Withdrawal(Desk.Alice, 5)));
        result.Ledger[Desk.Alice] = result.Ledger[Desk.Alice] with { Cash = Desk.Million };
        Assert.Equal("claims do not add up", RefusalOf("withdraw.circuit", "narrow(o.cash - w.amount, TradedCash", "narrow(o.cash, TradedCash", result));
    }

    [Fact]
    public void A_deposit_counted_twice_is_noticed()
    {
        var result = BatchExecutor.Execute(Desk.Batch(Desk.Deposit(Desk.Alice, 5)));
        result.Ledger[Desk.Alice] = result.Ledger[Desk.Alice] with { Cash = Desk.Million + 10 };
        Assert.Equal("claims do not add up", RefusalOf("deposit.circuit", "before.cash + deposit.amount", "before.cash + 2 * deposit.amount", result));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_more_for_somebody_is_noticed_in_every_lane(string name)
    {
        var fault = Faults[name];
        var result = BatchExecutor.Execute(fault.Batch);
        Assert.True(result.IsAccepted);
        Assert.Null(TinyBatch.Refusal(TinyBatch.CircuitOf(fault.Batch.Shape), result.Inputs));
        result.Ledger[fault.Gains] = result.Ledger[fault.Gains] with { Cash = result.Ledger[fault.Gains].Cash + 1 };
        Assert.Equal("claims do not add up", RefusalOf(fault.File, fault.Right, fault.Wrong, result, fault.Batch.Shape));
    }

    /// <summary>What a circuit with a fault says of a batch whose ledger has been brought to where the fault leads.</summary>
    private string? RefusalOf(string file, string right, string wrong, BatchResult result, BatchShape? shape = null)
    {
        var circuit = TinyBatch.CompileEdited(shape ?? TinyBatch.Shape, _folder, Path.Combine("margin", file), text =>
        {
            Assert.True(text.Split(right).Length == 2, $"{file} has '{right}' once");
            return text.Replace(right, wrong, StringComparison.Ordinal);
        });
        var claimed = PublicInputs.Derive(result.Words, result.Public.OldRoot, result.Ledger.Root);
        result.Inputs.Set("new_root", claimed.NewRoot);
        result.Inputs.Set("challenge", claimed.Challenge);
        result.Inputs.Set("evaluation", claimed.Evaluation);
        return TinyBatch.Refusal(circuit, result.Inputs);
    }

    /// <param name="File">The file of circuits/margin that it is in.</param>
    /// <param name="Right">What stands there.</param>
    /// <param name="Wrong">What would stand there.</param>
    /// <param name="Batch">A batch that is accepted without it.</param>
    /// <param name="Gains">Who gets more with it.</param>
    private sealed record Fault(string File, string Right, string Wrong, Batch Batch, long Gains);
}
