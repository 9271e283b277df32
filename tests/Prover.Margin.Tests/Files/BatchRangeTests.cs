using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Margin.Tests;

/// <summary>Numbers of a batch file at the ends of their ranges and one beyond.</summary>
public partial class BatchRangeTests
{
    private const string Market = "$.state.markets.list[2]";
    private const string Account = "$.state.accounts.3";
    private const string Tick = "$.transactions[0].reports[1]";
    private const string Trade = "$.transactions[8]";
    private const string KeyChange = "$.transactions[10]";
    private const string Cancel = "$.transactions[11]";
    private const string Transfer = "$.transactions[12]";
    private const string Liquidation = "$.transactions[13]";
    private const string Update = "$.transactions[14]";
    private const string Sweep = "$.transactions[15]";
    private const string TakeOver = "$.transactions[16]";
    private const string Deleverage = "$.transactions[17]";
    private const string Lock = "$.transactions[18]";
    private const string Unlock = "$.transactions[19]";
    private const string Close = "$.transactions[20]";
    private const string Exit = "$.transactions[21]";

    /// <summary>The first batch, with an account that has a position and an order, and a transaction of each kind that it lacks behind its own.</summary>
    private static readonly string Json = Compose();

    [Theory]
    [InlineData("$.shape.depth", 1, 12)]
    [InlineData("$.shape.slots", 1, 16)]
    [InlineData("$.shape.orders", 1, 8)]
    [InlineData("$.shape.keys", 0, 1024)]
    [InlineData("$.shape.cancels", 0, 1024)]
    [InlineData("$.shape.transfers", 0, 1024)]
    [InlineData("$.shape.liquidations", 0, 1024)]
    [InlineData("$.shape.updates", 0, 1024)]
    [InlineData("$.shape.sweeps", 0, 1024)]
    [InlineData("$.shape.takeOvers", 0, 1024)]
    [InlineData("$.shape.deleverages", 0, 1024)]
    [InlineData("$.shape.locks", 0, 1024)]
    [InlineData("$.shape.unlocks", 0, 1024)]
    [InlineData("$.shape.closes", 0, 1024)]
    [InlineData("$.shape.exits", 0, 1024)]
    [InlineData("$.configuration.maxPriceMove", 0, 1_000_000)]
    [InlineData("$.configuration.fundingInterval", 1, 16_777_215)]
    [InlineData("$.configuration.maxFunding", 0, 1_000_000)]
    [InlineData("$.state.markets.priceTime", 0, 1_099_511_627_775)]
    [InlineData("$.state.markets.fundingTime", 0, 1_099_511_627_775)]
    [InlineData($"{Market}.openInterest", 0, 72_057_594_037_927_935)]
    [InlineData($"{Market}.base.closeOut", 1, 50_000)]
    [InlineData($"{Market}.raises[0].by.closeOut", 0, 50_000)]
    [InlineData($"{Account}.cash", -4_611_686_018_427_387_904, 4_611_686_018_427_387_904)]
    [InlineData($"{Account}.positions.3.size", -72_057_594_037_927_935, 72_057_594_037_927_935)]
    [InlineData($"{Account}.orders.2.filled", 0, 72_057_594_037_927_935)]
    [InlineData($"{Tick}.quoted[3].rate", -1_000_000, 1_000_000)]
    [InlineData($"{Trade}.market", 1, 4)]
    [InlineData($"{Trade}.base", 1, 72_057_594_037_927_935)]
    [InlineData($"{Trade}.quote", 0, 2_305_843_009_213_693_952)]
    [InlineData($"{Trade}.seller.base", 0, 72_057_594_037_927_935)]
    [InlineData($"{KeyChange}.account", 0, 16_777_215)]
    [InlineData($"{Cancel}.account", 0, 16_777_215)]
    [InlineData($"{Cancel}.session.until", 0, 1_099_511_627_775)]
    [InlineData($"{Transfer}.sender", 0, 16_777_215)]
    [InlineData($"{Transfer}.receiver", 0, 16_777_215)]
    [InlineData($"{Transfer}.amount", 1, 1_152_921_504_606_846_976)]
    [InlineData($"{Liquidation}.market", 1, 4)]
    [InlineData($"{Liquidation}.base", 1, 72_057_594_037_927_935)]
    [InlineData($"{Liquidation}.quote", 0, 2_305_843_009_213_693_952)]
    [InlineData($"{Liquidation}.account", 0, 16_777_215)]
    [InlineData($"{Liquidation}.fee", 0, 1_152_921_504_606_846_976)]
    [InlineData($"{Liquidation}.taker.account", 0, 16_777_215)]
    [InlineData($"{Liquidation}.taker.session.until", 0, 1_099_511_627_775)]
    [InlineData($"{Update}.market", 1, 4)]
    [InlineData($"{Update}.base.initial", 0, 1_000_000)]
    [InlineData($"{Update}.base.maintenance", 0, 1_000_000)]
    [InlineData($"{Update}.raises[1].by.closeOut", 0, 1_000_000)]
    [InlineData($"{Sweep}.amount", 1, 1_152_921_504_606_846_976)]
    [InlineData($"{TakeOver}.loss.market", 1, 4)]
    [InlineData($"{TakeOver}.loss.base", 1, 72_057_594_037_927_935)]
    [InlineData($"{TakeOver}.loss.paid", -2_305_843_009_213_693_952, 2_305_843_009_213_693_952)]
    [InlineData($"{TakeOver}.loss.account", 0, 16_777_215)]
    [InlineData($"{Deleverage}.loss.paid", -2_305_843_009_213_693_952, 2_305_843_009_213_693_952)]
    [InlineData($"{Deleverage}.against", 0, 16_777_215)]
    [InlineData($"{Lock}.account", 0, 16_777_215)]
    [InlineData($"{Lock}.lock.receiver", 0, 16_777_215)]
    [InlineData($"{Lock}.lock.amount", 1, 1_152_921_504_606_846_976)]
    [InlineData($"{Lock}.lock.deadline", 0, 1_099_511_627_775)]
    [InlineData($"{Unlock}.account", 0, 16_777_215)]
    [InlineData($"{Unlock}.receiver", 0, 16_777_215)]
    [InlineData($"{Close}.market", 1, 255)]
    [InlineData($"{Close}.base", 1, 72_057_594_037_927_935)]
    [InlineData($"{Close}.account", 0, 16_777_215)]
    [InlineData($"{Exit}.account", 0, 16_777_215)]
    [InlineData($"{Exit}.amount", 1, 1_152_921_504_606_846_976)]
    public void Ranges_end_where_the_circuit_s_do(string path, long least, long most)
    {
        Parse(path, JsonValue.Create(least));
        Parse(path, JsonValue.Create(most));
        Assert.Equal($"batch.json: {path}: {least - 1} is not from {least} to {most}.", Refusal(path, JsonValue.Create(least - 1)));
        Assert.Equal($"batch.json: {path}: {most + 1} is not from {least} to {most}.", Refusal(path, JsonValue.Create(most + 1)));
    }

