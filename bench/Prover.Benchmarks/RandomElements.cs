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

    /// <summary>G, 2G, 3G, …: points as good as random for the cost of adding them.</summary>
    public static AffinePoint<TField, TCurve>[] Multiples<TField, TCurve>(int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = new CurvePoint<TField, TCurve>[count];
        var sum = CurvePoint<TField, TCurve>.Infinity;
        for (var i = 0; i < count; i++)
        {
            points[i] = sum += AffinePoint<TField, TCurve>.Generator;
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }
}
