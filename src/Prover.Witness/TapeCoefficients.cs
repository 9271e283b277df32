using Prover.Algebra;

namespace Prover.Witness;

/// <summary>What there is to know of a tape's coefficients before it is executed.</summary>
internal sealed class TapeCoefficients
{
    /// <param name="coefficients">The coefficients of the linear table.</param>
    /// <param name="spread">Whether so many instructions follow that it is worth while to spread them.</param>
    public TapeCoefficients(ReadOnlySpan<Fr> coefficients, bool spread)
    {
        One = coefficients.IndexOf(Fr.One);
        MinusOne = coefficients.IndexOf(-Fr.One);
        Spread = spread && FrLanes.IsSupported ? FrLanes.Spread(coefficients) : [];
    }

    /// <summary>The number of the coefficient 1; −1 if it does not occur.</summary>
    public int One { get; }

    /// <summary>The number of the coefficient −1; −1 if it does not occur.</summary>
    public int MinusOne { get; }

    /// <summary>All of them as lanes take them; none if instructions are executed one by one.</summary>
    public ulong[] Spread { get; }
}
