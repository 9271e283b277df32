using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>Writes the tables of a key that has been checked.</summary>
internal sealed class TablesWriter : IDisposable
{
    /// <summary>Spans of bytes are limited to 2 GiB, lists are not.</summary>
    private const int ChunkLength = 1 << 16;

    private readonly OutputFile _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    private TablesWriter(string path)
    {
        _file = new OutputFile(path);
    }

    /// <summary>Writes the file, on to the disk before it takes its name: a crash must not leave a file of the right length without contents.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="key">The key, as <see cref="ZkeyFile"/> reads it: its matrices share their coefficients.</param>
    /// <param name="keyHash">SHA-256 of the key's file.</param>
    /// <param name="identity">The key's file as it was before and after it was read.</param>
    /// <exception cref="IOException">The folder is missing or not writable, or the disk is full.</exception>
    public static void Write(string path, ProvingKey key, byte[] keyHash, FileIdentity identity)
    {
        if (!key.MatrixA.Coefficients.Equals(key.MatrixB.Coefficients))
        {
            throw new ArgumentException("Tables keep one list of coefficients, the key's matrices have two.", nameof(key));
        }

        using var writer = new TablesWriter(path);
        var counts = TablesCounts.Of(key);
        var layout = new TablesLayout(counts);
        writer.Write(new TablesHeader(keyHash, identity, counts, key.IsDevelopmentKey, layout.FileLength).ToBytes());
        writer.Write(layout.Table());
        writer.WriteHead(key, layout);
        var headDigest = writer._hash.GetCurrentHash();
        writer.WriteLists(key, layout);
        writer.PadTo(layout.TrailerOffset);
        writer.Write(headDigest);
        writer.Write(writer._hash.GetCurrentHash());
        writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    private void WriteHead(ProvingKey key, TablesLayout layout)
    {
        var verifying = key.VerifyingKey;
        PadTo(layout.Constants.Offset);
        Write<G1Affine>([verifying.Alpha1, key.Beta1]);
        Write<G2Affine>([verifying.Beta2, verifying.Gamma2]);
        Write<G1Affine>([key.Delta1]);
        Write<G2Affine>([verifying.Delta2]);
        Write(layout.Ic, verifying.Ic);
        Write(layout.Contributions, key.CircuitHash);
        Write(key.Contributions.Span);
    }

    private void WriteLists(ProvingKey key, TablesLayout layout)
    {
        Write(layout.A, key.A);
        Write(layout.B1, key.B1);
        Write(layout.B2, key.B2);
        Write(layout.C, key.C);
        Write(layout.H, key.H);
        Write(key.MatrixA, layout.RowStartsA, layout.WiresA, layout.CoefficientIdsA);
        Write(key.MatrixB, layout.RowStartsB, layout.WiresB, layout.CoefficientIdsB);
        Write(layout.Coefficients, key.MatrixA.Coefficients);
    }

    private void Write(SparseMatrix matrix, TablesSection rowStarts, TablesSection wires, TablesSection coefficientIds)
    {
        Write(rowStarts, matrix.RowStarts);
        Write(wires, matrix.Wires);
        Write(coefficientIds, matrix.CoefficientIds);
    }

    private void Write<T>(TablesSection section, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        PadTo(section.Offset);
        Write(values.Span);
    }

    /// <summary>Values as they lie in memory, which is how the file holds them on the little-endian machines that map it.</summary>
    private void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > ChunkLength; values = values[ChunkLength..])
        {
            Write(MemoryMarshal.AsBytes(values[..ChunkLength]));
        }

        Write(MemoryMarshal.AsBytes(values));
    }

    private void PadTo(long offset) => Write(new byte[offset - _position]);

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _file.Stream.Write(bytes);
        _position += bytes.Length;
    }

    private void Complete()
    {
        (_file.Stream as FileStream)?.Flush(flushToDisk: true);
        _file.Complete();
    }
}
