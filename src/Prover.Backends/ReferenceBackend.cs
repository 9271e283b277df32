using Prover.Algebra;

namespace Prover.Backends;

/// <summary>The definition of correct: transforms by evaluating the sums they stand for, sums of points by double-and-add.</summary>
/// <remarks>Quadratic in time, so for tests and tiny circuits only. Nothing here is clever, and nothing here should be.</remarks>
public sealed class ReferenceBackend : IProverBackend
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public string Description => "one thread, quadratic transforms and double-and-add sums";

    /// <inheritdoc/>
    public int ProofsInFlight => 1;

    /// <inheritdoc/>
    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => new HostPointTable<Fq, G1Curve>(this, points);

    /// <inheritdoc/>
    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => new HostPointTable<Fq2, G2Curve>(this, points);

    /// <inheritdoc/>
    public IFieldVector Upload(ReadOnlySpan<Fr> values) => new HostFieldVector(this, values.ToArray());

    /// <inheritdoc/>
    public void Download(IFieldVector vector, Span<Fr> destination)
    {
        var source = Elements(vector);
        BackendArgument.RequireDestination(vector, destination);
        source.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Apply(Transform transform, IFieldVector vector)
    {
        var elements = Elements(vector);
        BackendArgument.RequireTransform(transform);
        var domain = new EvaluationDomain(BackendArgument.RequireLogSize(vector));
        var transformed = transform switch
        {
            Transform.Evaluate => EvaluateAtPowers(elements, domain.Generator, Fr.One),
            Transform.EvaluateOnOddCoset => EvaluateAtPowers(elements, domain.Generator, domain.OddCosetShift),
            _ => Interpolate(elements, domain),
        };
        transformed.CopyTo(elements.AsSpan());
    }

    /// <inheritdoc/>
    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        var (left, right, subtrahend) = (Elements(a), Elements(b), Elements(c));
        BackendArgument.RequireSameLength(a, b, c);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = left[i] * right[i] - subtrahend[i];
        }
    }

    /// <inheritdoc/>
    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken = default) =>
        Task.FromResult(Sum<Fq, G1Curve>(terms, cancellationToken));

    /// <inheritdoc/>
    public Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken = default) =>
        Task.FromResult(Sum<Fq2, G2Curve>(terms, cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private Fr[] Elements(IFieldVector vector) => OwnedHandle.Of<HostFieldVector>(this, vector).Elements;

    /// <summary>Σⱼ coefficientsⱼ·xʲ at x = shift·ωⁱ for every i, by Horner's rule.</summary>
    private static Fr[] EvaluateAtPowers(Fr[] coefficients, Fr omega, Fr shift)
    {
        var values = new Fr[coefficients.Length];
        var point = shift;
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = coefficients.Length - 1; j >= 0; j--)
            {
                values[i] = values[i] * point + coefficients[j];
            }

            point *= omega;
        }

        return values;
    }

    /// <summary>Coefficient j is n⁻¹·Σᵢ valuesᵢ·ω⁻ⁱʲ, because Σᵢ ωⁱᵏ is n for k ≡ 0 and 0 otherwise.</summary>
    private static Fr[] Interpolate(Fr[] values, EvaluationDomain domain)
    {
        var coefficients = EvaluateAtPowers(values, domain.GeneratorInverse, Fr.One);
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] *= domain.SizeInverse;
        }

        return coefficients;
    }

    private CurvePoint<TField, TCurve> Sum<TField, TCurve>(IReadOnlyList<SumTerm<AffinePoint<TField, TCurve>>> terms, CancellationToken cancellationToken)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        foreach (var term in terms)
        {
            var points = OwnedHandle.Of<HostPointTable<TField, TCurve>>(this, term.Bases).Points.Span;
            var factors = Elements(term.Scalars);
            BackendArgument.RequireScalars(term);
            for (var i = 0; i < points.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += new CurvePoint<TField, TCurve>(points[i]) * factors[term.First + i];
            }
        }

        return sum;
    }
}
