using Prover.BatchGenerator;
using Prover.Compiler;
using Prover.Language;
using Prover.Margin;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>Several lanes of each kind over random histories: lanes see each other's updates, batches see the ones before.</summary>
public class HistoryTests
{
    private const int Batches = 12;

    /// <summary>So many reasons to refuse a transaction of a kind must occur in a history of <see cref="LongHistory"/> batches.</summary>
    private const int FewestRules = 15;
    private const int LongHistory = 36;

    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 2, Deposits: 2, Trades: 2, Withdrawals: 2);

    private static readonly BatchShape Messages = new(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 2, Trades: 2, Withdrawals: 2)
    {
        Keys = 2, Cancels = 2, Transfers = 2, Liquidations = 2,
    };

    private static readonly BatchShape Requests = Messages with { Keys = 0, Cancels = 0, Transfers = 0, Liquidations = 0, Locks = 2, Unlocks = 2, Closes = 2, Exits = 2 };

    [Fact]
    public void Circuit_reaches_the_executors_root()
    {
        var compilation = CircuitCompiler.Compile(Repository.PathOf("circuits", "rollup", "batch.circuit"), Shape.RuleName);
        Assert.True(compilation.Circuit is not null, DiagnosticRenderer.Render(compilation.Diagnostics));
        var history = new RandomBatches(new Exchange("random histories"), Shape, seed: 5);
        var lanes = new List<Lane>();
        for (var i = 0; i < Batches; i++)
        {
            var batch = history.Next();
            var result = BatchExecutor.Execute(batch);
            Assert.True(result.IsAccepted, $"batch {batch.Number}");
            Assert.Null(TinyBatch.Refusal(compilation.Circuit, result.Inputs));
            Assert.Equal(result.Ledger.Root, result.Public.NewRoot);
            lanes.AddRange(batch.Transactions.GroupBy(transaction => transaction.Lane).Where(group => group.Count() == 2).Select(group => group.Key));
        }

        Assert.Equal([Lane.Deposit, Lane.Trade, Lane.Withdrawal], lanes.Distinct().Order());
    }

    /// <summary>Keys, cancels, transfers and liquidations among the trades, without scenarios and with them.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(3, 2)]
    public void Circuit_and_executor_agree_on_whole_histories(int seed, int scenarios)
    {
        var (lanes, isSession, isPortfolio) = (new HashSet<Lane>(), false, false);
        FollowLong("random histories", Messages with { Scenarios = scenarios }, seed, (batch, result) =>
        {
            lanes.UnionWith(batch.Transactions.Select(transaction => transaction.Lane));
            isPortfolio |= result.Ledger.Accounts.Values.Any(account => account.Portfolio && account.Positions.Count > 0);
            isSession |= batch.Transactions.OfType<Trade>().Any(trade => trade.Buyer.Session is not null || trade.Seller.Session is not null);
        });
        Assert.True(lanes.SetEquals([Lane.Tick, Lane.Deposit, Lane.Keys, Lane.Cancel, Lane.Transfer, Lane.Liquidation, Lane.Trade, Lane.Withdrawal]), string.Join(", ", lanes));
        Assert.Equal(scenarios > 0, isPortfolio);
        Assert.True(isSession, "session keys do not sign");
    }

    /// <summary>Money under hash locks, and what the contract is asked for, which is carried out in full, in part or not at all.</summary>
    [Fact]
    public void Circuit_and_executor_agree_on_locks_and_forced_requests()
    {
        var (lanes, answers) = (new HashSet<Lane>(), new HashSet<string>());
        FollowLong("random requests", Requests, seed: 1, (batch, result) =>
        {
            lanes.UnionWith(batch.Transactions.Select(transaction => transaction is Unlock unlock && unlock.IsClaim ? Lane.Lock : transaction.Lane));
            answers.UnionWith(result.Verdicts.Where(verdict => verdict.Transaction is ForcedRequest).Select(verdict => $"{verdict.Transaction.Lane}: {verdict.Shortfall?.Rule}"));
        });
        Assert.True(lanes.SetEquals([Lane.Tick, Lane.Deposit, Lane.Lock, Lane.Unlock, Lane.ForcedClose, Lane.Trade, Lane.Withdrawal, Lane.ForcedExit]), string.Join(", ", lanes));
        Assert.True(answers.Count >= 5, string.Join("; ", answers));
    }

    /// <summary>
    /// Each batch of a long history is accepted; and one by one the transactions that it leaves out are refused for the executor's reason, one for each reason.
    /// </summary>
    private static void FollowLong(string exchange, BatchShape shape, int seed, Action<Batch, BatchResult> seen)
    {
        var history = new RandomBatches(new Exchange(exchange), shape, seed);
        var circuit = TinyBatch.CircuitOf(shape);
        var rules = new HashSet<string>();
        for (var i = 0; i < LongHistory; i++)
        {
            var batch = history.Next();
            var result = BatchExecutor.Execute(batch);
            Assert.True(result.IsAccepted, $"seed {seed}, batch {batch.Number}");
            var refusal = TinyBatch.Refusal(circuit, result.Inputs);
            Assert.True(refusal is null, $"seed {seed}, batch {batch.Number}: {refusal}");
            seen(batch, result);
            foreach (var refused in history.Refused.Where(verdict => HasRoom(batch, verdict.Transaction.Lane) && rules.Add(NameOf(verdict))))
            {
                AssertAgreement(batch with { Transactions = batch.Transactions.Add(refused.Transaction) }, circuit, $"seed {seed}, batch {batch.Number}, {refused.Transaction}");
            }
        }

        Assert.True(rules.Count >= FewestRules, $"seed {seed}: {string.Join("; ", rules)}");
    }

    private static string NameOf(Verdict refused) => $"{refused.Transaction.Lane}: {refused.Rejection!.Rule}";

    private static bool HasRoom(Batch batch, Lane lane) =>
        lane is not Lane.Tick && batch.Transactions.Count(transaction => transaction.Lane == lane) < 2;

    private static void AssertAgreement(Batch batch, CompiledCircuit circuit, string origin)
    {
        var rejection = BatchExecutor.Execute(batch).Verdicts.OrderBy(verdict => verdict.Transaction.Lane).Select(verdict => verdict.Rejection).FirstOrDefault(item => item is not null);
        var refusal = TinyBatch.Refusal(circuit, TinyBatch.Inputs(batch));
        var agree = rejection is null ? refusal is null : refusal?.StartsWith(rejection.Rule, StringComparison.Ordinal) == true;
        Assert.True(agree, $"{origin}: {rejection?.ToString() ?? "accepted"}, but the circuit: {refusal ?? "accepted"}");
    }
}
