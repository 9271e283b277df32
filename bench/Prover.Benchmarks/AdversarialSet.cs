using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>Scalars and bases of one sum, as somebody would choose them who wants it to be slow.</summary>
internal static class AdversarialSet
{
    /// <summary>The set that the others are compared with.</summary>
    public const string Random = "random";

    /// <summary>Into so many parts, or about so many, one list of everything is cut, item i being in part i mod that.</summary>
    private const int PartsOfOneList = 256;

    /// <summary>All sets. Scalars are random where only bases are named, and the other way round.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Random,
        "equal scalars", "ones", "minus ones", "two scalars", "below 16", "bits", "one bucket",
        "half at infinity", "equal bases", "negated pairs", "four bases", "four bases, bits", "equal bases, ones", "doublings",
    ];

    /// <summary>The set's scalars.</summary>
    public static Fr[] Scalars(string set, int count)
    {
        var wide = RandomElements.Of<ScalarModulus>(count, 1);
        var random = new Random(2);
        return set switch
        {
            "equal scalars" or "doublings" => Fill(_ => wide[0]),
            "ones" or "equal bases, ones" => Fill(_ => Fr.One),
            "minus ones" => Fill(_ => -Fr.One),
            "two scalars" => Fill(_ => wide[random.Next(2)]),
            "below 16" => Fill(_ => Fr.FromUInt64((ulong)random.Next(16))),
            "bits" or "four bases, bits" => Fill(_ => Fr.FromUInt64((ulong)random.Next(2))),
            "one bucket" => Fill(_ => Fr.FromUInt64(3UL << 40)),
            "negated pairs" => Fill(i => wide[i / 2]),
            _ => wide,
        };

        Fr[] Fill(Func<int, Fr> scalar) => [.. Enumerable.Range(0, count).Select(scalar)];
    }

    /// <summary>The set's bases.</summary>
    public static AffinePoint<TField, TCurve>[] Bases<TField, TCurve>(string set, int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var bases = RandomElements.Multiples<TField, TCurve>(count);
        return set switch
        {
            "half at infinity" => Fill(i => i % 2 == 0 ? bases[i] : AffinePoint<TField, TCurve>.Infinity),
            "equal bases" or "equal bases, ones" => Fill(_ => bases[0]),
            "negated pairs" => Fill(i => i % 2 == 0 ? bases[i / 2] : -bases[i / 2]),
            "four bases" or "four bases, bits" => Fill(i => bases[i % 4]),
            "doublings" => Doublings(bases[..Math.Min(count, PartsOfOneList)], count),
            _ => bases,
        };

        AffinePoint<TField, TCurve>[] Fill(Func<int, AffinePoint<TField, TCurve>> point) => [.. Enumerable.Range(0, count).Select(point)];
    }

    /// <summary>P, P, 2P, 4P, …, so that every point of a part is the sum of those before.</summary>
    private static AffinePoint<TField, TCurve>[] Doublings<TField, TCurve>(AffinePoint<TField, TCurve>[] firsts, int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = new CurvePoint<TField, TCurve>[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = i < 2 * firsts.Length ? firsts[i % firsts.Length] : points[i - firsts.Length].Double();
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }
}
