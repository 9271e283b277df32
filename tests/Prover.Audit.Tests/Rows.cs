using System.Globalization;
using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit.Tests;

/// <summary>
/// A constraint system in text: "out z in x y: x * i = 1 - z; x * z = 0". Names that are neither outputs nor inputs are inner wires.
/// A combination is a sum of terms like "3 x", "-x" or "2^4 b"; a row without * is linear.
/// </summary>
internal sealed class Rows
{
    private readonly List<string> _names = ["1"];

    private Rows()
    {
    }

    /// <summary>The system.</summary>
    public required R1cs System { get; init; }

    /// <summary>The wire of a name.</summary>
    public int this[string name] => _names.IndexOf(name);

    /// <summary>Reads a system.</summary>
    public static Rows Of(string text)
    {
        var (head, body) = text.Split(':') is [var first, var second] ? (first, second) : throw new FormatException(text);
        var names = new List<string> { "1" };
        var (outputs, inputs, isInput) = (0, 0, false);
        foreach (var word in head.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "in" or "out")
            {
                isInput = word == "in";
                continue;
            }

            names.Add(word);
            (outputs, inputs) = isInput ? (outputs, inputs + 1) : (outputs + 1, inputs);
        }

        var table = new CoefficientTable();
        var parts = new[] { new SparseMatrixBuilder(table), new SparseMatrixBuilder(table), new SparseMatrixBuilder(table) };
        var identity = Enumerable.Range(0, 4096).ToArray();
        foreach (var row in body.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = row.Split('=');
            var factors = sides[0].Split('*');
            parts[0].Add(Combination(factors[0], names), identity);
            parts[1].Add(factors.Length == 1 ? LinearCombination.One : Combination(factors[1], names), identity);
            parts[2].Add(Combination(sides[1], names), identity);
        }

        var system = new R1cs(names.Count, outputs, 0, inputs, parts[0].Build(), parts[1].Build(), parts[2].Build());
        var rows = new Rows { System = system };
        rows._names.Clear();
        rows._names.AddRange(names);
        return rows;
    }

    /// <summary>The same system without one row.</summary>
    public static R1cs Without(R1cs system, int row)
    {
        return system with { A = Drop(system.A), B = Drop(system.B), C = Drop(system.C) };

        SparseMatrix Drop(SparseMatrix matrix)
        {
            var builder = new SparseMatrixBuilder(new CoefficientTable());
            var identity = Enumerable.Range(0, system.WireCount).ToArray();
            for (var i = 0; i < matrix.RowCount; i++)
            {
                if (i != row)
                {
                    var sum = LinearCombination.Zero;
                    for (var term = 0; term < matrix.WiresOf(i).Length; term++)
                    {
                        var coefficient = matrix.Coefficients.Span[matrix.CoefficientIdsOf(i)[term]];
                        var wire = matrix.WiresOf(i)[term];
                        sum = wire == 0 ? sum.AddConstant(coefficient) : sum.AddScaled(LinearCombination.FromVariable(wire), coefficient);
                    }

                    builder.Add(sum, identity);
                }
            }

            return builder.Build();
        }
    }

    /// <summary>Rows that make a sum a number of so many bits.</summary>
    public static string Bits(string name, string sum, int count)
    {
        var bits = Enumerable.Range(0, count).ToArray();
        return $"{string.Join(" ", bits.Select(i => $"{name}{i} * {name}{i} - 1 = 0;"))} {string.Join(" + ", bits.Select(i => $"2^{i} {name}{i}"))} = {sum};";
    }

    private static LinearCombination Combination(string text, List<string> names)
    {
        var sum = LinearCombination.Zero;
        foreach (var term in text.Replace("-", "+-", StringComparison.Ordinal).Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isNegative = term[0] == '-';
            var words = term.TrimStart('-').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var coefficient = char.IsAsciiDigit(words[0][0]) ? Number(words[0]) : BigInteger.One;
            var factor = Fr.FromInteger(isNegative ? -coefficient : coefficient);
            var name = char.IsAsciiDigit(words[^1][0]) ? "1" : words[^1];
            if (!names.Contains(name))
            {
                names.Add(name);
            }

            sum = name == "1" ? sum.AddConstant(factor) : sum.AddScaled(LinearCombination.FromVariable(names.IndexOf(name)), factor);
        }

        return sum;
    }

    private static BigInteger Number(string text) => text.Split('^') is [var radix, var exponent]
        ? BigInteger.Pow(BigInteger.Parse(radix, CultureInfo.InvariantCulture), int.Parse(exponent, CultureInfo.InvariantCulture))
        : BigInteger.Parse(text, CultureInfo.InvariantCulture);
}
