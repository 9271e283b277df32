using Prover.Algebra;
using Prover.Backends;

namespace Prover.Testing;

/// <summary>What every backend owes its callers about sums of points: the right point, whatever scalars and bases meet.</summary>
public abstract class BackendSumLaws<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private static readonly ReferenceBackend Reference = new();

    /// <summary>5ⁱ·G, no two of which are equal or opposite.</summary>
    private static readonly AffinePoint<TField, TCurve>[] Distinct = PowersOfFive(70);

    /// <summary>The backend under test, which the derived class keeps for all its tests.</summary>
    protected abstract IProverBackend Backend { get; }

    /// <summary>Sums of every length up to this one are compared with the reference; at most 70.</summary>
    protected virtual int LongestSum => 40;

    /// <summary>The length of sums of hard scalars on hard bases that are compared with the reference.</summary>
    protected virtual int HardSum => 21;

    /// <summary>The lengths of sums that are compared with a multiple of the generator.</summary>
    protected virtual IReadOnlyList<int> LongSums => [1000, 1 << 12, 20_000];

    /// <summary>Scalar sets that press on one weak spot each.</summary>
    public static TheoryData<string> ScalarSets { get; } =
        ["zeros", "ones", "minus ones", "equal", "one bucket", "few distinct", "bits", "small", "halves", "digit edges", "one of many"];

    /// <summary>Makes points resident on a backend.</summary>
    protected abstract IPointTable<AffinePoint<TField, TCurve>> Load(IProverBackend backend, AffinePoint<TField, TCurve>[] points);

    /// <summary>A backend's sum of some terms.</summary>
    protected abstract Task<CurvePoint<TField, TCurve>> SumAsync(IProverBackend backend, params IReadOnlyList<SumTerm<AffinePoint<TField, TCurve>>> terms);

    [Fact]
    public void Sums_of_every_length_match_the_reference()
    {
        for (var length = 0; length <= LongestSum; length++)
        {
            FieldGenerators.Scalars.Array[length].Sample(scalars => Agrees(Distinct[..length], scalars), iter: 1, threads: 1);
        }
    }

    [Theory]
    [MemberData(nameof(ScalarSets))]
    public void Hard_scalars_on_hard_bases_match_the_reference(string set)
    {
        var scalars = Scalars(set, HardSum);
        foreach (var bases in HardBases(HardSum))
        {
            Assert.True(Agrees(bases, scalars));
        }
    }

    [Fact]
    public void Long_sums_are_the_right_multiple_of_the_generator()
    {
        foreach (var length in LongSums)
        {
            var (bases, factors) = ArithmeticProgression(length);
            FieldGenerators.Scalars.Array[length].Sample(scalars => IsMultiple(bases, factors, scalars), iter: 1, threads: 1);
        }
    }

    [Theory]
    [MemberData(nameof(ScalarSets))]
    public void Long_sums_of_hard_scalars_are_the_right_multiple_of_the_generator(string set)
    {
        var (bases, factors) = ArithmeticProgression(LongSums[^1]);
        Assert.True(IsMultiple(bases, factors, Scalars(set, bases.Length)));
    }

    [Fact]
    public void Scalars_may_come_from_a_transform()
    {
        using var table = Load(Backend, Distinct[..8]);
        using var vector = Backend.Upload([1, 2, 3, 4, 5, 6, 7, 8]);
        Backend.Apply(Transform.Evaluate, vector);
        var sum = Sum(Backend, table, vector);
        var scalars = new Fr[8];
        Backend.Download(vector, scalars);
        Assert.Equal(Direct(Distinct[..8], scalars), sum);
    }

    [Fact]
    public void Wrong_lengths_and_foreign_handles_are_refused()
    {
        using var other = new ReferenceBackend();
        using var bases = Load(Backend, Distinct[..3]);
        using var scalars = Backend.Upload([1, 2, 3]);
        using var fewer = Backend.Upload([1, 2]);
        using var foreignBases = Load(other, Distinct[..3]);
        using var foreignScalars = other.Upload([1, 2, 3]);
        Assert.Throws<ArgumentException>(() => Sum(Backend, bases, fewer));
        Assert.Throws<ArgumentException>(() => Sum(Backend, foreignBases, scalars));
        Assert.Throws<ArgumentException>(() => Sum(Backend, bases, foreignScalars));
        Assert.Equal(Direct(Distinct[..3], [1, 2, 3]), Sum(Backend, bases, scalars));
        Assert.Equal(3, bases.Count);
    }

    [Fact]
    public void Disposed_tables_are_refused()
    {
        var bases = Load(Backend, Distinct[..2]);
        using var scalars = Backend.Upload([1, 2]);
        Assert.Equal(Direct(Distinct[..2], [1, 2]), Sum(Backend, bases, scalars));
        bases.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Sum(Backend, bases, scalars));
    }

    [Fact]
    public async Task Terms_add_up_and_may_pass_over_their_first_scalars()
    {
        const int most = 100;
        var (bases, _) = ArithmeticProgression(most);
        using var scalars = Backend.Upload(Scalars("few distinct", most));
        using var bits = Backend.Upload(Scalars("bits", most));
        using var all = Load(Backend, bases);
        foreach (var first in new[] { 0, 1, 7, most - 1, most })
        {
            using var some = Load(Backend, bases[..(most - first)]);
            var expected = Sum(Backend, all, bits) + Direct(bases[..(most - first)], Scalars("few distinct", most)[first..]);
            Assert.Equal(expected, await SumAsync(Backend, new(all, bits), new(some, scalars, first)));
            Assert.Equal(expected, await SumAsync(Backend, new(some, scalars, first), new(all, bits)));
            Assert.Equal(expected + expected, await SumAsync(Backend, new(all, bits), new(some, scalars, first), new(some, scalars, first), new(all, bits)));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => SumAsync(Backend, new SumTerm<AffinePoint<TField, TCurve>>(all, scalars, 1)));
        await Assert.ThrowsAsync<ArgumentException>(() => SumAsync(Backend, new SumTerm<AffinePoint<TField, TCurve>>(all, scalars, -1)));
        Assert.Equal(CurvePoint<TField, TCurve>.Infinity, await SumAsync(Backend));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(101)]
    public async Task Bases_at_infinity_may_be_few_or_many_wherever_a_term_begins(int everyHowManieth)
    {
        const int most = 100;
        var bases = ArithmeticProgression(most).Bases.Select((point, i) => i % everyHowManieth == everyHowManieth - 1 ? default : point).ToArray();
        var values = Scalars("few distinct", most).Select((scalar, i) => i % 3 == 0 ? -scalar : scalar).ToArray();
        using var scalars = Backend.Upload(values);
        foreach (var first in new[] { 0, 1, 33, most - 1 })
        {
            using var table = Load(Backend, bases[first..]);
            var expected = Direct(bases[first..], values[first..]);
            Assert.Equal(expected, await SumAsync(Backend, new SumTerm<AffinePoint<TField, TCurve>>(table, scalars, first)));
            Assert.Equal(expected + expected, await SumAsync(Backend, new(table, scalars, first), new(table, scalars, first)));
        }
    }

    [Fact]
    public async Task The_last_sum_may_use_its_scalars_up()
    {
        const int most = 1000;
        var (bases, _) = ArithmeticProgression(most);
        using var all = Load(Backend, bases);
        foreach (var set in new[] { "few distinct", "bits" })
        {
            var memory = new AlignedMemory<Fr>(most);
            Scalars(set, most).CopyTo(memory.GetSpan());
            using var kept = Backend.Upload(memory.GetSpan());
            using var scalars = Backend.Take(memory.Memory, memory);
            var expected = Sum(Backend, all, kept);
            Assert.Equal(expected, await SumAsync(Backend, new SumTerm<AffinePoint<TField, TCurve>>(all, scalars, IsLast: true)));
            Assert.Equal(Scalars(set, most), Read(kept));
        }

        Fr[] Read(IFieldVector vector)
        {
            var values = new Fr[vector.Count];
            Backend.Download(vector, values);
            return values;
        }
    }

    private CurvePoint<TField, TCurve> Sum(IProverBackend backend, IPointTable<AffinePoint<TField, TCurve>> bases, IFieldVector scalars) =>
        SumAsync(backend, new SumTerm<AffinePoint<TField, TCurve>>(bases, scalars)).GetAwaiter().GetResult();

    private static CurvePoint<TField, TCurve> Direct(AffinePoint<TField, TCurve>[] bases, Fr[] scalars) => bases.Zip(scalars)
        .Aggregate(CurvePoint<TField, TCurve>.Infinity, (sum, term) => sum + new CurvePoint<TField, TCurve>(term.First) * term.Second);

    private static Fr[] Scalars(string set, int length)
    {
        Fr large = Fr.FromInteger(Fr.Modulus / 3);
        Fr half = Fr.FromInteger(Fr.Modulus / 2);
        Func<int, Fr> scalar = set switch
        {
            "zeros" => _ => Fr.Zero,
            "ones" => _ => Fr.One,
            "minus ones" => _ => -Fr.One,
            "equal" => _ => large,
            "one bucket" => i => i % 2 == 0 ? 5 : -5,
            "few distinct" => i => (i % 3) switch { 0 => large, 1 => -large, _ => large.Double() },
            "bits" => i => i * i % 7 & 1,
            "small" => i => i % 1000 - 500,
            "halves" => i => half + (i % 3 - 1),
            "digit edges" => i => ((Fr)2).Power(i % 254) - (i % 2),
            "one of many" => i => i == length / 2 ? large : Fr.Zero,
            _ => throw new ArgumentOutOfRangeException(nameof(set), set, "There is no such set."),
        };
        return [.. Enumerable.Range(0, length).Select(scalar)];
    }

    /// <summary>Distinct bases, one base again and again, pairs that cancel, and infinity here and there or everywhere.</summary>
    private static IEnumerable<AffinePoint<TField, TCurve>[]> HardBases(int length)
    {
        var distinct = Distinct[..length];
        var infinity = AffinePoint<TField, TCurve>.Infinity;
        yield return distinct;
        yield return [.. distinct.Select(_ => distinct[0])];
        yield return [.. distinct.Select((_, i) => i % 2 == 0 ? distinct[0] : -distinct[0])];
        yield return [.. distinct.Select((_, i) => i % 2 == 0 ? distinct[i / 2] : -distinct[i / 2])];
        yield return [.. distinct.Select((point, i) => i % 3 == 1 ? infinity : point)];
        yield return [.. distinct.Select(_ => infinity)];
    }

    private static AffinePoint<TField, TCurve>[] PowersOfFive(int count)
    {
        var points = new CurvePoint<TField, TCurve>[count];
        var power = CurvePoint<TField, TCurve>.Generator;
        for (var i = 0; i < count; i++)
        {
            points[i] = power;
            power += power.Double().Double();
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }

    /// <summary>kᵢ·G and kᵢ with kᵢ = 3^200 + 7^150·i.</summary>
    private static (AffinePoint<TField, TCurve>[] Bases, Fr[] Factors) ArithmeticProgression(int length)
    {
        var (factor, difference) = (((Fr)3).Power(200), ((Fr)7).Power(150));
        var point = CurvePoint<TField, TCurve>.Generator * factor;
        var step = CurvePoint<TField, TCurve>.Generator * difference;
        var points = new CurvePoint<TField, TCurve>[length];
        var factors = new Fr[length];
        for (var i = 0; i < length; i++)
        {
            (points[i], factors[i]) = (point, factor);
            point += step;
            factor += difference;
        }

        return (CurvePoint<TField, TCurve>.ToAffine(points), factors);
    }

    private CurvePoint<TField, TCurve> SumOn(IProverBackend backend, AffinePoint<TField, TCurve>[] bases, Fr[] scalars)
    {
        using var table = Load(backend, bases);
        using var vector = backend.Upload(scalars);
        return Sum(backend, table, vector);
    }

    private bool Agrees(AffinePoint<TField, TCurve>[] bases, Fr[] scalars) => SumOn(Reference, bases, scalars) == SumOn(Backend, bases, scalars);

    private bool IsMultiple(AffinePoint<TField, TCurve>[] bases, Fr[] factors, Fr[] scalars)
    {
        var multiple = factors.Zip(scalars).Aggregate(Fr.Zero, (sum, pair) => sum + pair.First * pair.Second);
        return SumOn(Backend, bases, scalars) == CurvePoint<TField, TCurve>.Generator * multiple;
    }
}

/// <summary><see cref="BackendSumLaws{TField, TCurve}"/> in G1.</summary>
public abstract class BackendG1Laws : BackendSumLaws<Fq, G1Curve>
{
    protected override IPointTable<G1Affine> Load(IProverBackend backend, G1Affine[] points) => backend.LoadG1(points);

    protected override Task<G1Point> SumAsync(IProverBackend backend, params IReadOnlyList<SumTerm<G1Affine>> terms) => backend.SumAsync(terms);
}

/// <summary><see cref="BackendSumLaws{TField, TCurve}"/> in G2.</summary>
public abstract class BackendG2Laws : BackendSumLaws<Fq2, G2Curve>
{
    protected override int LongestSum => 16;

    protected override IReadOnlyList<int> LongSums => [1000, 1 << 12];

    protected override IPointTable<G2Affine> Load(IProverBackend backend, G2Affine[] points) => backend.LoadG2(points);

    protected override Task<G2Point> SumAsync(IProverBackend backend, params IReadOnlyList<SumTerm<G2Affine>> terms) => backend.SumAsync(terms);
}
