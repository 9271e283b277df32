namespace Prover.Bench;

/// <summary>32 wires in a row that carry the bits of a number, the lowest first.</summary>
/// <param name="First">The wire of bit 0.</param>
/// <param name="Value">The number.</param>
internal readonly record struct Word(int First, uint Value)
{
    /// <summary>Bits of a word.</summary>
    public const int Bits = 32;

    /// <summary>The wire of a bit; its number is taken modulo 32, so that bit i + n is bit i of the word rotated right by n.</summary>
    public int Wire(int bit) => First + (bit % Bits);
}
