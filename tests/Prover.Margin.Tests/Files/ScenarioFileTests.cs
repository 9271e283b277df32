using System.Collections.Immutable;
using Prover.BatchGenerator;
using Prover.Testing;

namespace Prover.Margin.Tests;

/// <summary>Scenarios and portfolio margin in batch files.</summary>
public class ScenarioFileTests
{
    private static readonly BatchShape Shape = new(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 2, Trades: 2, Withdrawals: 1) { Keys = 2, Scenarios = 2 };

    /// <summary>A batch whose state has shocks, whose tick has others, and that has an account with portfolio margin.</summary>
    private static readonly Batch Honest = Find(new(new Exchange("scenario files"), Shape, seed: 1));

    private static readonly string Json = BatchFile.ToJson(Honest);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = BatchFile.Parse(Json, "batch.json");
        Assert.Equal(Json, BatchFile.ToJson(read));
        Assert.Equal(Honest.OpenLedger().Root, read.OpenLedger().Root);
    }

    [Fact]
    public void Shapes_without_scenarios_have_nothing_of_them_in_their_files() =>
        Assert.DoesNotContain("shocks", File.ReadAllText(Repository.PathOf("bench", "batches", "first.json")), StringComparison.Ordinal);

    [Fact]
    public void Shocks_are_as_many_as_the_shape_has_scenarios()
    {
        Assert.Equal("batch.json: $.state.markets.list[1].shocks: expected 2 elements, got 1.", Refusal(Honest with
        {
            State = Honest.State with { Markets = Honest.State.Markets.With(2, Honest.State.Markets[2] with { Shocks = [1] }) },
        }));
        Assert.Equal("batch.json: $.transactions[0].shocks[1]: expected 2 elements, got 3.", Refusal(WithTick(tick => tick with { Shocks = [[1, 2], [3, 4, 5]] })));
        Assert.Equal("batch.json: $.transactions[0].shocks: expected 2 elements, got 0.", Refusal(WithTick(tick => tick with { Shocks = [] })));
        BatchFile.Parse(BatchFile.ToJson(WithTick(tick => tick with { Shocks = [[1, 2], [3, long.MinValue]] })), "batch.json");
    }

    [Fact]
    public void A_shape_has_at_most_sixteen_scenarios()
    {
        Parse(16);
        Assert.Equal("batch.json: $.shape.scenarios: 17 is not from 0 to 16.", Assert.Throws<BatchFileException>(() => Parse(17)).Message);

        static void Parse(int scenarios)
        {
            var shape = Shape with { Scenarios = scenarios };
            BatchFile.Parse(BatchFile.ToJson(Honest with { Shape = shape, State = Exchange.Genesis(shape), Transactions = [] }), "batch.json");
        }
    }

    [Fact]
    public void Nobody_has_portfolio_margin_without_scenarios()
    {
        var account = Honest.State.Accounts.First(item => item.Value.Portfolio).Key;
        var without = Honest with
        {
            Shape = Shape with { Scenarios = 0 },
            State = Honest.State with { Markets = Honest.State.Markets.WithScenarios(0) },
            Transactions = [],
        };
        Assert.Equal($"batch.json: $.state.accounts.{account}.portfolio: the shape has no scenarios.", Refusal(without));
        var tiered = without.State.Accounts.Select(item => KeyValuePair.Create(item.Key, item.Value with { Portfolio = false }));
        BatchFile.Parse(BatchFile.ToJson(without with { State = without.State with { Accounts = without.State.Accounts.SetItems(tiered) } }), "batch.json");
    }

    [Fact]
    public void No_market_is_for_portfolio_margin_without_scenarios()
    {
        Parse(Shape, isOnly: true);
        Parse(Shape with { Scenarios = 0 }, isOnly: false);
        Assert.Equal(
            "batch.json: $.state.markets.list[0].portfolioOnly: the shape has no scenarios.",
            Assert.Throws<BatchFileException>(() => Parse(Shape with { Scenarios = 0 }, isOnly: true)).Message);

        static void Parse(BatchShape shape, bool isOnly)
        {
            var genesis = Exchange.Genesis(shape);
            var markets = genesis.Markets.With(1, genesis.Markets[1] with { PortfolioOnly = isOnly });
            BatchFile.Parse(BatchFile.ToJson(Honest with { Shape = shape, State = genesis with { Markets = markets }, Transactions = [] }), "batch.json");
        }
    }

    [Fact]
    public void Nobody_who_is_isolated_has_two_positions()
    {
        var account = Honest.State.Accounts.Keys.First();
        Parse(isIsolated: true, 1);
        Parse(isIsolated: false, 1, 2);
        Assert.Equal(
            $"batch.json: $.state.accounts.{account}.isolated: the account has 2 positions.",
            Assert.Throws<BatchFileException>(() => Parse(isIsolated: true, 1, 2)).Message);

        void Parse(bool isIsolated, params int[] markets)
        {
            var changed = Honest.State.Accounts[account] with { Isolated = isIsolated, Positions = markets.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)) };
            var state = Honest.State with { Accounts = Honest.State.Accounts.SetItem(account, changed) };
            BatchFile.Parse(BatchFile.ToJson(Honest with { State = state, Transactions = [] }), "batch.json");
        }
    }

    private static Batch WithTick(Func<OracleTick, OracleTick> change) => Honest with { Transactions = Honest.Transactions.SetItem(0, change((OracleTick)Honest.Transactions[0])) };

    private static string Refusal(Batch batch) => Assert.Throws<BatchFileException>(() => BatchFile.Parse(BatchFile.ToJson(batch), "batch.json")).Message;

    private static Batch Find(RandomBatches history)
    {
        while (true)
        {
            var batch = history.Next();
            if (batch.Transactions.FirstOrDefault() is OracleTick && batch.State.Accounts.Values.Any(account => account.Portfolio) && batch.Transactions.OfType<KeyChange>().Any())
            {
                return batch;
            }
        }
    }
}
