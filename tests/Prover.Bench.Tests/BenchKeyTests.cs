using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;

namespace Prover.Bench.Tests;

/// <summary>Files of an earlier run that were damaged meanwhile are made anew.</summary>
public sealed class BenchKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Profile _profile;

    public BenchKeyTests() => _profile = Profiles.Build("dense", 8, new CacheFolder(Path.Combine(_folder.FullName, "circuits")));

    [Theory]
    [InlineData(".zkey", 0)]
    [InlineData(".zkey", 5_000)]
    [InlineData(".wtns", 0)]
    [InlineData(".wtns", 200)]
    [InlineData(".zkey.tables", 100)]
    [InlineData(".zkey.tables", 4_096)]
    [InlineData(".zkey.pin", 0)]
    public void What_is_damaged_is_made_anew(string extension, int position)
    {
        var notes = new List<string>();
        var files = Prepare(notes);
        var path = Path.ChangeExtension(files.KeyPath, extension);
        var (honest, time) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
        File.WriteAllBytes(path, [.. honest[..position], (byte)(honest[position] ^ 1), .. honest[(position + 1)..]]);
        File.SetLastWriteTimeUtc(path, time);
        Assert.Empty(notes);

        Assert.Equal(files, Prepare(notes));
        Assert.NotEmpty(notes);
        notes.Clear();
        Prepare(notes);
        Assert.Empty(notes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private BenchKey Prepare(List<string> notes)
    {
        var (files, loaded) = BenchKey.Prepare(_profile, Path.Combine(_folder.FullName, "bench"), notes.Add, TestContext.Current.CancellationToken);
        using (loaded)
            Groth16Prover.Prove(loaded.Key, WtnsFile.Read(files.WitnessPath), new Prover.Backends.ReferenceBackend(), cancellationToken: TestContext.Current.CancellationToken);
        return files;
    }
}
