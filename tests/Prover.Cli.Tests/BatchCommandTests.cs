using System.Collections.Immutable;
using System.Text.Json;
using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>The main job on the smallest shape.</summary>
[Collection(EscapeCommandTests.CacheUsers)]
public sealed class BatchCommandTests : IDisposable
{
    private const long Time = 1_764_000_000;

    private static readonly Exchange Exchange = new("batch commands");

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-batch-").FullName;

    public BatchCommandTests() => Environment.SetEnvironmentVariable(CacheFolder.Variable, Path.Combine(_folder, "cache"));

    [Fact]
    public void A_batch_is_proved_and_its_files_verify()
    {
        var file = Write("good.json", Withdrawal(amount: 100));
        var executed = Outcome.Of("batch", "execute", file, "--json").Expect(ExitCode.Success).Json;

        var proved = Outcome.Of("batch", "prove", file, "-o", PathOf("out"), "--device", "cpu").Expect(ExitCode.Success);
        var again = Outcome.Of("batch", "prove", file, "-o", PathOf("out2"), "--wtns", PathOf("good.wtns"), "--device", "cpu", "--json").Expect(ExitCode.Success).Json;

        foreach (var word in new[] { "2: 1 Deposit, 1 Withdrawal", "constraints", "compile", "key", "execute", "witness", "prove", "verify", "256 bytes", "old root", "new root", "estimated gas", "INSECURE" })
        {
            Assert.Contains(word, proved.Output, StringComparison.Ordinal);
        }

        var verified = Outcome.Of("verify", PathOf("out", "verification_key.json"), PathOf("out", "public.json"), PathOf("out", "proof.json"));
        Assert.Contains("valid", verified.Expect(ExitCode.Success).Output, StringComparison.Ordinal);
        var publics = JsonSerializer.Deserialize<string[]>(File.ReadAllText(PathOf("out", "public.json")))!;
        Assert.Equal([executed.GetProperty("oldRoot").GetString(), executed.GetProperty("newRoot").GetString()], publics[..2]);
        Assert.StartsWith("0x", File.ReadAllText(PathOf("out", "calldata.hex")), StringComparison.Ordinal);

        // The second run found circuit and key, and its proof is another one of the same statement.
        Assert.Equal(["cached"], again.GetProperty("stages").EnumerateArray().Where(stage => stage.GetProperty("name").GetString() == "key").Select(stage => stage.GetProperty("note").GetString()));
        Assert.Equal(File.ReadAllText(PathOf("out", "public.json")), File.ReadAllText(PathOf("out2", "public.json")));
        Assert.NotEqual(File.ReadAllText(PathOf("out", "proof.json")), File.ReadAllText(PathOf("out2", "proof.json")));
        Outcome.Of("verify", PathOf("out", "verification_key.json"), PathOf("out", "public.json"), PathOf("out2", "proof.json")).Expect(ExitCode.Success);

        // Key and witness serve any prover.
        Outcome.Of("prove", again.GetProperty("key").GetString()!, PathOf("good.wtns"), PathOf("third.json"), PathOf("third-public.json"), "--device", "cpu").Expect(ExitCode.Success);
        Outcome.Of("verify", PathOf("out", "verification_key.json"), PathOf("out", "public.json"), PathOf("third.json")).Expect(ExitCode.Success);
    }

    [Fact]
    public void Generated_batches_are_accepted_and_always_the_same()
    {
        Outcome.Of("batch", "generate", PathOf("first.json")).Expect(ExitCode.Success);
        Outcome.Of("batch", "generate", PathOf("second.json"), "--seed", "another").Expect(ExitCode.Success);
        Outcome.Of("batch", "history", PathOf("history"), "--count", "3").Expect(ExitCode.Success);

        Assert.Equal(File.ReadAllText(Repository.PathOf("bench", "batches", "first.json")), File.ReadAllText(PathOf("first.json")));
        Assert.NotEqual(File.ReadAllText(PathOf("first.json")), File.ReadAllText(PathOf("second.json")));
        foreach (var file in new[] { PathOf("first.json"), PathOf("second.json"), PathOf("history", "1.json"), PathOf("history", "2.json"), PathOf("history", "3.json") })
        {
            Outcome.Of("batch", "execute", file).Expect(ExitCode.Success);
        }

        Outcome.Of("batch", "generate", PathOf("early.json"), "--time", "99").Expect(ExitCode.Usage);
        Outcome.Of("batch", "history", PathOf("none"), "--count", "0").Expect(ExitCode.Usage);
        Assert.False(File.Exists(PathOf("early.json")) || Directory.Exists(PathOf("none")));
    }

