using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The plain cases: what the executor accepts satisfies the circuit with the same new root.</summary>
public class TransitionTests
{
    private static void AssertAccepted(Batch batch)
    {
        var result = BatchExecutor.Execute(batch);
        Assert.Equal([], result.Verdicts.Where(verdict => verdict.Rejection is not null).Select(verdict => verdict.Rejection!.ToString()));
        Assert.Null(TinyBatch.Refusal(result.Inputs));
    }

    [Fact]
    public void An_empty_batch_keeps_the_root()
    {
        var batch = Desk.Batch();
        var result = BatchExecutor.Execute(batch);
        Assert.Equal(result.Public.OldRoot, result.Public.NewRoot);
        AssertAccepted(batch);
    }

    [Fact]
    public void Whoever_pays_into_the_insurance_fund_first_the_governance_owns_it()
    {
        var batch = Desk.Batch(Desk.Deposit(Desk.Fund, 5));
        AssertAccepted(batch);
        Assert.Equal(Desk.Configuration.Governance, BatchExecutor.Execute(batch).Ledger[Desk.Fund].Owner);
        AssertAccepted(batch.With(Desk.Fund, _ => Desk.Owned(Desk.Bob, 1)));
        Assert.Equal(Desk.OwnerOf(Desk.Bob), BatchExecutor.Execute(batch.With(Desk.Fund, _ => Desk.Owned(Desk.Bob, 1))).Ledger[Desk.Fund].Owner);
    }

    /// <summary>Otherwise it could not take over what only accounts with portfolio margin may hold. Whoever else is opened has tiers.</summary>
    [Theory]
    [InlineData(Desk.Fund, true)]
    [InlineData(Desk.Carol, false)]
    public void The_insurance_fund_is_opened_with_portfolio_margin_where_there_are_scenarios(long account, bool portfolio)
    {
        var plain = Desk.Batch(Desk.Deposit(account, 5));
        Assert.False(BatchExecutor.Execute(plain).Ledger[account].Portfolio);
        var result = BatchExecutor.Execute(plain.WithScenarios([[1, 2], [3, 4]]));
        Assert.Equal(portfolio, result.Ledger[account].Portfolio);
        Assert.Null(TinyBatch.Refusal(TinyBatch.CircuitOf(TinyBatch.WithScenarios(plain.Shape)), result.Inputs));
    }

    [Fact]
    public void Every_lane_at_once() =>
        AssertAccepted(Desk.Batch(Desk.Tick(), Desk.Deposit(Desk.Carol, 77), Desk.Trade(), Desk.Withdrawal(Desk.Alice, 500)));
}
