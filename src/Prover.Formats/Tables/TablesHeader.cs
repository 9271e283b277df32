using System.Buffers.Binary;
using Prover.Algebra;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>The sizes of a key, from which the place of everything in its tables follows.</summary>
/// <param name="Wires">Number of wires, the constant one included.</param>
/// <param name="PublicWires">Number of public wires, the constant one not counted.</param>
/// <param name="Domain">Number of points of the domain, a power of two.</param>
/// <param name="TermsA">Terms of the matrix A.</param>
/// <param name="TermsB">Terms of the matrix B.</param>
/// <param name="Coefficients">Distinct coefficients of both.</param>
/// <param name="ContributionBytes">Bytes of the record of contributions, the circuit hash not counted.</param>
internal readonly record struct TablesCounts(int Wires, int PublicWires, int Domain, int TermsA, int TermsB, int Coefficients, int ContributionBytes)
{
    public static TablesCounts Of(ProvingKey key) => new(
        key.WireCount,
        key.PublicCount,
        key.DomainSize,
        key.MatrixA.TermCount,
        key.MatrixB.TermCount,
        key.MatrixA.Coefficients.Length,
        key.Contributions.Length);
}

/// <summary>The first 128 bytes of a key's tables: which key they were made from, and its sizes.</summary>
/// <remarks>
/// <code>
/// byte   0  magic "keytable"      byte  48  the key file's length         byte  80  wires           byte 104  bytes of contributions
///        8  version                    56  modified, ticks of 100 ns           84  public wires         108  1 if a development key
///       12  number of sections         64  changed, likewise, or 0             88  domain               112  length of this file
///       16  the key's SHA-256          72  inode, or 0                         92  terms of A           120  0
///                                                                              96  terms of B
///                                                                             100  coefficients
/// </code>
/// All integers are little-endian.
/// </remarks>
internal sealed record TablesHeader(byte[] KeyHash, FileIdentity Key, TablesCounts Counts, bool IsDevelopmentKey, long FileLength)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 128;

    private const uint Version = 1;

    /// <summary>How such a file begins.</summary>
    public static ReadOnlySpan<byte> Magic => "keytable"u8;

    /// <summary>The header as bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        KeyHash.CopyTo(bytes, 16);
        ReadOnlySpan<(int Offset, int Value)> numbers =
        [
            (8, (int)Version), (12, TablesLayout.SectionCount),
            (80, Counts.Wires), (84, Counts.PublicWires), (88, Counts.Domain), (92, Counts.TermsA), (96, Counts.TermsB), (100, Counts.Coefficients),
            (104, Counts.ContributionBytes), (108, IsDevelopmentKey ? 1 : 0),
        ];
        foreach (var (offset, value) in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
        }

        ReadOnlySpan<(int Offset, long Value)> longNumbers = [(48, Key.Length), (56, Key.Modified), (64, Key.Changed), (72, (long)Key.Inode), (112, FileLength)];
        foreach (var (offset, value) in longNumbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(offset), value);
        }

        return bytes;
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="MalformedFileException">It is none of this version, or its sizes are out of range.</exception>
    public static TablesHeader Read(ByteReader reader)
    {
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw reader.MalformedBefore(Magic.Length, "tables of a key begin with 'keytable'.");
        }

        Expect(reader, "the version", Version);
        Expect(reader, "the number of sections", TablesLayout.SectionCount);
        var hash = reader.Take(ZkeySections.DigestLength).ToArray();
        var key = new FileIdentity((long)reader.ReadUInt64(), (long)reader.ReadUInt64(), (long)reader.ReadUInt64(), reader.ReadUInt64());
        var wires = reader.ReadCount("the number of wires", int.MaxValue);
        var publicWires = reader.ReadCount("the number of public wires", wires - 1L);
        var domain = reader.ReadCount("the size of the domain", 1 << EvaluationDomain.MaximumLogSize);
        if (!int.IsPow2(domain) || domain < 2)
        {
            throw reader.MalformedBefore(sizeof(uint), $"the domain has a power of two of points from 2 to 2^{EvaluationDomain.MaximumLogSize}, not {domain:N0}.");
        }

        var counts = new TablesCounts(
            wires,
            publicWires,
            domain,
            reader.ReadCount("the number of terms of A", int.MaxValue),
            reader.ReadCount("the number of terms of B", int.MaxValue),
            reader.ReadCount("the number of coefficients", int.MaxValue),
            reader.ReadCount("the length of the contributions", Array.MaxLength / 2));
        var isDevelopmentKey = reader.ReadCount("the development mark", 1) == 1;
        var length = (long)reader.ReadUInt64();
        Expect(reader, "the padding", 0);
        Expect(reader, "the padding", 0);
        return new(hash, key, counts, isDevelopmentKey, length);
    }

    private static void Expect(ByteReader reader, string what, uint value)
    {
        if (reader.ReadUInt32() is var found && found != value)
        {
            throw reader.MalformedBefore(sizeof(uint), $"{what} must be {value:N0}, it is {found:N0}.");
        }
    }
}
