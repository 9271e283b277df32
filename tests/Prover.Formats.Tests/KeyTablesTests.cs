using Prover.Backends;
using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

/// <summary>When a key is loaded by its tables, when in full, and that both are the same key.</summary>
public sealed class KeyTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];
    private readonly KeyTables _tables;
    private readonly ProvingKey _key = Key(length: 2);

    public KeyTablesTests()
    {
        _tables = new(_folder["cache"], _notes.Add);
        ZkeyFile.Write(KeyPath, _key);
    }

    private string KeyPath => _folder["k.zkey"];

    private string TablesPath => _folder["k.zkey.tables"];

    [Fact]
    public void Mapped_key_equals_the_key_as_read()
    {
        Assert.Null(LoadFirst());
        var read = ZkeyFile.Read(KeyPath);
        using var loaded = _tables.Load(KeyPath);
        Assert.Equal(TablesPath, loaded.TablesPath);
        KeyEquality.Require(read, loaded.Key);
        Assert.Empty(_notes);
    }

    [Fact]
    public void Key_with_many_points_and_points_at_infinity_survives()
    {
        // Wire 2, bound only by t·1 = t, makes [b]₁ and [b]₂ infinite; the length is no multiple of any alignment.
        ZkeyFile.Write(KeyPath, Key(length: 1021));
        Assert.Null(LoadFirst());
        using var loaded = _tables.Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        Assert.Contains(G1Affine.Infinity, loaded.Key.B1.ToArray());
        KeyEquality.Require(ZkeyFile.Read(KeyPath), loaded.Key);
    }

    [Fact]
    public void Mapped_key_proves()
    {
        Assert.Null(LoadFirst());
        var (_, witness) = SampleCircuit.Chain(length: 2, secret: 3);
        using var backend = new ReferenceBackend();
        using var loaded = _tables.Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        var proof = Groth16Prover.Prove(loaded.Key, witness, backend);
        Assert.True(Verifier.Verify(_key.VerifyingKey, witness.AsSpan(1, 2), proof));
    }

    [Fact]
    public void Replaced_key_is_not_loaded_by_the_old_tables()
    {
        Assert.Null(LoadFirst());
        ZkeyFile.Write(KeyPath, Key(length: 3));
        Assert.Null(LoadFirst());
        using var loaded = _tables.Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        Assert.Equal(6, loaded.Key.WireCount);
        Assert.Empty(_notes);
    }

    [Fact]
    public void Key_changed_in_place_is_refused_even_if_its_time_is_set_back()
    {
        Assert.Null(LoadFirst());
        var time = File.GetLastWriteTimeUtc(KeyPath);
        var bytes = File.ReadAllBytes(KeyPath);
        bytes[^100] ^= 1;
        File.WriteAllBytes(KeyPath, bytes);
        File.SetLastWriteTimeUtc(KeyPath, time);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells a time of change that nobody can set.");
        Assert.Throws<MalformedFileException>(() => _tables.Load(KeyPath));
    }

    [Fact]
    public void Other_key_of_the_same_length_is_refused_by_its_pin()
    {
        Assert.Null(LoadFirst());
        ZkeyFile.Write(_folder["other.zkey"], Key(length: 2));
        File.Copy(_folder["other.zkey"], KeyPath, overwrite: true);
        Assert.Throws<MismatchException>(() => _tables.Load(KeyPath));
        File.Delete(KeyPin.PathOf(KeyPath));
        Assert.Null(LoadFirst());
    }

    [Fact]
    public void Changed_pin_refuses_the_key_in_spite_of_its_tables()
    {
        Assert.Null(LoadFirst());
        File.WriteAllText(KeyPin.PathOf(KeyPath), $"sha256 {new string('0', 64)}\n");
        Assert.Throws<MismatchException>(() => _tables.Load(KeyPath));
    }

    [Fact]
    public void Tables_of_another_key_are_made_anew()
    {
        var other = _folder["other.zkey"];
        ZkeyFile.Write(other, Key(length: 2));
        _tables.Load(other).Dispose();
        File.Copy(other + ".tables", TablesPath);
        Assert.Null(LoadFirst());
        using var loaded = _tables.Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        KeyEquality.Require(ZkeyFile.Read(KeyPath), loaded.Key);
    }

    [Fact]
    public void Where_nothing_can_be_written_beside_the_key_the_other_folder_serves()
    {
        Directory.CreateDirectory(TablesPath);
        Assert.Null(LoadFirst());
        using var loaded = _tables.Load(KeyPath);
        Assert.StartsWith(_folder["cache"], loaded.TablesPath, StringComparison.Ordinal);
        KeyEquality.Require(ZkeyFile.Read(KeyPath), loaded.Key);
        Assert.Empty(_notes);
    }

    [Fact]
    public void Where_nothing_can_be_written_at_all_the_key_is_read_each_time()
    {
        Directory.CreateDirectory(TablesPath);
        File.WriteAllText(_folder["cache"], "no folder");
        Assert.Null(LoadFirst());
        Assert.Null(LoadFirst());
        Assert.All(_notes, note => Assert.StartsWith("no prepared tables kept", note, StringComparison.Ordinal));
    }

    [Fact]
    public void Readers_and_writers_may_come_at_once()
    {
        Parallel.For(0, 16, i =>
        {
            using var loaded = _tables.Load(KeyPath);
            KeyEquality.Require(_key, loaded.Key);
            if (i % 4 == 0)
                File.Delete(TablesPath);
        });
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_readers_share_the_tables()
    {
        Assert.Null(LoadFirst());
        using var first = _tables.Load(KeyPath);
        using (var second = _tables.Load(KeyPath))
        {
            Assert.NotNull(second.TablesPath);
            KeyEquality.Require(first.Key, second.Key);
        }

        KeyEquality.Require(_key, first.Key);
    }

    [Fact]
    public void Use_after_disposal_throws()
    {
        Assert.Null(LoadFirst());
        var loaded = _tables.Load(KeyPath);
        var key = loaded.Key;
        loaded.Dispose();
        loaded.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.A.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => key.B2.Pin());
        Assert.Throws<ObjectDisposedException>(() => key.MatrixA.Evaluate(0, new Fr[key.WireCount]));
        Assert.False(key.VerifyingKey.Ic.Span[0].IsInfinity);
        Assert.True(key.IsInsecure);
    }

    [Fact]
    public unsafe void Pinned_points_stay_mapped_until_they_are_unpinned()
    {
        Assert.Null(LoadFirst());
        var loaded = _tables.Load(KeyPath);
        var expected = loaded.Key.A.Span[1];
        using var pin = loaded.Key.A.Pin();
        loaded.Dispose();
        Assert.Equal(expected, ((G1Affine*)pin.Pointer)[1]);
    }

    [Fact]
    public unsafe void Every_list_lies_on_lines_of_cache()
    {
        Assert.Null(LoadFirst());
        using var loaded = _tables.Load(KeyPath);
        var key = loaded.Key;
        RequireAligned(key.A);
        RequireAligned(key.B1);
        RequireAligned(key.B2);
        RequireAligned(key.C);
        RequireAligned(key.H);
        foreach (var matrix in new[] { key.MatrixA, key.MatrixB })
        {
            RequireAligned(matrix.RowStarts);
            RequireAligned(matrix.Wires);
            RequireAligned(matrix.CoefficientIds);
            RequireAligned(matrix.Coefficients);
        }

        static void RequireAligned<T>(ReadOnlyMemory<T> list)
        {
            using var pin = list.Pin();
            Assert.Equal(0ul, (nuint)pin.Pointer % TablesLayout.Alignment);
        }
    }

    [Fact]
    public void Missing_key_is_refused_as_without_tables()
    {
        Assert.Null(LoadFirst());
        File.Delete(KeyPath);
        Assert.Throws<FileNotFoundException>(() => _tables.Load(KeyPath));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Loads the key, which makes its tables if they are not there.</summary>
    /// <returns>The tables that it was loaded by.</returns>
    private string? LoadFirst()
    {
        using var loaded = _tables.Load(KeyPath);
        return loaded.TablesPath;
    }

    private static ProvingKey Key(int length) => Setup.InsecureDevelopment(SampleCircuit.Chain(length, 1).Circuit, new SystemScalarSource());
}
