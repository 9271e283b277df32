using System.Buffers.Binary;
using static Prover.Formats.ZkeySections;

namespace Prover.Formats;

/// <summary>A part of a key's tables.</summary>
/// <param name="Name">What it holds, for people.</param>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct TablesSection(string Name, long Offset, long Length)
{
    /// <summary>The byte after its last.</summary>
    public long End => Offset + Length;
}

/// <summary>Where everything lies in the tables of a key of given sizes.</summary>
/// <remarks>
/// <code>
/// header | section table | constants | IC | contributions | A | B1 | B2 | C | H | A's rows, wires, ids | B's | coefficients | two digests
/// └────────────────── head ───────────────────────────────┘ each from a new page on                                       └ 64 bytes
/// </code>
/// The head is hashed and copied when the file is opened; what follows it is mapped, and its hash is computed only by full checks. The first
/// digest is SHA-256 of the head, the second of everything before itself. Parts begin at multiples of 64 bytes, large ones at pages.
/// The file's own table of sections holds nothing that the sizes do not determine; it is there for people and for other programs, and must agree.
/// </remarks>
internal sealed class TablesLayout
{
    /// <summary>Number of entries of the section table.</summary>
    public const int SectionCount = 15;

    /// <summary>Points lie on boundaries of cache lines: one that straddles two costs a third more to add.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes of the two digests at the end.</summary>
    public const int TrailerLength = 2 * DigestLength;

    private const int Page = 4096;
    private const int EntryLength = 24;

    private readonly List<TablesSection> _sections = [];
    private long _end = TablesHeader.Length + (SectionCount * EntryLength);

    /// <summary>The layout for a key of these sizes.</summary>
    public TablesLayout(TablesCounts counts)
    {
        Constants = Add("constants", 1, (3 * G1Length) + (3 * G2Length), Alignment);
        Ic = Add("points IC", counts.PublicWires + 1L, G1Length, Alignment);
        Contributions = Add("contributions", CircuitHashLength + (long)counts.ContributionBytes, 1, Alignment);
        HeadLength = _end;
        A = Add("points A", counts.Wires, G1Length, Page);
        B1 = Add("points B1", counts.Wires, G1Length, Page);
        B2 = Add("points B2", counts.Wires, G2Length, Page);
        C = Add("points C", counts.Wires - counts.PublicWires - 1L, G1Length, Page);
        H = Add("points H", counts.Domain, G1Length, Page);
        RowStartsA = Add("row starts of A", counts.Domain + 1L, sizeof(int), Page);
        WiresA = Add("wires of A", counts.TermsA, sizeof(int), Page);
        CoefficientIdsA = Add("coefficient ids of A", counts.TermsA, sizeof(int), Page);
        RowStartsB = Add("row starts of B", counts.Domain + 1L, sizeof(int), Page);
        WiresB = Add("wires of B", counts.TermsB, sizeof(int), Page);
        CoefficientIdsB = Add("coefficient ids of B", counts.TermsB, sizeof(int), Page);
        Coefficients = Add("coefficients", counts.Coefficients, Fr.ByteCount, Page);
        TrailerOffset = Align(_end, Alignment);
    }

    public TablesSection Constants { get; }

    public TablesSection Ic { get; }

    public TablesSection Contributions { get; }

    public TablesSection A { get; }

    public TablesSection B1 { get; }

    public TablesSection B2 { get; }

    public TablesSection C { get; }

    public TablesSection H { get; }

    public TablesSection RowStartsA { get; }

    public TablesSection WiresA { get; }

    public TablesSection CoefficientIdsA { get; }

    public TablesSection RowStartsB { get; }

    public TablesSection WiresB { get; }

    public TablesSection CoefficientIdsB { get; }

    public TablesSection Coefficients { get; }

    /// <summary>All of them in file order.</summary>
    public IReadOnlyList<TablesSection> Sections => _sections;

    /// <summary>Bytes from the file's beginning that the first digest covers.</summary>
    public long HeadLength { get; }

    /// <summary>Where the digests begin.</summary>
    public long TrailerOffset { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long FileLength => TrailerOffset + TrailerLength;

    /// <summary>The section table: for each section its number from 1 on, offset and length, 8 bytes each.</summary>
    public byte[] Table()
    {
        var bytes = new byte[SectionCount * EntryLength];
        for (var i = 0; i < SectionCount; i++)
        {
            var entry = bytes.AsSpan(i * EntryLength, EntryLength);
            BinaryPrimitives.WriteInt64LittleEndian(entry, i + 1);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], _sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], _sections[i].Length);
        }

        return bytes;
    }

    private TablesSection Add(string name, long count, int size, int alignment)
    {
        var section = new TablesSection(name, Align(_end, alignment), count * size);
        _sections.Add(section);
        _end = section.End;
        return section;
    }

    private static long Align(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
