using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Prover.BatchGenerator;
using Prover.Chain;
using Prover.Formats;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Primitives;

namespace Prover.Cli.Tests;

/// <summary>Owners of accounts 3 and 4 make the proofs that pay them out of a frozen contract; of one who is under water too.</summary>
[Collection(CacheUsers)]
public sealed class EscapeCommandTests : IClassFixture<Workplace>
{
    /// <summary>Tests that say where the cache folder is, which is one for the process.</summary>
    internal const string CacheUsers = "cache folder";

    private const string Recipient = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private const string Secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly Exchange Exchange = new("escape commands");
    private static readonly EddsaPrivateKey Owner = new(Convert.FromHexString(Secret));
    private static readonly BigInteger Address = BigInteger.Parse("0" + Recipient[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private readonly Workplace _place;
    private readonly Batch _batch;
    private readonly string _file, _key;

    public EscapeCommandTests(Workplace place)
    {
        Environment.SetEnvironmentVariable(CacheFolder.Variable, place.PathOf("cache"));
        _place = place;
        _key = place.Write("owner.key", Secret);
        _file = place.PathOf("last.json");
        var shape = new BatchShape(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 1, Trades: 0, Withdrawals: 1);
        var accounts = ImmutableSortedDictionary<long, Account>.Empty.Add(3, Owned(1_000)).Add(4, Owned(-5));
        _batch = new(shape, 1, 1_764_000_000, Exchange.Configuration, new(Exchange.Genesis(shape).Markets with { PriceTime = 1_763_999_995 }, 0, accounts), [new Deposit(3, Owner.PublicKey, Exchange.Money(10))]);
        BatchFile.Write(_file, _batch);
    }

    /// <summary>The same state as a batch leaves it, as it is kept, and as a snapshot of that.</summary>
    [Fact]
    public void An_owner_proves_what_his_account_is_worth()
    {
        var root = BatchExecutor.Execute(_batch).Public.NewRoot.ToString();
        var signed = EscapeRequest.Sign(Owner, _batch.Configuration, account: 3, nonce: 0, Address).Signature;
        var signature = _place.Write("signature.json", MarginJson.ToText(signed));
        var (kept, snapshot) = (_place.PathOf("kept.db"), _place.PathOf("snapshot.json.gz"));
        Outcome.Of("state", "init", kept, "--from", _file).Expect(ExitCode.Success);
        Outcome.Of("state", "apply", kept, _file).Expect(ExitCode.Success);
        Outcome.Of("state", "export", kept, "-o", snapshot).Expect(ExitCode.Success);

        var proved = Escape(_file, 3, "out", "--key", _key).Expect(ExitCode.Success);
        var again = Escape(kept, 3, "out2", "--signature", signature, "--json").Expect(ExitCode.Success).Json;
        var owing = Escape(snapshot, 4, "out3", "--key", _key, "--json").Expect(ExitCode.Success);

        Assert.All(["1,010.00 USD to 0x70997970c51812dc3a010c7d01b50e0d17dc79c8", root, "INSECURE", "once the contract is frozen"], word => Assert.Contains(word, proved.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("pays nothing", proved.Error, StringComparison.Ordinal);
        Assert.Equal([root, "1010000000", "1010000000"], new[] { "root", "worth", "paid" }.Select(name => again.GetProperty(name).GetString()));
        Assert.Equal([root, "-5000000", "0"], new[] { "root", "worth", "paid" }.Select(name => owing.Json.GetProperty(name).GetString()));
        Assert.Contains("account 4 is worth -5.00 USD: its escape is proved, but pays nothing", owing.Error, StringComparison.Ordinal);
        foreach (var (folder, account, amount) in new[] { ("out", 3, 1_010_000_000), ("out2", 3, 1_010_000_000), ("out3", 4, 0) })
        {
            var (proof, publics) = (_place.PathOf(folder, "proof.json"), _place.PathOf(folder, "public.json"));
            Outcome.Of("verify", _place.PathOf(folder, "verification_key.json"), publics, proof).Expect(ExitCode.Success);
            Assert.Equal(
                [root, StateHash.Configuration(_batch.Configuration).ToString(), $"{account}", $"{Address}", $"{amount}"],
                JsonSerializer.Deserialize<string[]>(File.ReadAllText(publics))!);
            Assert.Equal(
                "0x" + Convert.ToHexStringLower(new EscapeSubmission(account, Address, amount, ProofFile.Read(proof)).ToCalldata()) + "\n",
                File.ReadAllText(_place.PathOf(folder, "calldata.hex")));
        }

        Assert.Equal(File.ReadAllText(_place.PathOf("out", "verification_key.json")), File.ReadAllText(_place.PathOf("out3", "verification_key.json")));
    }

    [Fact]
    public void What_is_not_the_owners_is_refused()
    {
        var stranger = _place.Write("stranger.key", Secret.Replace('0', '1'));
        var elsewhere = _place.Write("elsewhere.json", MarginJson.ToText(EscapeRequest.Sign(Owner, _batch.Configuration, 3, 0, Address + 1).Signature));

        Assert.Contains("stranger.key: not the key of account 3", Escape(_file, 3, "none", "--key", stranger).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Assert.Contains("bad signature: escape of account 3 with nonce 0", Escape(_file, 3, "none", "--signature", elsewhere).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Assert.Contains("there is no account 9 after batch 1", Escape(_file, 9, "none", "--key", _key).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("there is no account -1", Escape(_file, -1, "none", "--key", _key).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("owner.key", Escape(_file, 3, "none", "--signature", _key).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        Assert.Contains("no secret key", Escape(_file, 3, "none", "--key", elsewhere).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        Assert.Contains("not both", Escape(_file, 3, "none", "--key", _key, "--signature", elsewhere).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains(
            $"account 3 with nonce 0: {EscapeRequest.Message(_batch.Configuration, 3, 0, Address)}", Escape(_file, 3, "none").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains(
            "square.zkey: a key of another circuit: it has", Escape(_file, 3, "none", "--key", _key, "--zkey", _place.Key).Expect(ExitCode.Mismatch).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("none")));
    }

    [Theory]
    [InlineData("70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x and 40 hexadecimal digits")]
    [InlineData("0x70997970C51812dc3A010C7d01b50e0d17dc79C", "0x and 40 hexadecimal digits")]
    [InlineData("0x70997970C51812dc3A010C7d01b50e0d17dc79CG", "0x and 40 hexadecimal digits")]
    [InlineData("0x0000000000000000000000000000000000000000", "nobody has its key")]
    [InlineData("0x70997970c51812dc3A010C7d01b50e0d17dc79C8", "capital and small letters are its checksum (ERC-55), which is wrong")]
    [InlineData("0x70997970C51812dc3A010C7d01b50e0d17dc79C9", "capital and small letters are its checksum (ERC-55), which is wrong")]
    public void Nobody_is_paid_at_what_is_no_address(string recipient, string says) => Assert.Contains(
        says, Outcome.Of("batch", "escape", _file, "--account", "3", "--recipient", recipient, "--key", _key).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    /// <summary>The command looks at the address before it asks for a signature.</summary>
    [Theory]
    [InlineData("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")]
    [InlineData("0x70997970c51812dc3a010c7d01b50e0d17dc79c8")]
    [InlineData("0x70997970C51812DC3A010C7D01B50E0D17DC79C8")]
    public void An_address_need_not_have_a_checksum(string recipient) => Assert.Contains(
        "What to sign for account 3", Outcome.Of("batch", "escape", _file, "--account", "3", "--recipient", recipient).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_proved_after_a_batch_that_is_refused()
    {
        var refused = _place.PathOf("refused.json");
        BatchFile.Write(refused, _batch with { Transactions = [Owner.SignWithdrawal(_batch.Configuration, 3, 0, Exchange.Money(5_000), Address, 0)] });
        Assert.Contains("transaction 0: initial margin", Escape(refused, 3, "none", "--key", _key).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("none")));
    }

    private static Account Owned(decimal dollars) => Account.Empty with { Owner = Owner.PublicKey, Cash = Exchange.Money(dollars) };

    private Outcome Escape(string state, long account, string folder, params string[] options) =>
        Outcome.Of(["batch", "escape", state, "--account", $"{account}", "--recipient", Recipient, "-o", _place.PathOf(folder), "--device", "cpu", .. options]);
}
