namespace Prover.Pipeline.Tests;

public sealed class CacheFolderTests : IDisposable
{
    private readonly CacheFolder _cache = new(Directory.CreateTempSubdirectory("prover-cache-").FullName);

    [Fact]
    public void What_was_written_is_found_under_its_name()
    {
        _cache.Write("keys/a.zkey", path => File.WriteAllText(path, "key"));

        Assert.Equal("key", File.ReadAllText(_cache.PathOf("keys/a.zkey")));
    }

    [Fact]
    public void A_later_entry_replaces_an_earlier_one()
    {
        _cache.Write("entry", path => File.WriteAllText(path, "old"));
        _cache.Write("entry", path => File.WriteAllText(path, "new"));

        Assert.Equal("new", File.ReadAllText(_cache.PathOf("entry")));
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_earlier_entry_and_no_rest()
    {
        _cache.Write("entry", path => File.WriteAllText(path, "old"));

        Assert.Throws<InvalidOperationException>(() => _cache.Write("entry", path =>
        {
            File.WriteAllText(path, "half");
            throw new InvalidOperationException("interrupted");
        }));

        Assert.Equal("old", File.ReadAllText(_cache.PathOf("entry")));
        Assert.Single(Directory.GetFiles(_cache.Root));
    }

    public void Dispose() => Directory.Delete(_cache.Root, recursive: true);
}
