using Prover.Margin;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>Whatever the contract lets into a batch has an answer, and executor, witness program and rows give the same one.</summary>
public sealed class ForcedTests : IDisposable
{
    private const string Source = "margin/forced.circuit";

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    public static TheoryData<string> Names => [.. ForcedCases.ByName.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_request_has_an_answer(string name)
    {
        var item = ForcedCases.ByName[name];
        var result = BatchExecutor.Execute(item.Batch);
        var verdict = Assert.Single(result.Verdicts);
        Assert.Null(verdict.Rejection);
        Assert.Equal(item.Shortfall, verdict.Shortfall?.Rule);
        Assert.Null(TinyBatch.Refusal(TinyBatch.CircuitOf(item.Batch.Shape), result.Inputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_request_has_another_answer(string name)
    {
        var (batch, inputs) = (ForcedCases.ByName[name].Batch, TinyBatch.Inputs(ForcedCases.ByName[name].Batch));
        inputs.Set("new_root", batch.OpenLedger().Root);
        var unchanged = BatchExecutor.Execute(batch).Public is var shown && shown.NewRoot == shown.OldRoot;
        Assert.Equal(unchanged ? null : "another new root", TinyBatch.Refusal(TinyBatch.CircuitOf(batch.Shape), inputs));
    }

    [Theory]
    [InlineData("an exit with all", 1_000_000, 1_000_000)]
    [InlineData("an exit with one more than there is", 1_000_001, 1_000_000)]
    [InlineData("an exit with some that a position needs", 995_001, 995_000)]
    [InlineData("an exit with what funding has taken", 1_000_701, 1_000_700)]
    [InlineData("an exit from debt", 5, 0)]
    [InlineData("an exit signed by another", 5, 0)]
    public void An_exit_is_paid_what_the_account_can_do_without(string name, long asked, long paid)
    {
        var batch = ForcedCases.ByName[name].Batch;
        var result = BatchExecutor.Execute(batch);
        var before = batch.State.Accounts[Desk.Alice];
        Assert.Equal(asked, Assert.IsType<ForcedExit>(Assert.Single(batch.Transactions)).Amount);
        Assert.Equal(paid, Settlement.Of(before, batch.State.Markets).Cash - result.Ledger[Desk.Alice].Cash);
        var expected = paid == 0 ? Fr.Zero : Fr.FromInteger(Desk.Recipient + (new System.Numerics.BigInteger(paid) << 164) + (new System.Numerics.BigInteger(Desk.Alice) << 228));
        Assert.Equal(expected, result.Words.Words[BatchShape.HeaderWords + (2 * BatchShape.RequestWords)]);
    }

    [Theory]
    [InlineData("a long position closed", 1000, 97_500)]
    [InlineData("a short position closed", -1000, -102_500)]
    [InlineData("a part closed", 400, 39_000)]
    [InlineData("no more closed than there is", 1000, 97_500)]
    [InlineData("a close after funding", 1000, 97_500 - 1500)]
    [InlineData("a close that leaves a debt", 0, 0)]
    public void A_close_pays_the_price_less_what_keeping_takes(string name, long closed, long paid)
    {
        var batch = ForcedCases.ByName[name].Batch;
        var after = BatchExecutor.Execute(batch).Ledger;
        Assert.Equal(closed, batch.State.Accounts[Desk.Alice].SizeIn(1) - after[Desk.Alice].SizeIn(1));
        Assert.Equal(closed, after[Desk.Fund].SizeIn(1));
        Assert.Equal(paid, after[Desk.Alice].Cash - batch.State.Accounts[Desk.Alice].Cash);
    }

    [Theory]
    [InlineData("an exit with all")]
    [InlineData("an exit after the account's nonce has moved")]
    [InlineData("an exit when all nonces are used")]
    [InlineData("a long position closed")]
    [InlineData("a close after the account's nonce has moved")]
    [InlineData("a close when all nonces are used")]
    [InlineData("a fund that cannot")]
    public void No_nonce_is_counted(string name)
    {
        var batch = ForcedCases.ByName[name].Batch;
        Assert.Equal(batch.State.Accounts[Desk.Alice].Nonce, BatchExecutor.Execute(batch).Ledger[Desk.Alice].Nonce);
    }

    /// <summary>An operator who serves a withdrawal first that was signed before does not void what the contract was asked for.</summary>
    [Fact]
    public void Whatever_else_is_served_before_leaves_a_request_good()
    {
        var shape = TinyBatch.Shape with { Deposits = 0, Trades = 0, Exits = 1 };
        var batch = Desk.Batch(Desk.Withdrawal(Desk.Alice, 5), Desk.Exit(Desk.Alice, 7)) with { Shape = shape };
        var result = BatchExecutor.Execute(batch);
        Assert.All(result.Verdicts, verdict => Assert.Null(verdict.Rejection ?? verdict.Shortfall));
        Assert.Equal((Desk.Million - 12, 1u), (result.Ledger[Desk.Alice].Cash, result.Ledger[Desk.Alice].Nonce));
        Assert.Null(TinyBatch.Refusal(TinyBatch.CircuitOf(shape), result.Inputs));
    }

    [Fact]
    public void Whoever_proves_can_mend_stale_prices()
    {
        var batch = ForcedCases.ByName["a long position closed"].Batch.WithPrices(Desk.Now - 61, Desk.Price);
        Assert.Equal("stale prices", Assert.Single(BatchExecutor.Execute(batch).Verdicts).Rejection?.Rule);
        Assert.True(BatchExecutor.Execute(batch with { Transactions = [Desk.Tick(), .. batch.Transactions] }).IsAccepted);
    }

    /// <summary>Each line of a list of conditions decides about a case alone.</summary>
    [Fact]
    public void Every_condition_is_needed()
    {
        var lines = File.ReadAllLines(Repository.PathOf("circuits", "margin", "forced.circuit"));
        int[] conditions = [.. lines.Index().Where(item => IsInList(lines, item.Index)).Select(item => item.Index)];
        Assert.Equal(14, conditions.Length);
        var cases = ForcedCases.ByName.Values.Where(item => item.Batch.Shape == TinyBatch.Forced);
        Fr[][] honest = [.. cases.Select(item => TinyBatch.Inputs(item.Batch).InOrder(TinyBatch.CircuitOf(TinyBatch.Forced)))];
        Assert.All(conditions, condition =>
        {
            var circuit = TinyBatch.CompileEdited(TinyBatch.Forced, _folder, Source, text => WithoutLine(text, condition));
            Assert.True(honest.Any(inputs => circuit.Tape.Solve(inputs).Assignment is null), $"no case needs {lines[condition].Trim()}");
        });
    }

    private static bool IsInList(string[] lines, int index)
    {
        var start = Array.FindLastIndex(lines, index, line => line.EndsWith("= all([", StringComparison.Ordinal));
        return start >= 0 && start < index && Array.FindIndex(lines, start, line => line.Trim() == "])") > index;
    }

    private static string WithoutLine(string text, int index)
    {
        var lines = text.Split('\n');
        lines[index] = "";
        return string.Join('\n', lines);
    }
}
