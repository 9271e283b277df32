using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Prover.Formats;

/// <summary>One section of an open file.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Offset">The first byte of its contents in the file.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct Section(uint Id, long Offset, long Length);

/// <summary>
/// The container that iden3's binary formats share: four bytes of magic, version, section count, then each section as number,
/// length and contents; all integers little-endian.
/// </summary>
/// <remarks>@iden3/binfileutils. Here the sections must also fill the file exactly, and none may appear twice.</remarks>
internal sealed class SectionFile : IDisposable
{
    private const int HeaderLength = 12;
    private const int SectionHeaderLength = 12;

    /// <summary>No format here has more; a higher count is not worth scanning.</summary>
    private const int MaximumSections = 64;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<uint, Section> _sections = [];

    private SectionFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>All sections in file order.</summary>
    public List<Section> Sections { get; } = [];

    /// <summary>Opens a file and reads its table of sections.</summary>
    /// <exception cref="MalformedFileException">The container is not well-formed.</exception>
    public static SectionFile Open(string path, string magic, uint version)
    {
        var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        if (!IsRegular(handle))
        {
            handle.Dispose();
            throw new MalformedFileException(path, "whole file", null, "the file is a pipe or a device; its sections are read in any order, which takes a file on a disk.");
        }

        var file = new SectionFile(path, handle);
        try
        {
            file.ReadTable(magic, version);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsRegular(SafeFileHandle handle)
    {
        try
        {
            _ = RandomAccess.GetLength(handle);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>A section that must be there.</summary>
    public Section Require(uint id, string name) =>
        _sections.TryGetValue(id, out var section) ? section : throw Malformed("sections", null, $"section {id} ({name}) is missing.");

    /// <summary>A section that must be there and have a known length.</summary>
    public Section Require(uint id, string name, long length, string because)
    {
        var section = Require(id, name);
        return section.Length == length
            ? section
            : throw Malformed(name, section.Offset, $"{because} make {length:N0} bytes, the section has {section.Length:N0}.");
    }

    /// <summary>A section that may be there.</summary>
    public Section? Find(uint id) => _sections.TryGetValue(id, out var section) ? section : null;

    /// <summary>Refuses sections that the format does not have.</summary>
    public void AllowOnly(params ReadOnlySpan<uint> ids)
    {
        foreach (var section in Sections)
        {
            if (!ids.Contains(section.Id))
            {
                throw Malformed("sections", section.Offset - SectionHeaderLength, $"there is no section {section.Id} in this format.");
            }
        }
    }

    /// <summary>The whole of a section, ready to be read in order.</summary>
    public ByteReader Read(Section section, string name)
    {
        if (section.Length > Array.MaxLength)
        {
            throw Malformed(name, section.Offset, $"sections of this kind are limited to {Array.MaxLength:N0} bytes, this one has {section.Length:N0}.");
        }

        var contents = new byte[section.Length];
        ReadExactly(contents, section.Offset);
        return new ByteReader(Path, name, section.Offset, contents);
    }

    /// <summary>Fills a buffer from a place in the file; may be called from several threads.</summary>
    public void ReadExactly(Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            var count = RandomAccess.Read(_handle, buffer, offset);
            if (count == 0)
            {
                throw Malformed("contents", offset, "the file was cut off while it was read.");
            }

            buffer = buffer[count..];
            offset += count;
        }
    }

    public MalformedFileException Malformed(string place, long? offset, string rule) => new(Path, place, offset, rule);

    public void Dispose() => _handle.Dispose();

    private void ReadTable(string magic, uint version)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        FileKinds.RefuseOthers(FileKinds.Recognise(Encoding.ASCII.GetBytes(magic)), FileKinds.Recognise(Path), Path);
        if (Length < HeaderLength)
        {
            throw Malformed("header", 0, $"a .{magic} file has at least {HeaderLength} bytes, this one has {Length:N0}.");
        }

        ReadExactly(header, 0);
        if (!header[..4].SequenceEqual(Encoding.ASCII.GetBytes(magic)))
        {
            throw Malformed("header", 0, $"the file must begin with '{magic}', it begins with {Convert.ToHexString(header[..4])}.");
        }

        var foundVersion = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (foundVersion != version)
        {
            throw Malformed("header", 4, $"version {version} is supported, the file has version {foundVersion}.");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (count > MaximumSections)
        {
            throw Malformed("header", 8, $"the file claims {count:N0} sections, at most {MaximumSections} are allowed.");
        }

        long position = HeaderLength;
        for (var i = 0; i < count; i++)
        {
            position = ReadSectionHeader(position);
        }

        if (position != Length)
        {
            throw Malformed("sections", position, $"{Length - position:N0} bytes follow the last of {count} sections.");
        }
    }

    private long ReadSectionHeader(long position)
    {
        Span<byte> header = stackalloc byte[SectionHeaderLength];
        if (Length - position < SectionHeaderLength)
        {
            throw Malformed("sections", position, $"a section header has {SectionHeaderLength} bytes, {Length - position:N0} are left.");
        }

        ReadExactly(header, position);
        var id = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header[4..]);
        var contents = position + SectionHeaderLength;
        if (length > (ulong)(Length - contents))
        {
            throw Malformed("sections", position, $"section {id} claims {length:N0} bytes, {Length - contents:N0} are left.");
        }

        var section = new Section(id, contents, (long)length);
        if (!_sections.TryAdd(id, section))
        {
            throw Malformed("sections", position, $"section {id} appears twice.");
        }

        Sections.Add(section);
        return contents + (long)length;
    }
}
