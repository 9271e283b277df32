using System.Buffers.Binary;

namespace Prover.Formats.Tests;

/// <summary>A second, independent reading of iden3's section container, for comparing and damaging files.</summary>
public sealed class SectionContents
{
    private readonly Dictionary<int, byte[]> _sections = [];

    /// <summary>The bytes of a section.</summary>
    public byte[] this[int id] => _sections[id];

    /// <summary>The file offset of each section's contents.</summary>
    public Dictionary<int, int> Offsets { get; } = [];

    public static SectionContents Open(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var contents = new SectionContents();
        var position = 12;
        while (position < bytes.Length)
        {
            var id = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position));
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(position + 4));
            contents.Offsets.Add(id, position + 12);
            contents._sections.Add(id, bytes.AsSpan(position + 12, length).ToArray());
            position += 12 + length;
        }

        return contents;
    }
}
