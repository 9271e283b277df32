using System.Numerics;
using System.Runtime.InteropServices;
using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Products with rows in machine code against the definition: every length, every number of rows, and elements that stretch the ranges.</summary>
public sealed class RowKernelsTests
{
    private static readonly Fr Largest = -Fr.One;

    /// <summary>The coefficient whose limbs are p − 1 and the element whose words are.</summary>
    private static readonly Fr WidestCoefficient = Largest * ((Fr)2).Power(260).Invert();
    private static readonly Fr WidestElement = Largest * ((Fr)2).Power(256).Invert();

    private static readonly Fr[] Edges = [Fr.Zero, Fr.One, Largest, 2, WidestCoefficient, WidestElement, Fr.FromInteger((BigInteger.One << 253) - 1), Fr.FromUInt64(1UL << 52)];

    private static readonly Lazy<CpuBackend> Single = new(() => new CpuBackend(1, CpuPath.Ifma));

    private static readonly Lazy<CpuBackend> Several = new(() => new CpuBackend(5, CpuPath.Ifma));

    public RowKernelsTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    public static TheoryData<int> RowCounts => [.. Enumerable.Range(0, 41)];

    [Fact]
    public void Every_pair_of_edges_has_its_product()
    {
        var rows = Edges.SelectMany((_, i) => Edges.Select((_, j) => new[] { (Column: j, Id: i) })).ToArray();
        AssertProducts(rows, Edges, Edges);
    }

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void Every_number_of_rows(int count)
    {
        var random = new Random(count);
        AssertProducts(Rows(random, count, () => 3), Edges, Edges);
        AssertProducts(Rows(random, count, () => random.Next(30)), Edges, Edges);
        AssertProducts(Rows(random, count, () => random.Next(4) == 0 ? random.Next(300) : 0), Edges, Edges);
        AssertProducts(Rows(random, count, () => 0), [], []);
    }

    [Fact]
    public void Rows_of_every_length()
    {
        var random = new Random(1);
        var length = 0;
        var rows = Rows(random, 400, () => length++);
        AssertProducts(rows, Edges, Edges);
        random.Shuffle(rows);
        AssertProducts(rows, Edges, Edges);
    }

    /// <summary>The greatest sums that a column and a reduction may meet.</summary>
    [Fact]
    public void Rows_of_the_widest_terms()
    {
        int[] lengths = [1, 2, 127, 128, 129, 255, 256, 257, 1000, 100_000];
        var rows = lengths.Select(length => new (int, int)[length]).ToArray();
        AssertProducts(rows, [WidestElement], [WidestCoefficient]);
        AssertProducts(rows, [Largest], [Largest]);
    }

    [Fact]
    public void A_long_row_among_many_short_ones()
    {
        var random = new Random(2);
        var row = 0;
        AssertProducts(Rows(random, 9000, () => row++ is 3000 or 8999 ? 100_000 : random.Next(6)), RandomElements(random, 5000), RandomElements(random, 100));
    }

    [Fact]
    public void One_table_serves_many_vectors()
    {
        var random = new Random(3);
        var rows = Rows(random, 100, () => random.Next(20));
        var coefficients = RandomElements(random, 30);
        var matrix = Matrix(rows, 50, coefficients);
        using var table = Several.Value.LoadRows(matrix);
        for (var i = 0; i < 10; i++)
        {
            var vector = RandomElements(random, 50);
            var products = new Fr[rows.Length];
            Several.Value.MultiplyRows(table, vector, products);
            Assert.Equal(Expected(matrix, vector), products);
        }
    }

    [Fact]
    public void Products_touch_nothing_else()
    {
        var random = new Random(4);
        for (var count = 0; count <= 40; count++)
        {
            var matrix = Matrix(Rows(random, count, () => random.Next(5)), Edges.Length, Edges);
            var products = Enumerable.Repeat(Largest, count + 2).ToArray();
            using var table = Single.Value.LoadRows(matrix);
            Single.Value.MultiplyRows(table, Edges, products.AsMemory(1, count));
            Assert.Equal([Largest, .. Expected(matrix, Edges), Largest], products);
        }
    }

    /// <summary>As when another program writes into a mapped file.</summary>
    [Fact]
    public void A_matrix_that_changes_after_it_was_loaded_leads_nowhere_else()
    {
        var random = new Random(5);
        var rows = Rows(random, 300, () => random.Next(9));
        int[] strays = [int.MinValue, -1, 1 << 30, int.MaxValue];
        for (var trial = 0; trial < 200; trial++)
        {
            var matrix = Matrix(rows, Edges.Length, Edges);
            using var table = Single.Value.LoadRows(matrix);
            var changed = new[] { matrix.RowStarts, matrix.Columns, matrix.CoefficientIds }[trial % 3];
            MemoryMarshal.AsMemory(changed).Span[random.Next(changed.Length)] = strays[random.Next(strays.Length)];
            var products = new Fr[rows.Length];
            if (trial % 3 == 0)
                Assert.NotNull(Record.Exception(() => Single.Value.MultiplyRows(table, Edges, products)));
            else
                Single.Value.MultiplyRows(table, Edges, products);
        }
    }

    [Fact]
    public void Tables_are_refused_by_other_backends_and_when_disposed_of()
    {
        var matrix = Matrix([[(0, 0)]], 1, [Fr.One]);
        var table = Single.Value.LoadRows(matrix);
        Assert.Throws<ArgumentException>(() => Several.Value.MultiplyRows(table, Edges, new Fr[1]));
        Single.Value.MultiplyRows(table, Edges, new Fr[1]);
        table.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Single.Value.MultiplyRows(table, Edges, new Fr[1]));
    }

    private static void AssertProducts((int Column, int Id)[][] rows, Fr[] vector, Fr[] coefficients)
    {
        var matrix = Matrix(rows, vector.Length, coefficients);
        var expected = Expected(matrix, vector);
        foreach (var backend in new[] { Single.Value, Several.Value })
        {
            using var table = backend.LoadRows(matrix);
            var products = Enumerable.Repeat(Largest, rows.Length).ToArray();
            backend.MultiplyRows(table, vector, products);
            Assert.Equal(expected, products);
        }
    }

    private static Fr[] Expected(SparseRows matrix, Fr[] vector)
    {
        var products = new Fr[matrix.RowCount];
        matrix.Multiply(vector, products, 0, products.Length);
        return products;
    }

    /// <summary>Terms are taken modulo the numbers of columns and coefficients.</summary>
    private static SparseRows Matrix((int Column, int Id)[][] rows, int columns, Fr[] coefficients)
    {
        var starts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            starts[i + 1] = starts[i] + rows[i].Length;
        }

        var terms = rows.SelectMany(row => row).ToArray();
        return new SparseRows(
            starts, terms.Select(term => term.Column % columns).ToArray(), terms.Select(term => term.Id % coefficients.Length).ToArray(), coefficients);
    }

    private static (int Column, int Id)[][] Rows(Random random, int count, Func<int> length) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length()).Select(_ => (random.Next(1 << 20), random.Next(1 << 20))).ToArray())];

    private static Fr[] RandomElements(Random random, int count)
    {
        var bytes = new byte[40];
        var elements = new Fr[count];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            elements[i] = Fr.FromInteger(new BigInteger(bytes, isUnsigned: true));
        }

        return elements;
    }
}
