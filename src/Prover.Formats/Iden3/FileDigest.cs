using System.Security.Cryptography;

namespace Prover.Formats;

/// <summary>SHA-256 of a key file, and of its bytes before the section that holds its own digest.</summary>
/// <param name="File">Of the whole file.</param>
/// <param name="BeforeDigest">Of what comes before the last 44 bytes, the digest section with its header.</param>
internal sealed record FileDigest(byte[] File, byte[] BeforeDigest)
{
    private const int TrailerLength = 12 + ZkeySections.DigestLength;
    private const int BufferLength = 1 << 20;

    /// <summary>Reads the file once from beginning to end.</summary>
    public static FileDigest Compute(SectionFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferLength];
        var trailer = Math.Max(0, file.Length - TrailerLength);
        Append(0, trailer);
        var before = hash.GetCurrentHash();
        Append(trailer, file.Length);
        return new FileDigest(hash.GetHashAndReset(), before);

        void Append(long start, long end)
        {
            for (var position = start; position < end; position += buffer.Length)
            {
                var chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - position));
                file.ReadExactly(chunk, position);
                hash.AppendData(chunk);
            }
        }
    }
}
