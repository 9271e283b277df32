using System.Numerics;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>A transition with a fault in it may invent positions or money with everything else in order: what a batch conserves gives it away.</summary>
public sealed class ConservationTests : IDisposable
{
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

    /// <summary>What a circuit with a fault says of a batch whose ledger has been brought to where the fault leads.</summary>
    private string? RefusalOf(string file, string right, string wrong, BatchResult result)
    {
        var circuit = TinyBatch.CompileEdited(TinyBatch.Shape, _folder, Path.Combine("margin", file), text =>
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
}
