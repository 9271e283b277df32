using Prover.Backends.Cpu;
using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

/// <summary>Tables that are damaged, in whatever byte, lead to a full read of the key or to no proof; never to a crash and never to a wrong proof.</summary>
public sealed class DamagedTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];
    private readonly KeyTables _tables;
    private readonly CpuBackend _backend = new(threads: 1);
    private readonly VerifyingKey _verifyingKey;
    private readonly Fr[] _witness;
    private readonly byte[] _honest;
    private readonly TablesLayout _layout;

    public DamagedTablesTests()
    {
        var (circuit, witness) = SampleCircuit.Chain(length: 2, secret: 3);
        _witness = witness;
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        _verifyingKey = key.VerifyingKey;
        ZkeyFile.Write(KeyPath, key);
        _tables = new(_folder["cache"], _notes.Add);
        _tables.Load(KeyPath).Dispose();
        _honest = File.ReadAllBytes(TablesPath);
        using var tables = MappedTables.Open(TablesPath);
        _layout = new TablesLayout(tables.Header.Counts);
    }

    private string KeyPath => _folder["k.zkey"];

    private string TablesPath => _folder["k.zkey.tables"];

    [Fact]
    public void Every_byte_of_head_and_first_digest_counts()
    {
        foreach (var position in Head())
        {
            WriteFlipped(position);
            var error = Assert.Throws<MalformedFileException>(() => MappedTables.Open(TablesPath).Dispose());
            Assert.Equal(TablesPath, error.Path);
            Assert.NotNull(error.Offset);
        }

        IEnumerable<int> Head() => Enumerable.Range(0, (int)_layout.HeadLength).Concat(Enumerable.Range((int)_layout.TrailerOffset, 32));
    }

    [Fact]
    public void Damaged_tables_are_noted_and_made_anew()
    {
        for (var position = 5; position < _layout.HeadLength; position += 97)
        {
            WriteFlipped(position);
            _notes.Clear();
            using (var loaded = _tables.Load(KeyPath))
            {
                Assert.Null(loaded.TablesPath);
                Assert.StartsWith("prepared tables not used: ", Assert.Single(_notes), StringComparison.Ordinal);
            }

            using var again = _tables.Load(KeyPath);
            Assert.NotNull(again.TablesPath);
            Assert.Equal(_honest, File.ReadAllBytes(TablesPath));
        }
    }

    [Fact]
    public void Every_byte_behind_the_head_is_refused_or_harmless_or_spoils_the_proof()
    {
        var (refused, spoilt) = (0, 0);
        foreach (var section in _layout.Sections.Where(section => section.Offset >= _layout.HeadLength))
        {
            for (var position = section.Offset; position < section.End; position += section.Length > 300 ? 11 : 1)
            {
                WriteFlipped((int)position);
                try
                {
                    using var tables = MappedTables.Open(TablesPath);
                    Assert.Throws<MalformedFileException>(tables.CheckContents);
                    Assert.True(Verifier.Verify(_verifyingKey, _witness.AsSpan(1, 2), Groth16Prover.Prove(tables.Key, _witness, _backend)), $"byte {position}");
                }
                catch (MalformedFileException)
                {
                    refused++;
                }
                catch (InvalidProofException)
                {
                    spoilt++;
                }
            }
        }

        Assert.True(refused > 100 && spoilt > 100, $"{refused} refused, {spoilt} spoilt");
    }

    [Fact]
    public void Undamaged_tables_are_accepted()
    {
        File.WriteAllBytes(TablesPath, _honest);
        using var tables = MappedTables.Open(TablesPath);
        tables.CheckContents();
        Assert.True(Verifier.Verify(_verifyingKey, _witness.AsSpan(1, 2), Groth16Prover.Prove(tables.Key, _witness, _backend)));
    }

    [Fact]
    public void Truncated_or_longer_tables_are_refused()
    {
        for (var length = 0; length < _honest.Length; length += length < 600 ? 1 : 997)
        {
            Refuse(_honest.AsSpan(0, length).ToArray());
        }

        Refuse(_honest.AsSpan(0, _honest.Length - 1).ToArray());
        Refuse([.. _honest, 0]);

        void Refuse(byte[] bytes)
        {
            File.WriteAllBytes(TablesPath, bytes);
            Assert.Throws<MalformedFileException>(() => MappedTables.Open(TablesPath).Dispose());
        }
    }

    [Fact]
    public void Error_names_place_rule_and_numbers()
    {
        Expect(_layout.B2.Offset + 128 + 32 + 31, "points B2", _layout.B2.Offset + 128 + 32, "below Fq's prime");
        Expect(_layout.WiresA.Offset + 7, "wires of A", _layout.WiresA.Offset + 4, "must be below 5, it is");
        Expect(_layout.RowStartsB.Offset + 3, "row starts of B", _layout.RowStartsB.Offset, "begins with term 0, not");

        void Expect(long flipped, string place, long offset, string rule)
        {
            File.WriteAllBytes(TablesPath, Flipped((int)flipped, 0x40));
            var error = Assert.Throws<MalformedFileException>(() => MappedTables.Open(TablesPath).Dispose());
            Assert.Equal((place, offset), (error.Place, error.Offset));
            Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tables_are_to_blame_for_what_they_spoil()
    {
        File.WriteAllBytes(TablesPath, Flipped((int)_layout.A.Offset, 1));
        var notes = new List<string>();
        using var loaded = new KeyTables(_folder["tables"], notes.Add).Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        Assert.Throws<InvalidProofException>(() => Groth16Prover.Prove(loaded.Key, _witness, _backend));
        using (var sound = loaded.WithoutTables())
        {
            Assert.NotNull(sound);
            Assert.Null(sound.TablesPath);
            Groth16Prover.Prove(sound.Key, _witness, _backend);
        }

        Assert.StartsWith(TablesPath, Assert.Single(notes), StringComparison.Ordinal);
        Assert.Contains("The tables were removed", notes[0], StringComparison.Ordinal);
        Assert.False(File.Exists(TablesPath));
        Assert.Null(LoadedKey.Read(KeyPath).WithoutTables());
    }

    [Fact]
    public void Undamaged_tables_are_not_to_blame_for_a_wrong_witness()
    {
        _witness[^1] += 1;
        using var loaded = _tables.Load(KeyPath);
        Assert.Throws<InvalidProofException>(() => Groth16Prover.Prove(loaded.Key, _witness, _backend));
        Assert.Null(loaded.WithoutTables());
        Assert.True(File.Exists(TablesPath));
    }

    [Fact]
    public void Key_is_to_blame_when_its_bytes_are_not_those_of_the_tables()
    {
        using var loaded = _tables.Load(KeyPath);
        using (var key = File.OpenWrite(KeyPath))
        {
            key.Position = 1000;
            key.WriteByte(99);
        }

        Assert.Throws<MalformedFileException>(() => loaded.WithoutTables());
        Assert.False(File.Exists(TablesPath));
    }

    [Fact]
    public void Inspection_tells_damage_from_age()
    {
        Assert.Equal(new(TablesPath, IsCurrent: true, Damage: null), Assert.Single(_tables.Inspect(KeyPath, contents: true)));
        WriteFlipped((int)_layout.A.Offset);
        Assert.Null(Assert.Single(_tables.Inspect(KeyPath, contents: false)).Damage);
        Assert.Contains("damaged", Assert.Single(_tables.Inspect(KeyPath, contents: true)).Damage, StringComparison.Ordinal);
        File.WriteAllBytes(TablesPath, _honest);
        File.SetLastWriteTimeUtc(KeyPath, DateTime.UtcNow.AddHours(-1));
        Assert.Equal(new(TablesPath, IsCurrent: false, Damage: null), Assert.Single(_tables.Inspect(KeyPath, contents: true)));
        File.Delete(TablesPath);
        Assert.Empty(_tables.Inspect(KeyPath, contents: true));
    }

    public void Dispose()
    {
        _backend.Dispose();
        _folder.Dispose();
    }

    private void WriteFlipped(int position) => File.WriteAllBytes(TablesPath, Flipped(position, (byte)(1 << (position % 8))));

    private byte[] Flipped(int position, byte bits)
    {
        var bytes = (byte[])_honest.Clone();
        bytes[position] ^= bits;
        return bytes;
    }
}