    [Fact]
    public void A_refused_transaction_is_named_and_nothing_is_written()
    {
        var file = Write("poor.json", Withdrawal(amount: 100_000));

        var executed = Outcome.Of("batch", "execute", file).Expect(ExitCode.NegativeVerdict);
        var proved = Outcome.Of("batch", "prove", file, "-o", PathOf("none"), "--device", "cpu").Expect(ExitCode.NegativeVerdict);

        Assert.Contains("refused: initial margin: have", executed.Output, StringComparison.Ordinal);
        Assert.Contains("transaction 1: initial margin: have", proved.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("none")));
    }

    /// <summary>A coin at 100 dollars needs 2.50 to be kept and 1.25 not to be closed out.</summary>
    [Fact]
    public void A_scan_lists_who_is_below_maintenance()
    {
        var file = Write("short.json", Withdrawal(amount: 100));
        var batch = BatchFile.Read(file);
        var market = batch.State.Markets[1] with { Price = Exchange.Price(100) };
        var accounts = new[] { (4L, -97.5m), (7L, -97.6m), (9L, -99m) }.Select(item => KeyValuePair.Create(item.Item1, Account.Empty with
        {
            Owner = Exchange.OwnerOf(item.Item1).PublicKey,
            Cash = Exchange.Money(item.Item2),
            Positions = ImmutableSortedDictionary<int, Position>.Empty.Add(1, new(Exchange.Size(1), market.Funding)),
        }));
        BatchFile.Write(file, batch with { State = batch.State with { Markets = batch.State.Markets.With(1, market), Accounts = batch.State.Accounts.AddRange(accounts) } });

        var scan = Outcome.Of("batch", "scan", file, "--json").Expect(ExitCode.Success).Json;
        var text = Outcome.Of("batch", "scan", file).Expect(ExitCode.Success).Output;

        Assert.Equal((5, 0), (scan.GetProperty("accounts").GetInt32(), scan.GetProperty("refused").GetInt32()));
        Assert.Equal(
            [(7, "2400000", "2500000", "100000", false), (9, "1000000", "2500000", "1500000", true)],
            scan.GetProperty("below").EnumerateArray().Select(below => (
                below.GetProperty("account").GetInt32(),
                below.GetProperty("worth").GetString()!,
                below.GetProperty("requirement").GetString()!,
                below.GetProperty("shortfall").GetString()!,
                below.GetProperty("belowCloseOut").GetBoolean())));
        Assert.Contains("2 of 5 accounts are below maintenance", text, StringComparison.Ordinal);
        Assert.Contains("0.10 USD", text, StringComparison.Ordinal);
        Assert.Contains("below close-out", text, StringComparison.Ordinal);
        Assert.Contains("1 of 2 transactions are refused", Outcome.Of("batch", "scan", Write("poor.json", Withdrawal(amount: 100_000))).Expect(ExitCode.Success).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_batch_is_named_with_its_place()
    {
        File.WriteAllText(PathOf("broken.json"), "{ \"format\": 7 }");

        foreach (var command in new[] { "execute", "scan", "prove" })
        {
            Assert.Contains("broken.json", Outcome.Of("batch", command, PathOf("broken.json")).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Withdrawal Withdrawal(decimal amount) => Exchange.Withdraw(3, 0, amount, 0xABCDEF);

    private string Write(string name, Withdrawal withdrawal)
    {
        var accounts = ImmutableSortedDictionary<long, Account>.Empty
            .Add(3, Account.Empty with { Owner = Exchange.OwnerOf(3).PublicKey, Cash = Exchange.Money(1_000) });
        var shape = new BatchShape(Depth: 2, Slots: 2, Markets: 2, Orders: 1, Deposits: 1, Trades: 0, Withdrawals: 1);
        var markets = Exchange.Genesis(shape).Markets;
        BatchFile.Write(PathOf(name), new(
            shape,
            1,
            Time,
            Exchange.Configuration,
            new(markets with { PriceTime = Time - 5 }, 0, accounts),
            [Exchange.Deposit(5, 10), withdrawal]));
        return PathOf(name);
    }

    private string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);
}
