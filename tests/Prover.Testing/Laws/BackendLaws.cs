using Prover.Algebra;
using Prover.Backends;

namespace Prover.Testing;

/// <summary>What every backend owes its callers about vectors and transforms: the reference's results, at every size.</summary>
public abstract class BackendLaws
{
    private static readonly ReferenceBackend Reference = new();

    /// <summary>The backend under test, which the derived class keeps for all its tests.</summary>
    protected abstract IProverBackend Backend { get; }

    /// <summary>The largest transform has 2 to this power elements.</summary>
    protected virtual int LargestLogSize => 9;

    /// <summary>How many random cases a law is tried on at each size.</summary>
    protected virtual int Cases => 2;

    [Fact]
    public void Transforms_match_the_reference_at_every_size()
    {
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            foreach (var transform in Enum.GetValues<Transform>())
            {
                Vectors(logSize).Sample(values => Same(values, Run(Reference, values, transform), Run(Backend, values, transform)), iter: Cases, threads: 1);
            }
        }
    }

    [Fact]
    public void Any_sequence_of_transforms_matches_the_reference()
    {
        var sequences = Gen.Enum<Transform>().Array[1, 6];
        for (var logSize = 0; logSize <= Math.Min(LargestLogSize, 7); logSize++)
        {
            Gen.Select(Vectors(logSize), sequences).Sample(
                (values, sequence) => Same(values, Run(Reference, values, sequence), Run(Backend, values, sequence)), iter: 2 * Cases, threads: 1);
        }
    }

    [Fact]
    public void A_vector_that_took_an_array_is_as_one_that_copied_it() => AtEverySize(values =>
    {
        using var taken = Backend.Take(values.ToArray());
        Backend.Apply(Transform.EvaluateOnOddCoset, taken);
        var elements = new Fr[values.Length];
        Backend.Download(taken, elements);
        return elements.SequenceEqual(Run(Backend, values, Transform.EvaluateOnOddCoset));
    });

    [Fact]
    public void Interpolation_undoes_evaluation_and_the_reverse() => AtEverySize(values =>
        values.SequenceEqual(Run(Backend, values, Transform.Evaluate, Transform.Interpolate))
        && values.SequenceEqual(Run(Backend, values, Transform.Interpolate, Transform.Evaluate)));

    [Fact]
    public void The_odd_coset_is_where_its_name_says() => AtEverySize(coefficients =>
    {
        var domain = EvaluationDomain.OfAtLeast(coefficients.Length);
        var onCoset = domain.Elements().Select(element => Horner(coefficients, domain.OddCosetShift * element));
        return onCoset.SequenceEqual(Run(Backend, coefficients, Transform.EvaluateOnOddCoset));
    });

    [Fact]
    public void Transforms_are_linear()
    {
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            foreach (var transform in Enum.GetValues<Transform>())
            {
                Gen.Select(Vectors(logSize), Vectors(logSize), FieldGenerators.Scalars).Sample(
                    (a, b, c) =>
                    {
                        var combined = a.Zip(b, (x, y) => x + c * y).ToArray();
                        var expected = Run(Backend, a, transform).Zip(Run(Backend, b, transform), (x, y) => x + c * y);
                        return expected.SequenceEqual(Run(Backend, combined, transform));
                    }, iter: 1, threads: 1);
            }
        }
    }

    [Fact]
    public void Products_less_a_vector_are_taken_element_by_element() => Gen.Select(FieldGenerators.Scalars, FieldGenerators.Scalars, FieldGenerators.Scalars).Array[0, 70].Sample(
        triples =>
        {
            using var a = Backend.Upload(triples.Select(t => t.Item1).ToArray());
            using var b = Backend.Upload(triples.Select(t => t.Item2).ToArray());
            using var c = Backend.Upload(triples.Select(t => t.Item3).ToArray());
            Backend.MultiplySubtract(a, b, c);
            return triples.Select(t => t.Item1 * t.Item2 - t.Item3).SequenceEqual(Read(Backend, a))
                && triples.Select(t => t.Item2).SequenceEqual(Read(Backend, b))
                && triples.Select(t => t.Item3).SequenceEqual(Read(Backend, c));
        }, iter: 20, threads: 1);

    [Fact]
    public void Products_with_rows_are_sums_over_their_terms()
    {
        // Empty rows, rows of one term and long ones; ones among the coefficients, and wires that come again.
        var terms = Gen.Select(Gen.Int[0, 19], Gen.Int[0, 9]);
        var rows = Gen.Frequency((1, terms.Array[0]), (4, terms.Array[1, 9]), (1, terms.Array[40, 90])).Array[0, 40];
        Gen.Select(rows, FieldGenerators.Scalars.Array[20], FieldGenerators.Scalars.Array[10]).Sample(
            (rows, vector, coefficients) =>
            {
                coefficients[0] = Fr.One;
                coefficients[1] = -Fr.One;
                vector[0] = -Fr.One;
                var starts = new int[rows.Length + 1];
                for (var i = 0; i < rows.Length; i++)
                {
                    starts[i + 1] = starts[i] + rows[i].Length;
                }

                var flat = rows.SelectMany(row => row).ToArray();
                var matrix = new SparseRows(starts, flat.Select(term => term.Item1).ToArray(), flat.Select(term => term.Item2).ToArray(), coefficients);
                using var table = Backend.LoadRows(matrix);
                Assert.Equal(rows.Length, table.Count);
                return Products(table, vector).SequenceEqual(rows.Select(row => row.Aggregate(Fr.Zero, (sum, term) => sum + coefficients[term.Item2] * vector[term.Item1])));
            }, iter: 50, threads: 1);
    }

    [Fact]
    public void Sums_of_the_largest_terms_do_not_overflow()
    {
        // −1 is the largest element there is, and as many terms as any row will have.
        const int count = 100_000;
        var matrix = new SparseRows(new[] { 0, count }, new int[count], new int[count], new[] { -Fr.One });
        using var table = Backend.LoadRows(matrix);
        Assert.Equal([count], Products(table, [-Fr.One]));
    }

    [Fact]
    public void Rows_stay_within_their_terms_coefficients_and_vector()
    {
        int[] starts = [0, 1, 2];
        int[] columns = [0, 4];
        Fr[] coefficients = [3];
        using var table = Backend.LoadRows(new SparseRows(starts, columns, new[] { 0, 0 }, coefficients));
        Assert.Equal(5, table.VectorLength);
        Assert.Equal([3, 6], Products(table, [1, 0, 0, 0, 2]));
        Assert.Throws<ArgumentException>(() => Products(table, new Fr[4]));
        Assert.Throws<ArgumentException>(() => Backend.LoadRows(new SparseRows(new[] { 0, 1, 3 }, columns, new[] { 0, 0 }, coefficients)));
        Assert.Throws<ArgumentException>(() => Backend.LoadRows(new SparseRows(new[] { 0, 2, 1 }, columns, new[] { 0, 0 }, coefficients)));
        Assert.Throws<ArgumentException>(() => Backend.LoadRows(new SparseRows(starts, columns, new[] { 0, 1 }, coefficients)));
        Assert.Throws<ArgumentException>(() => Backend.LoadRows(new SparseRows(starts, new[] { 0, -1 }, new[] { 0, 0 }, coefficients)));
        Assert.Throws<ArgumentException>(() => Backend.LoadRows(new SparseRows(default, default, default, default)));
    }

    [Fact]
    public void One_vector_may_stand_in_all_three_places() => Vectors(5).Sample(
        values =>
        {
            using var a = Backend.Upload(values);
            Backend.MultiplySubtract(a, a, a);
            return values.Select(x => x * x - x).SequenceEqual(Read(Backend, a));
        }, iter: 5, threads: 1);

    [Fact]
    public void Transformed_and_fresh_vectors_combine_in_natural_order() => Gen.Select(Vectors(5), Vectors(5), Vectors(5)).Sample(
        (x, y, z) =>
        {
            using var a = Backend.Upload(x);
            using var b = Backend.Upload(y);
            using var c = Backend.Upload(z);
            Backend.Apply(Transform.Evaluate, a);
            Backend.Apply(Transform.Interpolate, c);
            Backend.Apply(Transform.Evaluate, c);
            Backend.MultiplySubtract(a, b, c);
            var evaluated = Run(Reference, x, Transform.Evaluate);
            return evaluated.Select((value, i) => value * y[i] - z[i]).SequenceEqual(Read(Backend, a));
        }, iter: 5, threads: 1);

    [Fact]
    public void Quotients_match_the_reference_at_every_size()
    {
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            Gen.Select(Vectors(logSize), Vectors(logSize)).Sample(
                (a, b) => Same(a, Quotient(Reference, a, b), Quotient(Backend, a, b)), iter: Cases, threads: 1);
        }
    }

    [Fact]
    public void Quotients_of_transformed_vectors_match_the_reference() => Gen.Select(Vectors(8), Vectors(8)).Sample(
        (a, b) => Same(a, Quotient(Reference, a, b, Transform.Interpolate), Quotient(Backend, a, b, Transform.Interpolate)), iter: Cases, threads: 1);

    [Fact]
    public void A_vector_is_a_copy()
    {
        Fr[] values = [1, 2, 3];
        using var vector = Backend.Upload(values);
        values[0] = 7;
        var first = Read(Backend, vector);
        first[1] = 8;
        Assert.Equal([1, 2, 3], Read(Backend, vector));
        Assert.Equal(3, vector.Count);
    }

    [Fact]
    public void Handles_of_another_backend_are_refused()
    {
        using var other = new ReferenceBackend();
        using var own = Backend.Upload([1, 2]);
        using var foreign = other.Upload([1, 2]);
        Assert.Throws<ArgumentException>(() => Backend.Apply(Transform.Evaluate, foreign));
        Assert.Throws<ArgumentException>(() => Backend.Download(foreign, new Fr[2]));
        Assert.Throws<ArgumentException>(() => Backend.MultiplySubtract(foreign, own, own));
        Assert.Throws<ArgumentException>(() => Backend.MultiplySubtract(own, foreign, own));
        Assert.Throws<ArgumentException>(() => Backend.MultiplySubtract(own, own, foreign));
        Assert.Throws<ArgumentException>(() => Backend.Quotient(foreign, own));
        Assert.Throws<ArgumentException>(() => Backend.Quotient(own, foreign));
        Backend.MultiplySubtract(own, own, own);
        Backend.Apply(Transform.Evaluate, own);
    }

    [Fact]
    public void Disposed_handles_are_refused()
    {
        var vector = Backend.Upload([1, 2]);
        Assert.Equal([1, 2], Read(Backend, vector));
        vector.Dispose();
        vector.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Backend.Apply(Transform.Evaluate, vector));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        using var four = Backend.Upload([1, 2, 3, 4]);
        using var three = Backend.Upload([1, 2, 3]);
        using var none = Backend.Upload([]);
        Assert.Throws<ArgumentException>(() => Backend.Apply(Transform.Evaluate, three));
        Assert.Throws<ArgumentException>(() => Backend.Apply(Transform.Interpolate, none));
        Backend.Apply(Transform.Evaluate, four);
        Assert.Throws<ArgumentException>(() => Backend.Download(four, new Fr[3]));
        Assert.Throws<ArgumentException>(() => Backend.Download(four, new Fr[5]));
        Backend.Download(four, new Fr[4]);
        Assert.Throws<ArgumentException>(() => Backend.MultiplySubtract(four, three, four));
        Assert.Throws<ArgumentException>(() => Backend.MultiplySubtract(four, four, three));
        Backend.MultiplySubtract(three, three, three);
        using var otherFour = Backend.Upload([1, 2, 3, 4]);
        using var otherThree = Backend.Upload([1, 2, 3]);
        Assert.Throws<ArgumentException>(() => Backend.Quotient(four, three));
        Assert.Throws<ArgumentException>(() => Backend.Quotient(three, otherThree));
        Assert.Throws<ArgumentException>(() => Backend.Quotient(four, four));
        Backend.Quotient(four, otherFour);
    }

    [Fact]
    public void An_unknown_transform_is_refused()
    {
        using var vector = Backend.Upload([1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Backend.Apply((Transform)3, vector));
        Backend.Apply((Transform)2, vector);
    }

    [Fact]
    public void The_self_test_passes()
    {
        var result = BackendSelfTest.Run(Backend);
        Assert.True(result.Passed, result.Detail);
        Assert.Equal(Backend.Name, result.Name);
    }

    private static Gen<Fr[]> Vectors(int logSize) => FieldGenerators.Scalars.Array[1 << logSize];

    private static Fr[] Run(IProverBackend backend, Fr[] values, params Transform[] sequence)
    {
        using var vector = backend.Upload(values);
        foreach (var transform in sequence)
        {
            backend.Apply(transform, vector);
        }

        return Read(backend, vector);
    }

    /// <summary>The quotient of two vectors that were transformed before.</summary>
    private static Fr[] Quotient(IProverBackend backend, Fr[] left, Fr[] right, params Transform[] before)
    {
        using var a = backend.Upload(left);
        using var b = backend.Upload(right);
        foreach (var transform in before)
        {
            backend.Apply(transform, a);
            backend.Apply(transform, b);
        }

        backend.Quotient(a, b);
        return Read(backend, a);
    }

    private static Fr[] Read(IProverBackend backend, IFieldVector vector)
    {
        var values = new Fr[vector.Count];
        backend.Download(vector, values);
        return values;
    }

    private Fr[] Products(IRowTable rows, Fr[] values)
    {
        using var vector = Backend.Upload(values);
        using var products = Backend.MultiplyRows(rows, vector);
        return Read(Backend, products);
    }

    private static Fr Horner(Fr[] coefficients, Fr point) =>
        coefficients.Reverse().Aggregate(Fr.Zero, (value, coefficient) => value * point + coefficient);

    private static bool Same(Fr[] input, Fr[] expected, Fr[] actual) =>
        input.Length == actual.Length && expected.AsSpan().SequenceEqual(actual);

    private void AtEverySize(Func<Fr[], bool> law)
    {
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            Vectors(logSize).Sample(law, iter: Cases, threads: 1);
        }
    }
}
