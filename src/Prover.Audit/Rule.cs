namespace Prover.Audit;

/// <summary>Why a wire is determined by the inputs.</summary>
public enum Rule : byte
{
    /// <summary>It is not, as far as is known.</summary>
    None,

    /// <summary>It is an input, or the constant one.</summary>
    Input,

    /// <summary>Only one value satisfies the rows, whatever the inputs.</summary>
    Constant,

    /// <summary>An equation in which it is the only unknown, with a coefficient that is not zero.</summary>
    Linear,

    /// <summary>A digit of a determined number.</summary>
    Radix,

    /// <summary>A bit of a determined number that the rows keep below the modulus.</summary>
    Bounded,

    /// <summary>Whether a determined value is zero.</summary>
    IsZero,

    /// <summary>The inverse of a determined value, or 0 if that is zero.</summary>
    InverseOrZero,

    /// <summary>One of several of which all but one are zero.</summary>
    OneHot,

    /// <summary>A quotient with a remainder below the divisor.</summary>
    Division,

    /// <summary>A system of linear equations.</summary>
    Elimination,
}
