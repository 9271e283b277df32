using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Groth16;

/// <summary>Scalars from the operating system's generator.</summary>
public sealed class SystemScalarSource : IScalarSource
{
    /// <inheritdoc/>
    /// <remarks>48 random bytes reduced modulo r: the bias is at most r/2³⁸⁴ &lt; 2⁻¹³⁰.</remarks>
    public Fr Next()
    {
        Span<byte> bytes = stackalloc byte[48];
        RandomNumberGenerator.Fill(bytes);
        var scalar = Fr.FromInteger(new BigInteger(bytes, isUnsigned: true));
        CryptographicOperations.ZeroMemory(bytes);
        return scalar;
    }
}