    /// <summary>Close-out margin ≤ maintenance margin ≤ initial margin: below its least, the next one is too great.</summary>
    [Theory]
    [InlineData($"{Market}.base", "initial", "maintenance", 50_000)]
    [InlineData($"{Market}.base", "maintenance", "closeOut", 25_000)]
    [InlineData($"{Market}.raises[1].by", "initial", "maintenance", 50_000)]
    [InlineData($"{Market}.raises[1].by", "maintenance", "closeOut", 25_000)]
    public void Margins_are_in_order(string margins, string name, string next, int least)
    {
        var path = $"{margins}.{name}";
        Parse(path, JsonValue.Create(least));
        Assert.StartsWith($"batch.json: {margins}.{next}: {least} is not from ", Refusal(path, JsonValue.Create(least - 1)), StringComparison.Ordinal);
    }

    /// <summary>A tenth in the first tier and each of two raises: a third one has 700,000 parts per million left, which are less the more another takes.</summary>
    [Theory]
    [InlineData($"{Market}.base", "maintenance", 100_000, ".base.maintenance: 100001 is not from 0 to 100000.")]
    [InlineData($"{Market}.base", "initial", 800_000, ".raises[1].by.initial: 100000 is not from 0 to 99999.")]
    [InlineData($"{Market}.raises[0].by", "initial", 800_000, ".raises[1].by.initial: 100000 is not from 0 to 99999.")]
    [InlineData($"{Market}.raises[1].by", "initial", 800_000, ".raises[1].by.initial: 800001 is not from 0 to 800000.")]
    [InlineData($"{Market}.raises[1].by", "maintenance", 100_000, ".raises[1].by.maintenance: 100001 is not from 0 to 100000.")]
    [InlineData($"{Market}.raises[2].by", "initial", 700_000, ".raises[2].by.initial: 700001 is not from 0 to 700000.")]
    public void Margins_are_no_more_than_the_notional(string margins, string name, int most, string refusal)
    {
        var path = $"{margins}.{name}";
        Parse(path, JsonValue.Create(most));
        Assert.Equal($"batch.json: {Market}{refusal}", Refusal(path, JsonValue.Create(most + 1)));
    }

