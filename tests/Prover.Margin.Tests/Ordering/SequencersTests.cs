using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Prover.BatchGenerator;
using Prover.Primitives;

namespace Prover.Margin.Tests;

public class SequencersTests
{
    private static readonly EddsaPrivateKey[] Secrets = [.. Enumerable.Range(0, 5).Select(i => new EddsaPrivateKey(Encoding.UTF8.GetBytes($"sequencer {i}, for tests only")))];
    private static readonly Sequencers Four = new([.. Secrets.Take(4).Select(secret => secret.PublicKey)]);
    private static readonly Batch Plain = Counter.Batch(Counter.Deposit(Counter.Alice, 10), Counter.Deposit(Counter.Bob, 10), Counter.Withdraw(Counter.Alice, 5));
    private static readonly Fr Root = Plain.OpenLedger().Root;

    /// <summary>The bytes are written out here, so that whoever writes another program knows them.</summary>
    [Fact]
    public void The_hash_is_over_these_bytes()
    {
        var batch = Plain with { Transactions = Plain.Transactions[..1], LeastRank = 3 };
        var key = Counter.Exchange.OwnerOf(Counter.Alice).PublicKey;
        var text = "margin-order/1\n"
            + "{\"format\":\"margin-batch/3\",\"leastRank\":3,\"number\":7,\"time\":1764000000,\"transactions\":["
            + $"{{\"account\":1,\"amount\":10,\"key\":{{\"x\":\"{key.X}\",\"y\":\"{key.Y}\"}},\"kind\":\"deposit\"}}]}}";
        Assert.Equal(Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text))), Convert.ToHexString(BatchOrder.Hash(batch)));
        Assert.Equal(BatchOrder.Hash(batch), BatchOrder.Hash(BatchFile.Parse(BatchFile.ToJson(Signed(batch, 0)), "batch.json")));

        var hash = BatchOrder.Hash(batch);
        var expected = Poseidon.Hash(
            batch.Configuration.Domain, 256, 7, Root, Fr.FromInteger(new(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)), Fr.FromInteger(new(hash.AsSpan(16), isUnsigned: true, isBigEndian: true)));
        Assert.Equal(expected, BatchOrder.Message(batch, Root));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(7, 5)]
    [InlineData(10, 7)]
    public void Two_thirds_and_one_are_a_quorum(int sequencers, int quorum) =>
        Assert.Equal(quorum, new Sequencers([.. Enumerable.Repeat(Secrets[0].PublicKey, sequencers)]).Quorum);

    [Fact]
    public void A_quorum_is_enough_and_less_is_not()
    {
        Assert.Null(Four.Check(Signed(Plain, 0, 1, 2), Root));
        Assert.Null(Four.Check(Signed(Plain, 3, 1, 0), Root));
        Assert.Null(Four.Check(Signed(Plain, 0, 1, 2, 3), Root));
        Assert.Equal("too few signatures: 2 of 3 that are needed, there being 4 sequencers", Four.Check(Signed(Plain, 0, 1), Root)?.ToString());
        Assert.Equal("no quorum: nobody has signed, 3 of 4 sequencers are needed", Four.Check(Plain, Root)?.ToString());
        Assert.StartsWith("unknown key: signature 3 is of (", Four.Check(Signed(Plain, 0, 1, 2, 4), Root)?.ToString(), StringComparison.Ordinal);

        var signed = Signed(Plain, 0, 1, 2);
        Assert.Equal("signer twice: signatures 0 and 3 are both of sequencer 0", Check(signatures => signatures.Add(signatures[0])));
        Assert.StartsWith("bad signature: signature 1, of sequencer 1, is not over", Check(signatures => signatures.SetItem(1, signatures[1] with { Signature = signatures[2].Signature })), StringComparison.Ordinal);
        Assert.Null(Check(signatures => signatures.Reverse().ToImmutableArray()));

        string? Check(Func<ImmutableArray<SequencerSignature>, ImmutableArray<SequencerSignature>> change) =>
            Four.Check(signed with { Quorum = signed.Quorum! with { Signatures = change(signed.Quorum.Signatures) } }, Root)?.ToString();
    }

    [Fact]
    public void Whatever_is_altered_breaks_every_signature()
    {
        var signed = Signed(Plain, 0, 1, 2);
        var first = (Deposit)signed.Transactions[0];
        Refuses(signed with { Transactions = signed.Transactions.SetItem(0, first with { Amount = 11 }) });
        Refuses(signed with { Transactions = signed.Transactions.SetItem(0, first with { Key = Secrets[0].PublicKey }) });
        Refuses(signed with { Transactions = [signed.Transactions[1], signed.Transactions[0], signed.Transactions[2]] });
        Refuses(signed with { Transactions = signed.Transactions.RemoveAt(2) });
        Refuses(signed with { Transactions = signed.Transactions.Add(signed.Transactions[0]) });
        Refuses(signed with { Time = signed.Time + 1 });
        Refuses(signed with { LeastRank = 1 });
        Refuses(signed with { Number = signed.Number + 1 });

        // The hash is that of the same order, so the signatures themselves have to tell.
        var elsewhere = signed with { Configuration = signed.Configuration with { Domain = signed.Configuration.Domain + 1 } };
        Assert.Equal("bad signature", Four.Check(elsewhere, Root)?.Rule);
        Assert.Equal("bad signature", Four.Check(signed, Root + 1)?.Rule);
        Assert.Null(Four.Check(signed, Root));

        void Refuses(Batch altered)
        {
            Assert.Equal("wrong hash", Four.Check(altered, Root)?.Rule);
            Assert.Equal("bad signature", Four.Check(altered with { Quorum = altered.Quorum! with { Hash = BatchOrder.HashText(altered) } }, Root)?.Rule);
        }
    }

    [Fact]
    public void Every_altered_transaction_of_a_history_is_noticed()
    {
        var history = new RandomBatches(new Exchange("orders"), Counter.Shape, seed: 3);
        for (var i = 0; i < 6; i++)
        {
            var batch = history.Next();
            var hash = BatchOrder.HashText(batch);
            for (var t = 0; t < batch.Transactions.Length; t++)
            {
                Assert.NotEqual(hash, BatchOrder.HashText(batch with { Transactions = batch.Transactions.RemoveAt(t) }));
                Assert.NotEqual(hash, BatchOrder.HashText(batch with { Transactions = batch.Transactions.SetItem(t, new Deposit(0, Secrets[0].PublicKey, 12_345)) }));
            }
        }
    }

    [Fact]
    public void Signatures_of_another_order_are_dropped_and_those_of_this_one_stay()
    {
        var signed = Signed(Plain, 0, 1);
        Assert.Equal(2, Secrets[1].SignOrder(signed, Root).Quorum!.Signatures.Length);
        Assert.Equal(3, Secrets[2].SignOrder(signed, Root).Quorum!.Signatures.Length);
        Assert.Single(Secrets[2].SignOrder(signed with { Time = signed.Time + 1 }, Root).Quorum!.Signatures);
    }

    [Fact]
    public void A_quorum_is_written_and_read_with_its_batch()
    {
        var json = BatchFile.ToJson(Signed(Plain, 0, 1, 2));
        Assert.Null(Four.Check(BatchFile.Parse(json, "batch.json"), Root));
        Assert.DoesNotContain("quorum", BatchFile.ToJson(Plain), StringComparison.Ordinal);
        var at = json.LastIndexOf("\"s\": \"", StringComparison.Ordinal) + 6;
        var error = Assert.Throws<BatchFileException>(() => BatchFile.Parse(json.Insert(at, "9999"), "batch.json"));
        Assert.StartsWith("batch.json: $.quorum.signatures[2].signature.s: 9999", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, null, null)]
    [InlineData(1, null, null)]
    [InlineData(0, null, "$.keys: 0 keys; there must be 3f + 1")]
    [InlineData(3, null, "$.keys: 3 keys; there must be 3f + 1")]
    [InlineData(5, null, "$.keys: 5 keys; there must be 3f + 1")]
    [InlineData(4, "twice", "$.keys[3]: the same key as $.keys[0].")]
    [InlineData(4, "zero", "$.keys[3]: no key")]
    [InlineData(4, "identity", "$.keys[3]: no key")]
    [InlineData(4, "small", "$.keys[3]: no key")]
    public void Registered_keys_are_checked(int count, string? last, string? mistake)
    {
        ImmutableArray<EdwardsPoint> keys = [.. Secrets.Take(count).Select(secret => secret.PublicKey)];
        keys = last switch
        {
            "twice" => keys.SetItem(3, keys[0]),
            "zero" => keys.SetItem(3, default),
            "identity" => keys.SetItem(3, BabyJubjub.Identity),
            "small" => keys.SetItem(3, new(Fr.Zero, -Fr.One)),
            _ => keys,
        };
        var path = Path.GetTempFileName();
        File.WriteAllText(path, MarginJson.ToIndented(new Sequencers(keys)));
        if (mistake is null)
        {
            Assert.Equal(keys, Sequencers.Read(path).Keys);
        }
        else
        {
            Assert.StartsWith($"{path}: {mistake}", Assert.Throws<BatchFileException>(() => Sequencers.Read(path)).Message, StringComparison.Ordinal);
        }

        File.Delete(path);
    }

    private static Batch Signed(Batch batch, params int[] signers) => signers.Aggregate(batch, (signed, signer) => Secrets[signer].SignOrder(signed, Root));
}
