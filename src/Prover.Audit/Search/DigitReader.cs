using System.Numerics;

namespace Prover.Audit;

/// <summary>Solves Σ cᵢ·wᵢ = t over digits in ranges, in all ways that differ by multiples of the modulus.</summary>
internal static class DigitReader
{
    private const int MostSolutions = 4;

    /// <summary>Solutions, each as long as the coefficients; none if the weights are no digits' weights.</summary>
    /// <param name="coefficients">The coefficients, none of them zero.</param>
    /// <param name="ranges">The range of each digit.</param>
    /// <param name="target">The sum.</param>
    public static IReadOnlyList<BigInteger[]> Solve(Fr[] coefficients, IntegerRange[] ranges, Fr target)
    {
        foreach (var scale in Forms.Scales(coefficients))
        {
            var weights = coefficients.Select(coefficient => (coefficient * scale).ToSignedInteger()).ToArray();
            var sum = ranges.Select((range, i) => range * weights[i]).Aggregate((x, y) => x + y);
            if (sum.Width > Fr.Modulus * MostSolutions)
            {
                continue;
            }

            var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => BigInteger.Abs(weights[i])).ToArray();
            var first = (target * scale).ToInteger();
            var rounds = BigInteger.Divide(sum.Low - first, Fr.Modulus) - 1;
            var solutions = new List<BigInteger[]>();
            var search = new Search(weights, ranges, order, solutions);
            for (var value = first + (rounds * Fr.Modulus); value <= sum.High; value += Fr.Modulus)
            {
                if (value >= sum.Low)
                {
                    search.Read(0, sum, value);
                }
            }

            if (solutions.Count > 0)
            {
                return solutions;
            }
        }

        return [];
    }

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.IsZero || remainder.Sign == b.Sign ? quotient : quotient - 1;
    }

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => -Floor(-a, b);

    /// <summary>From the heaviest digit down, every digit that leaves what the others can make up.</summary>
    private sealed class Search(BigInteger[] weights, IntegerRange[] ranges, int[] order, List<BigInteger[]> solutions)
    {
        private const int MostSteps = 20_000;

        private readonly BigInteger[] _digits = new BigInteger[weights.Length];
        private int _steps;

        public void Read(int depth, IntegerRange sum, BigInteger value)
        {
            if (depth == order.Length)
            {
                if (value.IsZero)
                {
                    solutions.Add((BigInteger[])_digits.Clone());
                }

                return;
            }

            // value − weight·digit must be in what is left.
            var i = order[depth];
            var own = ranges[i] * weights[i];
            var rest = new IntegerRange(sum.Low - own.Low, sum.High - own.High);
            var (low, high) = weights[i].Sign > 0
                ? (Ceiling(value - rest.High, weights[i]), Floor(value - rest.Low, weights[i]))
                : (Ceiling(value - rest.Low, weights[i]), Floor(value - rest.High, weights[i]));
            high = BigInteger.Min(high, ranges[i].High);
            for (var digit = BigInteger.Max(low, ranges[i].Low); digit <= high && solutions.Count < MostSolutions && ++_steps < MostSteps; digit++)
            {
                _digits[i] = digit;
                Read(depth + 1, rest, value - (weights[i] * digit));
            }
        }
    }
}
