using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Groth16;

/// <summary>
/// Scalars that anyone with the seed can compute again: for development keys that must be the same on every machine, never for secrets.
/// </summary>
/// <param name="seed">Any bytes.</param>
public sealed class SeededScalarSource(ReadOnlyMemory<byte> seed) : IScalarSource
{
    private ulong _counter;

    /// <inheritdoc/>
    /// <remarks>SHA-512(seed ‖ counter as 8 little-endian bytes) reduced modulo r.</remarks>
    public Fr Next()
    {
        var message = new byte[seed.Length + sizeof(ulong)];
        seed.CopyTo(message);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(seed.Length), _counter++);
        return Fr.FromInteger(new BigInteger(SHA512.HashData(message), isUnsigned: true));
    }
}
