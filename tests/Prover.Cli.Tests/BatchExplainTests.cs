using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Cli.Tests;

public sealed class BatchExplainTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public BatchExplainTests() => BatchFile.Write(_file, ExplainedBatch.Make());

    [Fact]
    public void Every_transaction_is_explained_in_the_order_in_which_they_run()
    {
        var output = Outcome.Of("batch", "execute", _file, "--explain").Expect(ExitCode.NegativeVerdict).Output;
        Assert.Equal(ExplainedBatch.Explained, output[..output.IndexOf("╭───┬", StringComparison.Ordinal)]);

        // The verdicts follow as without it.
        Assert.Equal(Outcome.Of("batch", "execute", _file).Output, output[output.IndexOf("╭───┬", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void A_refused_transaction_is_told_why() =>
        Assert.Equal(ExplainedBatch.Refused, Outcome.Of("batch", "why", _file, "2").Expect(ExitCode.NegativeVerdict).Output);

    [Theory]
    [InlineData("0", "account 3 keeps │ 997.558593 USD above its initial margin")]
    [InlineData("1", "account 5 keeps │ 10.00 USD above its initial margin")]
    public void An_accepted_transaction_is_told_what_is_left(string number, string left)
    {
        var output = Outcome.Of("batch", "why", _file, number).Expect(ExitCode.Success).Output;
        Assert.Contains(left, output, StringComparison.Ordinal);
        Assert.Contains("accepted", output, StringComparison.Ordinal);
        Assert.DoesNotContain("remedy", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", "has no transaction 3: it has 3, counted from 0.")]
    [InlineData("-1", "N takes whole numbers from 0, got '-1'.")]
    [InlineData("x", "N takes whole numbers from 0, got 'x'.")]
    [InlineData("99999999999", "N takes whole numbers from 0, got '99999999999'.")]
    public void A_number_of_no_transaction_is_a_mistake(string number, string mistake)
    {
        var outcome = Outcome.Of("batch", "why", _file, number).Expect(ExitCode.Usage);
        Assert.Contains(mistake, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    /// <summary>Worth 99,997.558593 USD of 100,000: · 10⁶ · 2³² for worth, · 10¹² · 2³² for margins.</summary>
    [Fact]
    public void Json_has_exact_integers_as_text()
    {
        var json = Outcome.Of("batch", "why", _file, "2", "--json").Expect(ExitCode.NegativeVerdict).Json;
        Assert.Equal("initial margin", json.GetProperty("rule").GetString());
        Assert.Equal(3, json.GetProperty("account").GetInt64());
        Assert.Equal("deposit at least 2.441407 USD to account 3, or withdraw at most 997.558593 USD", json.GetProperty("remedy").GetString());
        var measure = json.GetProperty("measure");
        Assert.Equal("margin", measure.GetProperty("unit").GetString());
        Assert.Equal($"{((BigInteger)99_997_558_593 << 32) * 1_000_000}", measure.GetProperty("have").GetString());
        Assert.Equal($"{((BigInteger)100_000_000_000 << 32) * 1_000_000}", measure.GetProperty("need").GetString());
        Assert.Equal($"{((BigInteger)2_441_407 << 32) * 1_000_000}", measure.GetProperty("gap").GetString());

        var after = Assert.Single(json.GetProperty("accounts").EnumerateArray()).GetProperty("after");
        Assert.Equal("-1400002441407", after.GetProperty("cash").GetString());
        Assert.Equal($"{(BigInteger)99_997_558_593 << 32}", after.GetProperty("worth").GetString());
        Assert.Equal($"-{((BigInteger)2_441_407 << 32) * 1_000_000}", after.GetProperty("aboveInitialMargin").GetString());
        var tiers = Assert.Single(after.GetProperty("positions").EnumerateArray()).GetProperty("tiers").EnumerateArray().ToArray();
        Assert.Equal([$"{(BigInteger)1_500_000_000_000 << 32}", $"{(BigInteger)500_000_000_000 << 32}"], tiers.Select(tier => tier.GetProperty("notional").GetString()));
    }

    [Fact]
    public void Json_of_a_batch_has_its_trace_if_that_is_wanted()
    {
        var explained = Outcome.Of("batch", "execute", _file, "--explain", "--json").Expect(ExitCode.NegativeVerdict).Json;
        var trace = explained.GetProperty("trace").EnumerateArray().ToArray();
        Assert.Equal([1, 0, 2], trace.Select(item => item.GetProperty("index").GetInt32()));
        var paid = Assert.Single(trace[1].GetProperty("accounts").EnumerateArray());
        Assert.Equal(("2441407", $"{3L << 30}"), (paid.GetProperty("fundingPaid").GetString(), paid.GetProperty("restToHouse").GetString()));
        Assert.False(Outcome.Of("batch", "execute", _file, "--json").Json.TryGetProperty("trace", out _));
    }

    [Fact]
    public void Prices_are_shown_before_and_after()
    {
        var batch = ExplainedBatch.Make();
        var quoted = new Quoted(Exchange.Price(63_000), 0);
        var reports = Enumerable.Range(0, 3).Select(signer => ExplainedBatch.Exchange.Report(signer, batch.Time, [quoted, new(0, 0)]));
        var minuteAgo = batch.State.Markets with { PriceTime = batch.Time - 60 };
        BatchFile.Write(_file, batch with { State = batch.State with { Markets = minuteAgo }, Transactions = [new OracleTick(batch.Time, [.. reports])] });

        // Funding is not due, and has been 1/1024 = 0.0009765625.
        Assert.Contains(
            "│ 1      │ 600.00 micro-USD per unit │ 630.00 micro-USD per unit │ 0.000976 micro-USD       │ 0.000976 micro-USD │",
            Outcome.Of("batch", "why", _file, "0").Expect(ExitCode.Success).Output,
            StringComparison.Ordinal);
    }

    /// <summary>25 coins lose 40,000 USD when a coin falls by 1,600; with the raise of 25,000 USD that is the initial margin.</summary>
    [Fact]
    public void Losses_in_scenarios_are_shown_of_portfolio_margin()
    {
        var batch = ExplainedBatch.Make();
        var (state, shock) = (batch.State, (long)Exchange.Price(1_600));
        BatchFile.Write(_file, batch with
        {
            Shape = batch.Shape with { Scenarios = 2 },
            State = state with
            {
                Markets = state.Markets.WithScenarios(2).With(1, state.Markets[1] with { Shocks = [-shock, 2 * shock] }),
                Accounts = state.Accounts.SetItem(3, state.Accounts[3] with { Portfolio = true }),
            },
        });
        var output = Outcome.Of("batch", "why", _file, "0").Expect(ExitCode.Success).Output;
        Assert.Matches("loss in scenario 0 +│ +40,000.00 │ +40,000.00 │", output);
        Assert.Matches("loss in scenario 1 +│ +-80,000.00 │ +-80,000.00 │", output);
        Assert.Matches("initial margin +│ +65,000.00 USD │ +65,000.00 USD │", output);
        Assert.Matches("notional +│ 1,500,000.00 │ by scenarios +│ by scenarios +│ by scenarios", output);
        var before = Assert.Single(Outcome.Of("batch", "why", _file, "0", "--json").Json.GetProperty("accounts").EnumerateArray()).GetProperty("before");
        Assert.True(before.GetProperty("portfolio").GetBoolean());
        Assert.Equal([$"{(BigInteger)40_000_000_000 << 32}", $"-{(BigInteger)80_000_000_000 << 32}"], before.GetProperty("scenarioLosses").EnumerateArray().Select(loss => loss.GetString()));
    }

    /// <summary>A coin at 60,000 USD, whose loss in the first scenario may change by 6,000 USD in 61 seconds, or 60 micro-USD for a unit: from 16 to 76 at most.</summary>
    [Fact]
    public void A_shock_that_moves_too_far_is_shown_with_the_nearest_that_may_be()
    {
        var batch = ExplainedBatch.Make();
        var before = (long)Exchange.Price(1_600);
        var tick = new OracleTick(batch.Time, [.. Enumerable.Range(0, 3).Select(signer => ExplainedBatch.Exchange.Report(signer, batch.Time, [new(Exchange.Price(60_000), 0), new(0, 0)]))]);
        var markets = batch.State.Markets.WithScenarios(2).With(1, batch.State.Markets[1] with { Shocks = [-before, before] });
        BatchFile.Write(_file, batch with
        {
            Shape = batch.Shape with { Scenarios = 2 },
            State = batch.State with { Markets = markets with { PriceTime = batch.Time - 61 } },
            Transactions = [ExplainedBatch.Exchange.WithScenarios(tick, [[-(long)Exchange.Price(8_000), before], [0, 0]])],
        });
        var output = Outcome.Of("batch", "why", _file, "0").Expect(ExitCode.NegativeVerdict).Output;
        Assert.Matches("rule +│ shocks move too far ", output);
        Assert.Contains("from -16.00 micro-USD per unit to -80.00 micro-USD per unit in scenario 0 of market 1", output, StringComparison.Ordinal);
        Assert.Matches("had +│ -80.00 micro-USD per unit ", output);
        Assert.Matches("needed +│ at least -76.00 micro-USD per unit ", output);
        Assert.Matches("missing +│ 4.00 micro-USD per unit ", output);
        Assert.Matches("remedy +│ the oracle's scenario must come nearer in steps, to at least -76.00 micro-USD per unit in this one", output);
    }

    public void Dispose() => File.Delete(_file);
}
