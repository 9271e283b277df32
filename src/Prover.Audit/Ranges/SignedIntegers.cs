using System.Numerics;

namespace Prover.Audit;

/// <summary>The integers of least magnitude that elements are congruent to; circuits have few different coefficients, so they are remembered.</summary>
internal sealed class SignedIntegers
{
    /// <summary>More are computed anew each time.</summary>
    private const int MostRemembered = 4096;

    private readonly Dictionary<Fr, BigInteger> _integers = [];

    /// <summary>The integer in [−(r−1)/2, (r−1)/2].</summary>
    public BigInteger Of(in Fr element)
    {
        if (element.IsZero || element.IsOne)
        {
            return element.IsZero ? BigInteger.Zero : BigInteger.One;
        }

        if (!_integers.TryGetValue(element, out var integer))
        {
            integer = element.ToSignedInteger();
            if (_integers.Count < MostRemembered)
            {
                _integers.Add(element, integer);
            }
        }

        return integer;
    }
}
