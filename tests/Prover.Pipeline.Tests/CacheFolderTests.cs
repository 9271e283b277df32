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

    [Fact]
    public async Task A_second_maker_waits_for_the_first()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var first = _cache.Lock("keys/a.zkey", cancellation);
        var second = Task.Run(() => _cache.Lock("keys/a.zkey", cancellation), cancellation);

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(500, cancellation)));
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_names_the_variable()
    {
        var file = Path.Combine(_cache.Root, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<IOException>(() => new CacheFolder(Path.Combine(file, "below")).Write("entry", path => File.WriteAllText(path, "")));

        Assert.Contains(CacheFolder.Variable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_for_many_entries_is_made_and_left_empty()
    {
        Assert.Empty(Directory.GetFileSystemEntries(_cache.MakeFolder("bench")));

        File.WriteAllText(_cache.PathOf("file"), "");
        Assert.Contains(CacheFolder.Variable, Assert.Throws<IOException>(() => _cache.MakeFolder("file")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_cache.Root, recursive: true);
}
