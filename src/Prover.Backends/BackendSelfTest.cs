using System.Diagnostics;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary>A quick check that a device computes what it should, before anything is trusted to it.</summary>
/// <remarks>
/// It needs no slow oracle: interpolation must undo evaluation, a polynomial's value at a point is found by Horner's rule, and a sum over
/// multiples kᵢ·G is (Σ sᵢ·kᵢ)·G.
/// </remarks>
public static class BackendSelfTest
{
    /// <summary>Runs every law once, on vectors as long as the backend says, in well under a second on a healthy device.</summary>
    public static SelfTestResult Run(IProverBackend backend)
    {
        var clock = Stopwatch.StartNew();
        var failure = FirstFailure(backend);
        return new SelfTestResult(backend.Name, failure is null, failure ?? backend.Description, clock.Elapsed);
    }

    private static string? FirstFailure(IProverBackend backend)
    {
        var values = Sample(1 << backend.SelfTestLogSize);
        if (!EvaluatesRightly(backend, values, Transform.Evaluate, Fr.One))
            return "Evaluating a polynomial on the domain gave wrong values.";

        if (!EvaluatesRightly(backend, values, Transform.EvaluateOnOddCoset, new EvaluationDomain(backend.SelfTestLogSize).OddCosetShift))
            return "Evaluating a polynomial on the odd coset gave wrong values.";

        if (!InterpolationUndoesEvaluation(backend, values))
            return "Interpolating what was evaluated did not give the polynomial back.";

        if (!MultiplySubtractIsRight(backend, values))
            return "Products less a vector came out wrong.";

        if (!QuotientIsRight(backend, values))
            return "A quotient came out wrong.";

        if (!RowsAreRight(backend, values))
            return "Products of a matrix's rows with a vector came out wrong.";

        values = values[..(values.Length / 4)];
        if (SumInG1(backend, values) != G1Point.Generator * InnerProduct(values))
            return "A sum in G1 came out wrong.";

        return SumInG2(backend, values) != G2Point.Generator * InnerProduct(values) ? "A sum in G2 came out wrong." : null;
    }

    /// <summary>Large and small elements of both signs, with a zero and both units.</summary>
    private static Fr[] Sample(int count)
    {
        var values = new Fr[count];
        Fr element = 7;
        for (var i = 0; i < count; i++)
        {
            element = element.Square() + i;
            values[i] = (i % 4) switch { 0 => i / 4 - 2, 1 => -element, _ => element };
        }

        return values;
    }

    private static bool EvaluatesRightly(IProverBackend backend, Fr[] coefficients, Transform transform, Fr shift)
    {
        using var vector = backend.Upload(coefficients);
        backend.Apply(transform, vector);
        var values = Read(backend, vector);
        var elements = new EvaluationDomain(backend.SelfTestLogSize).Elements();
        foreach (var index in (ReadOnlySpan<int>)[0, 1, values.Length / 2 + 1, values.Length - 1])
        {
            if (values[index] != Horner(coefficients, shift * elements[index]))
                return false;
        }

        return true;
    }

    private static bool InterpolationUndoesEvaluation(IProverBackend backend, Fr[] coefficients)
    {
        using var vector = backend.Upload(coefficients);
        backend.Apply(Transform.Evaluate, vector);
        backend.Apply(Transform.Interpolate, vector);
        return coefficients.AsSpan().SequenceEqual(Read(backend, vector));
    }

    private static bool MultiplySubtractIsRight(IProverBackend backend, Fr[] values)
    {
        using var a = backend.Upload(values);
        using var b = backend.Upload(values);
        using var c = backend.Upload(values);
        backend.MultiplySubtract(a, b, c);
        var results = Read(backend, a);
        for (var i = 0; i < values.Length; i++)
        {
            if (results[i] != values[i] * values[i] - values[i])
                return false;
        }

        return true;
    }

    /// <summary>Of A·B − C the fused kernel makes what the transforms, tried before, make step by step.</summary>
    private static bool QuotientIsRight(IProverBackend backend, Fr[] values)
    {
        var reversed = values.Reverse().ToArray();
        using var a = backend.Upload(values);
        using var b = backend.Upload(reversed);
        using var expected = backend.Upload(values);
        using var other = backend.Upload(reversed);
        backend.Quotient(a, b);
        QuotientInSteps.Apply(backend, expected, other);
        return Read(backend, expected).AsSpan().SequenceEqual(Read(backend, a));
    }

    /// <summary>Rows without terms, with a few, and one with as many as the vector is long; coefficients that are one, minus one and large.</summary>
    private static bool RowsAreRight(IProverBackend backend, Fr[] values)
    {
        var (starts, columns) = (new List<int> { 0 }, new List<int>());
        for (var row = 0; row < values.Length; row++)
        {
            var terms = row == values.Length / 2 ? values.Length : row % 6;
            columns.AddRange(Enumerable.Range(0, terms).Select(term => (row * 7 + term) % values.Length));
            starts.Add(columns.Count);
        }

        int[] coefficients = [.. Enumerable.Range(0, columns.Count).Select(term => term % 3)];
        var matrix = new SparseRows(starts.ToArray(), columns.ToArray(), coefficients, new[] { Fr.One, -Fr.One, values[^1] });
        var expected = new Fr[values.Length];
        matrix.Multiply(values, expected, 0, expected.Length);

        using var rows = backend.LoadRows(matrix);
        using var vector = backend.Upload(values);
        using var products = backend.MultiplyRows(rows, vector);
        return expected.AsSpan().SequenceEqual(Read(backend, products));
    }

    /// <summary>Σ valuesᵢ·((i + 1)·G).</summary>
    private static G1Point SumInG1(IProverBackend backend, Fr[] values)
    {
        using var bases = backend.LoadG1(Multiples<Fq, G1Curve>(values.Length));
        using var scalars = backend.Upload(values);
        return backend.Sum(bases, scalars);
    }

    private static G2Point SumInG2(IProverBackend backend, Fr[] values)
    {
        using var bases = backend.LoadG2(Multiples<Fq2, G2Curve>(values.Length));
        using var scalars = backend.Upload(values);
        return backend.Sum(bases, scalars);
    }

    private static AffinePoint<TField, TCurve>[] Multiples<TField, TCurve>(int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = new CurvePoint<TField, TCurve>[count];
        var multiple = CurvePoint<TField, TCurve>.Infinity;
        for (var i = 0; i < count; i++)
        {
            multiple += AffinePoint<TField, TCurve>.Generator;
            points[i] = multiple;
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }

    private static Fr InnerProduct(Fr[] values)
    {
        var sum = Fr.Zero;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * (i + 1);
        }

        return sum;
    }

    private static Fr Horner(Fr[] coefficients, Fr point)
    {
        var value = Fr.Zero;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            value = value * point + coefficients[i];
        }

        return value;
    }

    private static Fr[] Read(IProverBackend backend, IFieldVector vector)
    {
        var values = new Fr[vector.Count];
        backend.Download(vector, values);
        return values;
    }
}
