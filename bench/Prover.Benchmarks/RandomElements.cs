using System.Numerics;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>Reproducible operands: the same numbers in every run.</summary>
internal static class RandomElements
{
    /// <summary>Uniform elements of a prime field.</summary>
    public static PrimeField<TModulus>[] Of<TModulus>(int count, int seed)
        where TModulus : struct, IModulus
    {
        var random = new Random(seed);
        var bytes = new byte[40];
        var elements = new PrimeField<TModulus>[count];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            elements[i] = PrimeField<TModulus>.FromInteger(new BigInteger(bytes, isUnsigned: true));
        }

        return elements;
    }
}
