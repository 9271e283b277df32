using Prover.Formats;
using Prover.Groth16;

namespace Prover.Pipeline.Tests;

/// <summary>Compiled circuits and keys are made once, for exactly the sources that are there, and a damaged circuit is made again.</summary>
public sealed class CachesTests : IDisposable
{
    private const string Source = """rule below(private x: int[0 .. 9], public limit: int[0 .. 9]) { require x <= limit, "above" }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-caches-").FullName;

    [Fact]
    public void A_circuit_is_compiled_once_for_its_sources()
    {
        var circuits = new CircuitCache(new(_folder));
        var first = circuits.Get(Write(Source), "below", out var isCached);
        Assert.False(isCached);
        Assert.Equal(first.Hash, circuits.Get(Write(Source), "below", out isCached).Hash);
        Assert.True(isCached);
        Assert.NotEqual(first.Hash, circuits.Get(Write(Source.Replace("<=", "<", StringComparison.Ordinal)), "below", out isCached).Hash);
        Assert.False(isCached);
    }

    [Fact]
    public void A_damaged_circuit_is_compiled_again()
    {
        var circuits = new CircuitCache(new(_folder));
        var hash = circuits.Get(Write(Source), "below", out _).Hash;
        Damage("*.compiled");
        Assert.Equal(hash, circuits.Get(Write(Source), "below", out var isCached).Hash);
        Assert.False(isCached);
        Assert.Equal(hash, circuits.Get(Write(Source), "below", out isCached).Hash);
        Assert.True(isCached);
    }

    [Fact]
    public void A_program_with_errors_is_refused_each_time()
    {
        var circuits = new CircuitCache(new(_folder));
        var broken = Source.Replace("x <=", "y <=", StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            var error = Assert.Throws<CompilationException>(() => circuits.Get(Write(broken), "below", out _));
            Assert.Single(error.Diagnostics);
        }

        Assert.NotNull(circuits.Get(Write(Source), "below", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_is_made_once_and_a_damaged_one_is_refused_until_it_is_deleted(bool withTables)
    {
        var circuit = new CircuitCache(new(_folder)).Get(Write(Source), "below", out _);
        var keys = new DevelopmentKeyCache(new(_folder), withTables ? new KeyTables(Path.Combine(_folder, "tables")) : null);
        var first = Get(expectCached: false);
        Assert.True(first.IsInsecure);
        Assert.Equal(first.VerifyingKey.Delta2, Get(expectCached: true).VerifyingKey.Delta2);

        // Made again, it would have another verifying key, and nobody would know why proofs are refused.
        Damage("*.zkey");
        Assert.Contains("another verifying key", Assert.Throws<MalformedFileException>(() => Get(expectCached: true)).Message, StringComparison.Ordinal);
        ZkeyFile.Write(Path.Combine(_folder, "other.zkey"), Setup.InsecureDevelopment(circuit.R1cs, new SystemScalarSource()));
        File.Copy(Path.Combine(_folder, "other.zkey"), keys.PathOf(circuit), overwrite: true);
        Assert.Contains("another verifying key", Assert.Throws<MismatchException>(() => Get(expectCached: true)).Message, StringComparison.Ordinal);
        File.Delete(keys.PathOf(circuit));
        var second = Get(expectCached: false);
        Assert.NotEqual(first.VerifyingKey.Delta2, second.VerifyingKey.Delta2);
        Assert.Equal(second.VerifyingKey.Delta2, Get(expectCached: true).VerifyingKey.Delta2);

        ProvingKey Get(bool expectCached)
        {
            using var loaded = keys.Get(circuit, out var isCached, progress: null, TestContext.Current.CancellationToken);
            Assert.Equal(expectCached, isCached);
            return loaded.Key;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string source)
    {
        var path = Path.Combine(_folder, "below.circuit");
        File.WriteAllText(path, source);
        return path;
    }

    private void Damage(string pattern)
    {
        var path = Assert.Single(Directory.GetFiles(_folder, pattern, SearchOption.AllDirectories));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
