using System.Buffers.Binary;
using System.Numerics;

namespace Prover.Algebra;

public readonly partial struct PrimeField<TModulus>
{
    /// <summary>The element congruent to any integer, negative ones included.</summary>
    public static PrimeField<TModulus> FromInteger(BigInteger value)
    {
        var p = TModulus.Value;
        var residue = BigInteger.Remainder(value, p);
        return FromLimbs(BigInteger.Remainder((residue.Sign < 0 ? residue + p : residue) * Radix, p));
    }

    public static implicit operator PrimeField<TModulus>(int value) =>
        value >= 0 ? FromUInt64((ulong)value) : -FromUInt64((ulong)-(long)value);

    /// <summary>The element equal to an unsigned 64-bit integer.</summary>
    public static PrimeField<TModulus> FromUInt64(ulong value) => new PrimeField<TModulus>(value, 0, 0, 0) * RadixSquared;

    /// <summary>The canonical integer in [0, p).</summary>
    public BigInteger ToInteger()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        WriteCanonical(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    /// <summary>The representative of least absolute value, in [−(p−1)/2, (p−1)/2].</summary>
    public BigInteger ToSignedInteger()
    {
        var value = ToInteger();
        return value > (TModulus.Value >> 1) ? value - TModulus.Value : value;
    }

    /// <summary>The canonical integer as four little-endian limbs.</summary>
    public void ToCanonicalLimbs(Span<ulong> limbs)
    {
        var canonical = this * new PrimeField<TModulus>(1, 0, 0, 0);
        limbs[3] = canonical._l3;
        limbs[0] = canonical._l0;
        limbs[1] = canonical._l1;
        limbs[2] = canonical._l2;
    }

    /// <summary>Reads four little-endian limbs of a canonical integer.</summary>
    /// <returns>False if the integer is not below p.</returns>
    public static bool TryFromCanonicalLimbs(ReadOnlySpan<ulong> limbs, out PrimeField<TModulus> element)
    {
        var raw = new PrimeField<TModulus>(limbs[0], limbs[1], limbs[2], limbs[3]);
        element = raw.IsReduced() ? raw * RadixSquared : default;
        return raw.IsReduced();
    }

    /// <summary>Writes the canonical integer as 32 little-endian bytes.</summary>
    public void WriteCanonical(Span<byte> destination)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        ToCanonicalLimbs(limbs);
        WriteLimbs(destination, limbs[0], limbs[1], limbs[2], limbs[3]);
    }

    /// <summary>Reads 32 little-endian bytes of a canonical integer.</summary>
    /// <returns>False if the integer is not below p.</returns>
    public static bool TryReadCanonical(ReadOnlySpan<byte> source, out PrimeField<TModulus> element)
    {
        var raw = ReadLimbs(source);
        element = raw.IsReduced() ? raw * RadixSquared : default;
        return raw.IsReduced();
    }

    /// <summary>Writes the Montgomery form as 32 little-endian bytes, as .zkey files keep it.</summary>
    public void WriteMontgomery(Span<byte> destination) => WriteLimbs(destination, _l0, _l1, _l2, _l3);

    /// <summary>Reads 32 little-endian bytes of a Montgomery form.</summary>
    /// <returns>False if the form is not reduced.</returns>
    public static bool TryReadMontgomery(ReadOnlySpan<byte> source, out PrimeField<TModulus> element)
    {
        var raw = ReadLimbs(source);
        element = raw.IsReduced() ? raw : default;
        return raw.IsReduced();
    }

    private bool IsReduced()
    {
        _ = Limbs.Subtract(_l0, TModulus.P0, 0, out var borrow);
        _ = Limbs.Subtract(_l1, TModulus.P1, borrow, out borrow);
        _ = Limbs.Subtract(_l2, TModulus.P2, borrow, out borrow);
        _ = Limbs.Subtract(_l3, TModulus.P3, borrow, out borrow);
        return borrow != 0;
    }

    private static PrimeField<TModulus> FromLimbs(BigInteger reduced)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        bytes.Clear();
        reduced.TryWriteBytes(bytes, out _, isUnsigned: true);
        return ReadLimbs(bytes);
    }

    private static PrimeField<TModulus> ReadLimbs(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(source),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[24..ByteCount]));

    private static void WriteLimbs(Span<byte> destination, ulong l0, ulong l1, ulong l2, ulong l3)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..ByteCount], l3);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, l0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], l1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], l2);
    }
}
