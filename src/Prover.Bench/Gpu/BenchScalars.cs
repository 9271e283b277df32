namespace Prover.Bench;

/// <summary>Scalars as sums meet them, and as they hurt most.</summary>
internal static class BenchScalars
{
    /// <summary>Every element of Fr alike.</summary>
    public const string Uniform = "uniform";

    /// <summary>Nine of ten are 0 or 1, as wires of bits are.</summary>
    public const string Bits = "90 % bits";

    /// <summary>One and the same element of Fr: all points meet in one bucket of each window.</summary>
    public const string Equal = "all equal";

    private const int ByteCount = 32;

    // The modulus has 254 bits.
    private const byte HighestByte = 0x3f;

    /// <summary>What there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Uniform, Bits, Equal];

    /// <summary>Scalars of a kind, the same at every call.</summary>
    public static Fr[] Make(string kind, int count)
    {
        var random = new Random(1);
        var scalars = new Fr[count];
        Span<byte> bytes = stackalloc byte[ByteCount];
        if (kind == Equal)
        {
            scalars.AsSpan().Fill(Draw(random, bytes));
            return scalars;
        }

        for (var i = 0; i < count; i++)
        {
            scalars[i] = kind == Bits && random.Next(10) < 9 ? (random.Next(2) == 0 ? Fr.Zero : Fr.One) : Draw(random, bytes);
        }

        return scalars;
    }

    /// <summary>Three draws of four are below the modulus.</summary>
    private static Fr Draw(Random random, Span<byte> bytes)
    {
        while (true)
        {
            random.NextBytes(bytes);
            bytes[^1] &= HighestByte;
            if (Fr.TryReadMontgomery(bytes, out var element))
                return element;
        }
    }
}
