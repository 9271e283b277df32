namespace Prover.Bench;

/// <summary>The constants of SHA-256 (FIPS 180-4, §4.2.2 and §5.3.3), from their definition.</summary>
internal static class Sha256Constants
{
    /// <summary>Rounds of a compression.</summary>
    public const int Rounds = 64;

    /// <summary>The first 32 fractional bits of the cube roots of the first 64 primes.</summary>
    public static readonly uint[] Round = [.. Primes(Rounds).Select(prime => FractionOfRoot(prime, 3))];

    /// <summary>The first 32 fractional bits of the square roots of the first 8 primes: the state that a hash starts from.</summary>
    public static readonly uint[] InitialState = [.. Primes(8).Select(prime => FractionOfRoot(prime, 2))];

    /// <summary>⌊2³²·prime^(1/degree)⌋ mod 2³².</summary>
    /// <remarks>Primes are below 2⁹, so the root is below 2³⁷ and its third power below 2¹¹¹.</remarks>
    private static uint FractionOfRoot(int prime, int degree)
    {
        var target = (UInt128)prime << (32 * degree);
        var root = 0UL;
        for (var bit = 1UL << 36; bit != 0; bit >>= 1)
        {
            var power = UInt128.One;
            for (var i = 0; i < degree; i++)
            {
                power *= root + bit;
            }

            if (power <= target)
                root += bit;
        }

        return (uint)root;
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 500).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(count);
}
