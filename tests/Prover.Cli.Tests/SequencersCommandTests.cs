using System.Diagnostics;
using System.Text.Json;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Cli.Tests;

/// <summary>The sequencers' quorum, from keys to a kept batch.</summary>
public sealed class SequencersCommandTests : IDisposable
{
    private readonly StateHistory _history = new(count: 2, seed: 7);

    private string Registered => _history.PathOf("sequencers.json");

    public SequencersCommandTests()
    {
        var keys = Enumerable.Range(0, 4).Select(i => Outcome.Of("batch", "sequencer", KeyOf(i), "--json").Expect(ExitCode.Success).Json);
        File.WriteAllText(Registered, JsonSerializer.Serialize(new { format = "margin-sequencers/1", keys = keys.ToArray() }));
    }

    [Fact]
    public void A_batch_is_kept_once_the_quorum_has_signed_it()
    {
        var (file, state) = (_history.Files[0], _history.Init("state.db"));
        Assert.Contains("no quorum: nobody has signed, 3 of 4", Apply(file).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Outcome.Of("batch", "sign", file, "--key", KeyOf(3), "--key", KeyOf(1)).Expect(ExitCode.Success);
        Assert.Contains("too few signatures: 2 of 3", Apply(file).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        var signed = Outcome.Of("batch", "sign", file, "--key", KeyOf(0), "--json").Expect(ExitCode.Success).Json;
        Assert.Equal(3, signed.GetProperty("signatures").GetInt32());
        Apply(file).Expect(ExitCode.Success);

        // Nothing is demanded without the option, and what is kept of a signed batch replays.
        Outcome.Of("state", "apply", state, _history.Files[1]).Expect(ExitCode.Success);
        Outcome.Of("state", "verify", state).Expect(ExitCode.Success);

        Outcome Apply(string batch) => Outcome.Of("state", "apply", state, batch, "--sequencers", Registered);
    }

    [Fact]
    public async Task A_batch_without_a_quorum_is_not_proved()
    {
        var file = _history.Files[0];
        Outcome.Of("batch", "sign", file, "--key", KeyOf(0), "--key", KeyOf(1), "--key", KeyOf(2)).Expect(ExitCode.Success);
        var batch = BatchFile.Read(file);
        BatchFile.Write(_history.PathOf("late.json"), batch with { Time = batch.Time + 1 });
        var refused = Outcome.Of("batch", "prove", _history.PathOf("late.json"), "-o", _history.PathOf("none"), "--sequencers", Registered).Expect(ExitCode.NegativeVerdict);
        Assert.Contains("late.json: no valid quorum: wrong hash: the quorum names 0x", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_history.PathOf("none")));

        var dropped = Outcome.Of("batch", "sign", _history.PathOf("late.json"), "--key", KeyOf(0)).Expect(ExitCode.Success);
        Assert.Contains("3 signatures of another order are dropped", dropped.Error, StringComparison.Ordinal);

        // The honest one gets as far as looking for the rules.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Prover.Cli"), ["batch", "prove", file, "-o", _history.PathOf("none"), "--sequencers", Registered])
        {
            RedirectStandardError = true,
            Environment = { [CircuitsFolder.Variable] = "/nowhere" },
        };
        using var honest = Process.Start(start)!;
        var error = await honest.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await honest.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BadFile, honest.ExitCode);
        Assert.Contains("$PROVER_CIRCUITS is '/nowhere'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_key_is_made_once_and_kept_to_its_owner()
    {
        var key = Outcome.Of("batch", "sequencer", KeyOf(2), "--json").Expect(ExitCode.Success);
        Assert.Empty(key.Error);
        Assert.Equal(Sequencers.Read(Registered).Keys[2].X.ToString(), key.Json.GetProperty("x").GetString());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyOf(2)));
        }

        File.WriteAllText(_history.PathOf("short.key"), "abc");
        Assert.Contains("no secret key: 64 hexadecimal digits are expected, got 3", Outcome.Of("batch", "sign", _history.Files[0], "--key", _history.PathOf("short.key")).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _history.Dispose();

    private string KeyOf(int sequencer) => _history.PathOf($"{sequencer}.key");
}
