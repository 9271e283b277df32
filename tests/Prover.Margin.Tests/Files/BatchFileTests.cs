using System.Collections.Immutable;
using Prover.BatchGenerator;
using Prover.Testing;

namespace Prover.Margin.Tests;

public class BatchFileTests
{
    private static readonly string FirstJson = File.ReadAllText(Repository.PathOf("bench", "batches", "first.json"));

    [Fact]
    public void The_first_batch_is_what_the_generator_writes() =>
        Assert.Equal(BatchFile.ToJson(FirstBatch.Compose(new Exchange("first light"), FirstBatch.Shape, 1_764_000_000)), FirstJson);

    [Fact]
    public void The_first_batch_is_accepted()
    {
        var result = BatchExecutor.Execute(BatchFile.Parse(FirstJson, "first.json"));
        Assert.Equal([], result.Verdicts.Select(verdict => verdict.Rejection?.ToString()).OfType<string>());
        Assert.Equal([Lane.Tick, .. Enumerable.Repeat(Lane.Deposit, 4), .. Enumerable.Repeat(Lane.Trade, 4), Lane.Withdrawal], result.Verdicts.Select(verdict => verdict.Transaction.Lane));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var history = new RandomBatches(new Exchange("files of batches"), new(3, 2, 4, 2, 2, 2, 2), seed: 1);
        for (var i = 0; i < 6; i++)
        {
            var json = BatchFile.ToJson(history.Next());
            Assert.Equal(json, BatchFile.ToJson(BatchFile.Parse(json, "history")));
        }
    }

