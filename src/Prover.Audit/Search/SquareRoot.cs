using System.Numerics;
using Prover.Algebra;

namespace Prover.Audit;

/// <summary>Square roots in Fr.</summary>
internal static class SquareRoot
{
    /// <summary>r − 1 = 2²⁸·odd.</summary>
    private const int TwoAdicity = 28;

    /// <summary>5 generates the multiplicative group of Fr, so it is no square.</summary>
    private static readonly Fr NonSquare = 5;

    private static readonly BigInteger Odd = (Fr.Modulus - 1) >> TwoAdicity;

    /// <summary>Whether the element is a square; 0 is one.</summary>
    public static bool IsSquare(Fr value) => value.IsZero || value.Power((Fr.Modulus - 1) >> 1).IsOne;

    /// <summary>A root of a square, by Tonelli and Shanks; null of anything else.</summary>
    public static Fr? Of(Fr value)
    {
        if (value.IsZero)
        {
            return value;
        }

        if (!IsSquare(value))
        {
            return null;
        }

        // root² = value·error throughout, and the order of the error, a power of two, falls in each round.
        var root = value.Power((Odd + 1) >> 1);
        var error = value.Power(Odd);
        var generator = NonSquare.Power(Odd);
        for (var order = TwoAdicity; !error.IsOne;)
        {
            var square = error;
            var exponent = 0;
            while (!square.IsOne)
            {
                square = square.Square();
                exponent++;
            }

            var factor = generator;
            for (var i = 0; i < order - exponent - 1; i++)
            {
                factor = factor.Square();
            }

            (root, generator, order) = (root * factor, factor.Square(), exponent);
            error *= generator;
        }

        return root;
    }
}
