namespace Prover.Witness;

/// <summary>What one instruction of a witness tape does. X and Y are rows of the tape's linear table, evaluated on the slots.</summary>
public enum TapeOperation : byte
{
    /// <summary>destination ← X.</summary>
    Linear,

    /// <summary>destination ← X·Y.</summary>
    Product,

    /// <summary>
    /// Bits 1, 2, … of the canonical integer X, as many as the bound <c>Integers[Parameter]</c> has, then the running products
    /// that compare X with the bound, see <see cref="BoundedBitsLayout"/>.
    /// </summary>
    BoundedBits,

    /// <summary>destination ← X⁻¹, or 0 for 0; destination + 1 ← whether X is zero.</summary>
    IsZero,

    /// <summary>destination ← X⁻¹, or 0 for 0.</summary>
    Inverse,

    /// <summary>destination ← ⌊X/Y⌋ of the signed integer X and the positive integer Y; 0 if Y is not positive.</summary>
    FloorDivide,

    /// <summary>Fails unless X = 0 or the guard Y is 0; Y is −1 if there is no guard. Parameter is the requirement.</summary>
    RequireZero,

    /// <summary>Fails unless X ≠ 0 or the guard Y is 0.</summary>
    RequireNonZero,

    /// <summary>Fails unless the signed integer X lies in the requirement's range or the guard Y is 0.</summary>
    RequireRange,
}

/// <summary>One instruction, five words.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Destination">The first slot written; −1 if none.</param>
/// <param name="X">First operand, a row of the linear table.</param>
/// <param name="Y">Second operand, a row of the linear table or −1.</param>
/// <param name="Parameter">An index as <paramref name="Operation"/> says, or −1.</param>
public readonly record struct TapeInstruction(TapeOperation Operation, int Destination, int X, int Y, int Parameter);