    [Theory]
    [InlineData("\"format\": \"margin-batch/3\"", "\"format\": \"margin-batch/4\"", "$.format: 'margin-batch/4' is not 'margin-batch/3'")]
    [InlineData("\"number\": 1,", "\"number\": 1, \"extra\": 1,", "$.extra: the property 'extra' is unknown.")]
    [InlineData("\"number\": 1,", "\"number\": 1, \"duplicate x\": 1,", "the property 'duplicate x' is unknown.")]
    [InlineData("\"number\": 1,", "\"number\": 1, \"number\": 1,", "$.number: 'number' is given twice.")]
    [InlineData("\"number\": 1,", "", "missing: 'number'.")]
    [InlineData("\"number\": 1,", "\"number\": \"1\",", "batch.json, line 25: $.number: a whole number is expected, not the text \"1\".")]
    [InlineData("\"number\": 1,", "\"number\": 1.5,", "$.number: a whole number is expected, not 1.5.")]
    [InlineData("\"number\": 1,", "\"number\": 1e3,", "$.number: a whole number is expected, not 1e3.")]
    [InlineData("\"number\": 1,", "\"number\": 1180591620717411303424,", "$.number: a whole number is expected, not 1180591620717411303424 (too large).")]
    [InlineData("\"number\": 1,", "\"number\": -1180591620717411303424,", "$.number: a whole number is expected, not -1180591620717411303424 (too small).")]
    [InlineData("\"number\": 1,", "\"number\": 12345678901234567890123456789012345678901,", "not 1234567890123456789012345678901234567890… (41 characters) (too large).")]
    [InlineData("\"number\": 1,", "\"number\": true,", "$.number: a whole number is expected, not true.")]
    [InlineData("\"number\": 1,", "\"number\": [1],", "$.number: a whole number is expected, not a list.")]
    [InlineData("\"number\": 1,", "\"number\": {},", "$.number: a whole number is expected, not an object.")]
    [InlineData("\"number\": 1,", "\"number\": null,", "$.number: a whole number is expected, not null.")]
    [InlineData("\"number\": 1,", "\"number\": -1,", "$.number: -1 is not from 0 to 9223372036854775807")]
    [InlineData("\"number\": 1,", "\"number\": 9223372036854775808,", "$.number: a whole number is expected, not 9223372036854775808 (too large).")]
    [InlineData("\"depth\": 10", "\"depth\": 13", "$.shape.depth: 13 is not from 1 to 12")]
    [InlineData("\"orders\": 4", "\"orders\": 0", "$.shape.orders: 0 is not from 1 to 8")]
    [InlineData("\"deposits\": 4", "\"deposits\": 1025", "$.shape.deposits: 1025 is not from 0 to 1024")]
    [InlineData("\"time\": 1764000000", "\"time\": 1099511627776", "$.time: 1099511627776 is not from 0 to 1099511627775")]
    [InlineData("\"maxPriceAge\": 60", "\"maxPriceAge\": 16777216", "$.configuration.maxPriceAge: 16777216 is not from 0 to 16777215")]
    [InlineData("\"maxPriceMove\": 100000", "\"maxPriceMove\": 1000001", "$.configuration.maxPriceMove")]
    [InlineData("\"markets\": 4", "\"markets\": 0", "$.shape.markets: 0 is not from 1 to 255")]
    [InlineData("\"markets\": 4", "\"markets\": 5", "$.state.markets.list: expected 5 elements, got 4")]
    [InlineData("\"accounts\": {}", "\"accounts\": { \"5\": null }", "$.state.accounts.5: null")]
    [InlineData("\"accounts\": {}", "\"accounts\": { \"x\": null }", "a whole number is expected, not the name \"x\".")]
    [InlineData("\"accounts\": {}", "\"accounts\": null", "$.state.accounts: a value is expected, not null.")]
    [InlineData("\"accounts\": {}", "\"accounts\": []", "$.state.accounts: an object is expected, not a list.")]
    [InlineData("\"accounts\": {}", "\"accounts\": { \"5\": \"x\" }", "$.state.accounts.5: an object is expected, not the text \"x\".")]
    [InlineData("\"format\": \"margin-batch/3\"", "\"format\": 1", "$.format: text is expected.")]
    [InlineData("\"format\": \"margin-batch/3\"", "\"format\": null", "$.format: a value is expected, not null.")]
    [InlineData("\"maxPriceAge\": ", "\"maxPriceAge\": -", "$.configuration.maxPriceAge: a whole number is expected, not -")]
    [InlineData("\"market\": 3", "\"market\": \"BTC\"", "$.transactions[8].market: a whole number is expected, not the text \"BTC\".")]
    [InlineData("\"amount\": 50000000000", "\"amount\": \"5000\"", "$.transactions[1].amount: a whole number is expected, not the text \"5000\".")]
    [InlineData("\"signers\": [", "\"signers\": [ [],", "$.configuration.signers[0]: an object is expected, not a list.")]
    [InlineData("\"domain\": \"", "\"domain\": 7, \"x\": \"", "$.configuration.domain: an integer in quotes is expected, not 7.")]
    [InlineData("\"kind\": \"tick\"", "\"kind\": \"tick\", \"kind\": \"tick\"", "$.transactions[0].kind: 'kind' is given twice.")]
    [InlineData("\"kind\": \"tick\"", "\"kind\": \"gift\"", "$.transactions[0]: no kind of transaction is called 'gift'.")]
    [InlineData("\"format\": \"margin-batch/3\",", "", "$.format: there is none; 'margin-batch/3' is expected.")]
    [InlineData("\"kind\": \"tick\",", "", "$.transactions[0]: a transaction needs a kind.")]
    [InlineData("\"transactions\": [", "\"transactions\": [ {},", "$.transactions[0]: a transaction needs a kind.")]
    [InlineData("\"transactions\": [", "\"transactions\": [ 7,", "$.transactions[0]: an object is expected, not 7.")]
    [InlineData("\"signer\": 0", "\"signer\": 4", "$.transactions[0].reports[0].signer: 4 is not from 0 to 3")]
    [InlineData("\"kind\": \"deposit\",\n   \"account\": 209715", "\"kind\": \"deposit\",\n   \"account\": 16777216", "$.transactions[1].account: 16777216 is not from 0 to 16777215")]
    [InlineData("\"amount\": 50000000000", "\"amount\": 0", "$.transactions[1].amount: 0 is not from 1 to 1152921504606846976")]
    [InlineData("\"market\": 3", "\"market\": 0", "$.transactions[8].market: 0 is not from 1 to 4")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"0x10000000000000000000000000000000000000000\"", "recipient: 1461501637330902918203684832716283019655932542976 is not from 0 to")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"\\ud800\"", "recipient: the text \"\\ud800\" holds half of a surrogate pair.")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"0x\"", "'0x' is no integer")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"5\\u0000\"", "is no integer")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"-1\"", "'-1' is no integer")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"5\", \"chain\": 16", "chain: 16 is not from 0 to 15")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"5\", \"chain\": -1", "chain: -1 is not from 0 to 15")]
    public void Refuses_what_is_no_batch(string honest, string forged, string message)
    {
        Assert.Contains(honest, FirstJson, StringComparison.Ordinal);
        var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(Replace(honest, forged), "batch.json"));
        Assert.StartsWith("batch.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"number\": 1,", "\"number\": 9223372036854775807,")]
    [InlineData("\"depth\": 10", "\"depth\": 12")]
    [InlineData("\"kind\": \"tick\",\n   \"time\": 1763999995,", "\"time\": 1763999994,\n   \"kind\": \"tick\",")]
    [InlineData("\"time\": 1764000000", "\"time\": 1099511627775")]
    [InlineData("\"kind\": \"deposit\",\n   \"account\": 209715", "\"kind\": \"deposit\",\n   \"account\": 16777215")]
    [InlineData("\"amount\": 50000000000", "\"amount\": 1152921504606846976")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"0xffffffffffffffffffffffffffffffffffffffff\"")]
    [InlineData("\"recipient\": \"1390849295786071768276380950238675083608645509734\"", "\"recipient\": \"5\", \"chain\": 15")]
    public void Reads_values_at_their_bounds(string honest, string changed)
    {
        Assert.Contains(honest, FirstJson, StringComparison.Ordinal);
        var json = BatchFile.ToJson(BatchFile.Parse(Replace(honest, changed), "batch.json"));
        Assert.NotEqual(FirstJson, json);
    }

    [Fact]
    public void Refuses_field_elements_that_are_not_canonical()
    {
        var batch = BatchFile.Parse(FirstJson, "first.json");
        var domain = batch.Configuration.Domain.ToString();
        Assert.Equal(FirstJson, BatchFile.ToJson(BatchFile.Parse(Replace(domain, domain), "batch.json")));
        var error = Assert.Throws<BatchFileException>(() =>
            BatchFile.Parse(Replace(domain, (batch.Configuration.Domain.ToInteger() + Fr.Modulus).ToString()), "batch.json"));
        Assert.Contains("$.configuration.domain", error.Message, StringComparison.Ordinal);
        Assert.Contains("not below the field's modulus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_oracle_key_that_is_registered_twice()
    {
        var batch = BatchFile.Parse(FirstJson, "first.json");
        var signers = batch.Configuration.Signers;
        Parse(signers.Reverse().ToImmutableArray());
        Assert.Contains("two keys are equal", Assert.Throws<BatchFileException>(() => Parse(signers.SetItem(3, signers[0]))).Message, StringComparison.Ordinal);

        void Parse(ImmutableArray<Primitives.EdwardsPoint> keys) =>
            BatchFile.Parse(BatchFile.ToJson(batch with { Configuration = batch.Configuration with { Signers = keys } }), "batch.json");
    }

    [Fact]
    public void Refuses_null_transactions_and_reports()
    {
        var start = FirstJson.IndexOf("\"transactions\": [", StringComparison.Ordinal);
        var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(FirstJson[..start] + "\"transactions\": [null] }", "batch.json"));
        Assert.Equal("batch.json: $.transactions[0]: null.", error.Message);
        error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(
            FirstJson[..start] + "\"transactions\": [{ \"kind\": \"tick\", \"time\": 5, \"reports\": [null, null, null] }] }", "batch.json"));
        Assert.Equal("batch.json: $.transactions[0].reports[0]: null.", error.Message);
        Assert.Empty(BatchFile.Parse(FirstJson[..start] + "\"transactions\": [] }", "batch.json").Transactions);
    }

    [Theory]
    [InlineData("\"1\": { \"size\": 5, \"funding\": 0 }", null)]
    [InlineData("\"4\": { \"size\": -72057594037927935, \"funding\": 0 }", null)]
    [InlineData("\"5\": { \"size\": 5, \"funding\": 0 }", "$.state.accounts.5.positions.5: 5 is not from 1 to 4.")]
    [InlineData("\"0\": { \"size\": 5, \"funding\": 0 }", "$.state.accounts.5.positions.0: 0 is not from 1 to 4.")]
    [InlineData("\"1\": { \"size\": 0, \"funding\": 0 }", "$.state.accounts.5.positions.1.size: 0 is no position.")]
    [InlineData("\"1\": { \"size\": 72057594037927936, \"funding\": 0 }", "$.state.accounts.5.positions.1.size: 72057594037927936 is not from -72057594037927935 to 72057594037927935.")]
    [InlineData("\"1\": null", "$.state.accounts.5.positions.1: null.")]
    public void Refuses_what_is_no_position(string positions, string? message)
    {
        var json = Replace("\"accounts\": {}", $$"""
            "accounts": { "5": { "owner": { "x": "1", "y": "2" }, "nonce": 0, "cash": 7, "positions": { {{positions}} }, "orders": {} } }
            """);
        if (message is null)
        {
            Assert.Single(BatchFile.Parse(json, "batch.json").State.Accounts[5].Positions);
        }
        else
        {
            Assert.Equal($"batch.json: {message}", Assert.Throws<BatchFileException>(() => BatchFile.Parse(json, "batch.json")).Message);
        }
    }

    [Fact]
    public void Refuses_more_positions_than_slots()
    {
        var batch = BatchFile.Parse(FirstJson, "first.json");
        BatchFile.Parse(BatchFile.ToJson(With(2)), "batch.json");
        var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(BatchFile.ToJson(With(3)), "batch.json"));
        Assert.Equal("batch.json: $.state.accounts.5.positions: 3 positions, but the shape has 2 slots.", error.Message);

        Batch With(int positions) => batch with
        {
            Shape = batch.Shape with { Slots = 2 },
            State = batch.State with
            {
                Accounts = batch.State.Accounts.Add(5, Account.Empty with
                {
                    Positions = Enumerable.Range(1, positions).ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
                }),
            },
        };
    }

    [Theory]
    [InlineData("", "batch.json: the file is empty.")]
    [InlineData(" \n", "batch.json: the file is empty.")]
    [InlineData("null", "batch.json: $: an object is expected, not null.")]
    [InlineData("[]", "batch.json, line 1: $: an object is expected, not a list.")]
    [InlineData("{\n \"number\": 1,\n}", "batch.json: line 3, byte 0: a comma before the end of a list or an object.")]
    [InlineData("{\n \"number\": 1", "batch.json: line 2, byte 12: the JSON ends in the middle.")]
    [InlineData("{\n \"number\": x }", "batch.json: line 2, byte 11: 'x' is an invalid start of a value.")]
    public void Says_what_is_wrong_with_the_whole_text(string text, string message) =>
        Assert.Equal(message, Assert.Throws<BatchFileException>(() => BatchFile.Parse(text, "batch.json")).Message);

    [Theory]
    [InlineData("null", "a list is expected, not null.")]
    [InlineData("{}", "a list is expected, not an object.")]
    [InlineData("[[]]", "an object is expected, not a list.")]
    public void Refuses_transactions_of_another_kind(string transactions, string message)
    {
        var start = FirstJson.IndexOf("\"transactions\": [", StringComparison.Ordinal);
        var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse($"{FirstJson[..start]}\"transactions\": {transactions} }}", "batch.json"));
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        for (var length = 97; length < FirstJson.Length - 1; length += 97)
        {
            var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(FirstJson[..length], "batch.json"));
            Assert.Contains("the JSON ends in the middle", error.Message, StringComparison.Ordinal);
        }
    }

    private static string Replace(string honest, string forged)
    {
        var at = FirstJson.IndexOf(honest, StringComparison.Ordinal);
        return FirstJson[..at] + forged + FirstJson[(at + honest.Length)..];
    }
}