    [Theory]
    [InlineData("$.state.house")]
    [InlineData($"{Market}.raises[1].from")]
    public void Amounts_with_fractional_bits_are_below_2_to_the_96(string path)
    {
        var bound = BigInteger.One << 96;
        Parse(path, Quoted(0));
        Parse(path, Quoted(bound - 1));
        Assert.Equal($"batch.json: {path}: {bound} is not from 0 to {bound - 1}.", Refusal(path, Quoted(bound)));
        Assert.Contains("'-1' is no integer", Refusal(path, Quoted(-1)), StringComparison.Ordinal);

        static JsonNode Quoted(BigInteger value) => JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData($"{Market}.price", "18446744073709551615", "18446744073709551616")]
    [InlineData($"{Tick}.quoted[0].price", "18446744073709551615", "-1")]
    [InlineData($"{Market}.funding", "-9223372036854775808", "-9223372036854775809")]
    [InlineData($"{Account}.positions.3.funding", "9223372036854775807", "9223372036854775808")]
    [InlineData($"{Trade}.buyer.reduceOnly", "true", "1")]
    [InlineData($"{Trade}.buyer.reduceOnly", "true", "null")]
    [InlineData($"{Market}.base", """{ "initial": 9, "maintenance": 9, "closeOut": 9 }""", "null")]
    [InlineData($"{Market}.base", """{ "initial": 9, "maintenance": 9, "closeOut": 9 }""", """{ "initial": 9, "maintenance": 9 }""")]
    [InlineData($"{Market}.raises[0].by", """{ "initial": 0, "maintenance": 0, "closeOut": 0 }""", "null")]
    [InlineData($"{Market}.raises[0]", """{ "from": "5", "by": { "initial": 7, "maintenance": 7, "closeOut": 7 } }""", "null")]
    [InlineData($"{Tick}.quoted[0]", """{ "price": 7, "rate": -7 }""", "null")]
    [InlineData($"{Tick}.quoted[0]", """{ "price": 7, "rate": -7 }""", """{ "price": 7 }""")]
    public void Other_values_are_refused_where_they_are(string path, string accepted, string refused)
    {
        Parse(path, JsonNode.Parse(accepted));
        Assert.Contains($": {path}: ", Refusal(path, JsonNode.Parse(refused)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.state.markets.list", 4)]
    [InlineData($"{Market}.raises", 3)]
    [InlineData($"{Tick}.quoted", 4)]
    public void Lists_are_as_long_as_the_shape_says(string path, int count)
    {
        var list = NodeAt(JsonNode.Parse(Json)!, path).AsArray();
        Parse(path, list.DeepClone());
        var longer = list.DeepClone().AsArray();
        longer.Add(list[0]!.DeepClone());
        Assert.Equal($"batch.json: {path}: expected {count} elements, got {count + 1}.", Refusal(path, longer));
        var shorter = list.DeepClone().AsArray();
        shorter.RemoveAt(count - 1);
        Assert.Equal($"batch.json: {path}: expected {count} elements, got {count - 1}.", Refusal(path, shorter));
    }

    /// <summary>A market that is not listed has no margin at all; one that is listed has a close-out margin.</summary>
    [Theory]
    [InlineData(0, 0, 0, null)]
    [InlineData(0, 0, 1, ".closeOut: 1 is not from 0 to 0.")]
    [InlineData(0, 1, 0, ".maintenance: 1 is not from 0 to 0.")]
    [InlineData(1, 1, 1, null)]
    [InlineData(1, 1, 0, ".closeOut: 0 is not from 1 to 1.")]
    [InlineData(1, 0, 0, ".closeOut: 0 is not from 1 to 0.")]
    public void Whoever_is_listed_has_a_margin_to_lose(int initial, int maintenance, int closeOut, string? message)
    {
        var margins = new JsonObject { ["initial"] = initial, ["maintenance"] = maintenance, ["closeOut"] = closeOut };
        if (message is null)
        {
            Assert.Equal(initial != 0, Parse($"{Market}.base", margins).State.Markets[3].IsListed);
        }
        else
        {
            Assert.Equal($"batch.json: {Market}.base{message}", Refusal($"{Market}.base", margins));
        }
    }

    private static string Compose()
    {
        var batch = BatchFile.Read(Repository.PathOf("bench", "batches", "first.json"));
        var order = batch.Transactions.OfType<Trade>().First().Buyer;
        var session = new SessionKey(order.Signature.R, 5);
        var account = Margin.Account.Empty with
        {
            Owner = order.Signature.R,
            Positions = Margin.Account.Empty.Positions.Add(3, new(5, 0)),
            Orders = Margin.Account.Empty.Orders.Add(2, new(2, 4)),
            Session = session.Hash,
        };
        return BatchFile.ToJson(batch with
        {
            Shape = batch.Shape with { Keys = 1, Cancels = 1, Transfers = 1, Liquidations = 1, Updates = 1, Sweeps = 1, TakeOvers = 1, Deleverages = 1, Locks = 1, Unlocks = 1, Closes = 1, Exits = 1 },
            State = batch.State with { Accounts = batch.State.Accounts.Add(3, account) },
            Transactions =
            [
                .. batch.Transactions,
                new KeyChange(3, session.Key, session.Hash, order.Signature),
                new Cancel(3, 2, order.Signature, session),
                new Transfer(3, 4, 5, order.Signature),
                new Liquidation(1, 2, 3, true, 3, 4, order with { Session = session }),
                new MarketUpdate(1, new(3, 2, 1), Margin.Market.None.Raises, order.Signature),
                new Sweep(1),
                new TakeOver(new(1, 2, -3, 3)),
                new Deleverage(new(1, 2, -3, 3), 4),
                new HashLock(3, 6, new(4, 5, 6, 7), order.Signature),
                new Unlock(3, 6, 4),
                new ForcedClose(1, 2, 3, order.Signature),
                new ForcedExit(3, 4, 5, order.Signature),
            ],
        });
    }

    [Fact]
    public void Every_kind_of_transaction_is_read_back() => Assert.Equal(Json, BatchFile.ToJson(BatchFile.Parse(Json, "batch.json")));

    private static string Refusal(string path, JsonNode? value) => Assert.Throws<BatchFileException>(() => Parse(path, value)).Message;

    private static Batch Parse(string path, JsonNode? value)
    {
        var root = JsonNode.Parse(Json)!;
        NodeAt(root, path).ReplaceWith(value);
        return BatchFile.Parse(root.ToJsonString(), "batch.json");
    }

    private static JsonNode NodeAt(JsonNode root, string path) => Step().Matches(path).Aggregate(
        root, (node, step) => node is JsonArray list ? list[int.Parse(step.Value, CultureInfo.InvariantCulture)]! : node[step.Value]!);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Step();
}
