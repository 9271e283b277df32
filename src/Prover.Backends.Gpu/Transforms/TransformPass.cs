namespace Prover.Backends.Gpu;

/// <summary>
/// One way of a vector through shared memory: some neighbouring stages of a transform. Stage s combines elements whose indices differ in bit
/// <see cref="Position"/> + s alone, so that a tile of 2^<see cref="TileBits"/> elements with all values of <see cref="Bits"/> bits goes through all of them.
/// </summary>
/// <remarks>
/// The bits of an index, the highest first; those in brackets number the elements of a tile, the others the tiles:
/// <code>
/// Position = 0:   tile … tile [Bits and above]
/// Position > 0:   tile … tile [Bits] tile … tile [Offset]
/// </code>
/// The Offset bits make neighbouring threads read neighbouring elements.
/// </remarks>
/// <param name="Position">The lowest bit that is combined.</param>
/// <param name="Bits">How many bits are combined.</param>
/// <param name="TileBits">Bits of an element's number in its tile.</param>
/// <param name="Frequency">Whether to go from the highest stage down by decimation in frequency: <see cref="None"/>, <see cref="Forward"/> or <see cref="Inverse"/>.</param>
/// <param name="Factors">What to multiply by then: <see cref="None"/>, <see cref="OneFactor"/> or <see cref="FactorEach"/>.</param>
/// <param name="Time">Whether to go from the lowest stage up by decimation in time then.</param>
internal readonly record struct TransformPass(int Position, int Bits, int TileBits, int Frequency, int Factors, int Time)
{
    public const int None = 0;
    public const int Forward = 1;
    public const int Inverse = 2;
    public const int OneFactor = 1;
    public const int FactorEach = 2;

    /// <summary>How far apart in a tile elements are whose indices differ in the lowest bit combined, as a power of two.</summary>
    public int Offset => Position == 0 ? 0 : TileBits - Bits;

    /// <summary>The index of element <paramref name="e"/> of a tile.</summary>
    public int IndexOf(int tile, int e)
    {
        if (Position == 0)
            return (tile << TileBits) + e;

        var below = Position - Offset;
        return (tile >> below << (Position + Bits)) + (e >> Offset << Position) + ((tile & ((1 << below) - 1)) << Offset) + (e & ((1 << Offset) - 1));
    }

    /// <summary>Which element of the tile is the first of a butterfly's two.</summary>
    public int LowOf(int butterfly, int stage)
    {
        var distance = Offset + stage;
        return (butterfly >> distance << (distance + 1)) + (butterfly & ((1 << distance) - 1));
    }

    /// <summary>The exponent j of a butterfly's root, whose order is twice 2^(Position + stage), the other number.</summary>
    public (int Half, int Exponent) RootOf(int tile, int low, int stage)
    {
        var half = 1 << (Position + stage);
        return (half, IndexOf(tile, low) & (half - 1));
    }
}
