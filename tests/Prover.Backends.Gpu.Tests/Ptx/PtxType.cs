namespace Prover.Backends.Gpu.Tests;

/// <summary>What a type says of the bits: nothing (b), unsigned (u), signed (s), or that it is one truth value.</summary>
internal enum PtxKind
{
    Bits,
    Unsigned,
    Signed,
    Predicate,
}

/// <summary>A fundamental type without floating point: <c>.b8</c> to <c>.b64</c>, <c>.u8</c> to <c>.u64</c>, <c>.s8</c> to <c>.s64</c>, <c>.pred</c>.</summary>
internal readonly record struct PtxType(PtxKind Kind, int Bits)
{
    public static readonly PtxType Address = new(PtxKind.Bits, 64);

    public int Bytes => Bits / 8;

    public bool IsSigned => Kind == PtxKind.Signed;

    public ulong Mask => Bits == 64 ? ulong.MaxValue : (1UL << Bits) - 1;

    /// <summary>Reads a type from its name without the dot.</summary>
    public static bool TryParse(string name, out PtxType type)
    {
        type = name switch
        {
            "pred" => new(PtxKind.Predicate, 1),
            "b8" => new(PtxKind.Bits, 8),
            "b16" => new(PtxKind.Bits, 16),
            "b32" => new(PtxKind.Bits, 32),
            "b64" => new(PtxKind.Bits, 64),
            "u8" => new(PtxKind.Unsigned, 8),
            "u16" => new(PtxKind.Unsigned, 16),
            "u32" => new(PtxKind.Unsigned, 32),
            "u64" => new(PtxKind.Unsigned, 64),
            "s8" => new(PtxKind.Signed, 8),
            "s16" => new(PtxKind.Signed, 16),
            "s32" => new(PtxKind.Signed, 32),
            "s64" => new(PtxKind.Signed, 64),
            _ => default,
        };
        return type.Bits != 0;
    }
}
