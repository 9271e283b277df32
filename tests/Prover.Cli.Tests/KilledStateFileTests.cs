using System.Diagnostics;
using System.Security.Cryptography;

namespace Prover.Cli.Tests;

/// <summary>Processes that make the file of a state, or write one out, killed while they do: under the name that was asked for is all of it or what was there before.</summary>
public sealed class KilledStateFileTests : IDisposable
{
    private const int SigKill = 137;

    private const int Kills = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-killed-").FullName;
    private readonly Random _random;
    private readonly string _state;
    private readonly string _root;

    public KilledStateFileTests()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        _random = new Random(seed);
        _state = PathOf("whole.db");
        _root = Outcome.Of("state", "init", _state, "--book", "400", "--json").Expect(ExitCode.Success).Json.GetProperty("root").GetString()!;
    }

    [Fact]
    public void A_killed_init_leaves_no_state_or_a_whole_one() => AssertNoneOrWhole(target => ["state", "init", target, "--book", "400"]);

    [Fact]
    public void A_killed_import_leaves_no_state_or_a_whole_one()
    {
        var snapshot = PathOf("snapshot.json");
        Outcome.Of("state", "export", _state, "-o", snapshot).Expect(ExitCode.Success);
        AssertNoneOrWhole(target => ["state", "import", snapshot, target]);
    }

    /// <summary>It is written in less than a millisecond, so all are killed at once: some before the file has its name.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public void A_killed_export_leaves_what_was_there_or_all_of_it(string? before)
    {
        var whole = PathOf("snapshot.json");
        Outcome.Of("state", "export", _state, "-o", whole).Expect(ExitCode.Success);
        var hash = HashOf(whole);
        for (var round = 0; round < Kills; round++)
        {
            var target = TargetOf(round, "snapshot.json");
            if (before is not null)
            {
                File.WriteAllText(target, before);
            }

            Kill(["state", "export", _state, "-o", target], target, TimeSpan.Zero);
            Assert.True(
                File.Exists(target) ? (before is not null && File.ReadAllText(target) == before) || HashOf(target) == hash : before is null,
                "There is a part of a file, or none in the place of the one before.");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertNoneOrWhole(Func<string, string[]> make)
    {
        var halves = new List<string>();
        for (var round = 0; round < Kills; round++)
        {
            var target = TargetOf(round, "made.db");
            var isKilled = Kill(make(target), target, TimeSpan.FromMilliseconds(40 * _random.NextDouble()));
            if (File.Exists(target))
            {
                AssertWhole(target);
            }
            else if (isKilled && BytesBeside(target) != 0)
            {
                halves.Add(target);
            }
        }

        // What one of them has left stands in nobody's way.
        Assert.NotEmpty(halves);
        Outcome.Of(make(halves[0])).Expect(ExitCode.Success);
        AssertWhole(halves[0]);
    }

    private void AssertWhole(string state) =>
        Assert.Equal(_root, Outcome.Of("state", "verify", state, "--json").Expect(ExitCode.Success).Json.GetProperty("root").GetString());

    /// <summary>Starts a process and kills it so long after it has begun to write anything in the target's folder.</summary>
    /// <returns>Whether it was still there to be killed.</returns>
    private static bool Kill(string[] arguments, string target, TimeSpan moment)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Prover.Cli"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Await(process, target, moment);
        process.Kill();
        process.WaitForExit();
        return process.ExitCode == SigKill;
    }

    /// <summary>Waits until anything is written in the target's folder, and a moment longer; not asleep, which would be too late.</summary>
    /// <remarks>An empty file beside the target only tries whether one can be made.</remarks>
    private static void Await(Process process, string target, TimeSpan moment)
    {
        var (bytes, size) = (BytesBeside(target), SizeOf(target));
        while (BytesBeside(target) == bytes && SizeOf(target) == size && !process.HasExited)
        {
        }

        for (var since = Stopwatch.StartNew(); since.Elapsed < moment;)
        {
        }
    }

    private static long BytesBeside(string target) => Directory.EnumerateFiles(Path.GetDirectoryName(target)!).Where(file => file != target).Sum(file => Math.Max(0, SizeOf(file)));

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : -1;

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>A name in an empty folder of its own.</summary>
    private string TargetOf(int round, string name) => Path.Combine(Directory.CreateDirectory(PathOf($"{round}")).FullName, name);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
