using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Digests;
using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>snarkjs's circuit hash: BLAKE2b-512 over a key before its first phase-2 contribution.</summary>
/// <remarks>
/// snarkjs, zkey_new.js, csHasher. Points are hashed as big-endian canonical coordinates, in Fq2 the imaginary part first, all
/// zero for infinity; counts as big-endian 32-bit numbers.
/// </remarks>
internal sealed class CircuitHash
{
    private readonly Blake2bDigest _digest = new(512);
    private readonly byte[] _buffer = new byte[4 * Fq.ByteCount];

    /// <summary>The hash of an initial key.</summary>
    /// <param name="key">The key, with δ and γ the generators.</param>
    /// <param name="powers">The ceremony it was made from.</param>
    public static byte[] Of(ProvingKey key, PowersOfTau powers)
    {
        var hash = new CircuitHash();
        hash.Add(key.VerifyingKey.Alpha1);
        hash.Add(key.Beta1);
        hash.Add(key.VerifyingKey.Beta2);
        hash.Add(key.VerifyingKey.Gamma2);
        hash.Add(key.Delta1);
        hash.Add(key.VerifyingKey.Delta2);
        hash.AddAll(key.VerifyingKey.Ic.Span);
        hash.AddQuotientPowers(powers.TauG1.Span, key.DomainSize);
        hash.AddAll(key.C.Span);
        hash.AddAll(key.A.Span);
        hash.AddAll(key.B1.Span);
        hash.AddCount(key.B2.Length);
        foreach (ref readonly var point in key.B2.Span)
        {
            hash.Add(point);
        }

        var result = new byte[64];
        hash._digest.DoFinal(result, 0);
        return result;
    }

    /// <summary>[τⁱ(τⁿ − 1)]₁ for i below n − 1 and in large domains one more, though the key holds the quotient's bases in another form.</summary>
    private void AddQuotientPowers(ReadOnlySpan<G1Affine> tauG1, int domainSize)
    {
        var differences = new G1Point[tauG1.Length - domainSize];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = (G1Point)tauG1[i + domainSize] + -tauG1[i];
        }

        AddCount(domainSize - 1);
        AddPoints(G1Point.ToAffine(differences));
    }

    private void AddAll(ReadOnlySpan<G1Affine> points)
    {
        AddCount(points.Length);
        AddPoints(points);
    }

    private void AddPoints(ReadOnlySpan<G1Affine> points)
    {
        foreach (ref readonly var point in points)
        {
            Add(point);
        }
    }

    private void AddCount(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer, count);
        _digest.BlockUpdate(_buffer, 0, sizeof(int));
    }

    private void Add(in G1Affine point)
    {
        WriteBigEndian(point.X, 0);
        WriteBigEndian(point.Y, 1);
        _digest.BlockUpdate(_buffer, 0, 2 * Fq.ByteCount);
    }

    private void Add(in G2Affine point)
    {
        WriteBigEndian(point.X.C1, 0);
        WriteBigEndian(point.X.C0, 1);
        WriteBigEndian(point.Y.C1, 2);
        WriteBigEndian(point.Y.C0, 3);
        _digest.BlockUpdate(_buffer, 0, 4 * Fq.ByteCount);
    }

    private void WriteBigEndian(in Fq coordinate, int index)
    {
        var bytes = _buffer.AsSpan(index * Fq.ByteCount, Fq.ByteCount);
        coordinate.WriteCanonical(bytes);
        bytes.Reverse();
    }
}
