using Prover.Constraints;

namespace Prover.Audit.Tests;

/// <summary>Random systems that two assignments satisfy by construction: no wire in which they differ may ever be called determined.</summary>
public sealed class PlantedPairTests
{
    private const int Wires = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_differs_is_never_proved(int seed)
    {
        var proved = 0;
        for (var round = 0; round < 1000; round++)
        {
            var random = new Random((seed * 1_000_000) + round);
            var (system, first, second) = Plant(random);
            Assert.Null(system.FindViolation(first));
            Assert.Null(system.FindViolation(second));
            var report = UniquenessAudit.Run(system, effort: 0);
            for (var wire = 0; wire < first.Length; wire++)
            {
                proved += report.Rules[wire] > Rule.Input ? 1 : 0;
                Assert.True(
                    first[wire] == second[wire] || report.Rules[wire] == Rule.None,
                    $"seed {seed}, round {round}: wire {wire} is {first[wire]} or {second[wire]}, but {report.Rules[wire]}");
            }
        }

        Assert.True(proved > 1000, $"only {proved} wires were proved: the systems are too loose to test anything");
    }

    private static (R1cs System, Fr[] First, Fr[] Second) Plant(Random random)
    {
        var inputs = random.Next(1, 5);
        var (first, second) = (new Fr[Wires], new Fr[Wires]);
        first[0] = second[0] = Fr.One;
        for (var wire = 1; wire < Wires; wire++)
        {
            first[wire] = second[wire] = Value(random);
            if (wire > inputs && random.Next(3) == 0)
            {
                second[wire] = random.Next(2) == 0 ? Fr.One - first[wire] : Value(random);
            }
        }

        if (first.AsSpan().SequenceEqual(second))
        {
            second[^1] += Fr.One;
        }

        var table = new CoefficientTable();
        SparseMatrixBuilder a = new(table), b = new(table), c = new(table);
        var identity = Enumerable.Range(0, Wires).ToArray();
        var count = random.Next(4, 40);
        for (var attempt = 0; attempt < 4000 && a.RowCount < count; attempt++)
        {
            var (x, y, z) = random.Next(4) == 0 ? Arbitrary(random, first, second) : Gadget(random);
            if (x.Evaluate(first) * y.Evaluate(first) == z.Evaluate(first) && x.Evaluate(second) * y.Evaluate(second) == z.Evaluate(second))
            {
                a.Add(x, identity);
                b.Add(y, identity);
                c.Add(z, identity);
            }
        }

        return (new R1cs(Wires, 0, 0, inputs, a.Build(), b.Build(), c.Build()), first, second);
    }

    /// <summary>Small values, so that rows of gadgets are often satisfied by chance.</summary>
    private static Fr Value(Random random) => random.Next(8) switch
    {
        0 or 1 or 2 => Fr.Zero,
        3 or 4 or 5 => Fr.One,
        6 => random.Next(-3, 8),
        _ => Fr.FromUInt64((ulong)random.NextInt64()),
    };

    /// <summary>Any two factors; the product is made to fit both assignments through its constant and a wire that differs.</summary>
    private static (LinearCombination, LinearCombination, LinearCombination) Arbitrary(Random random, Fr[] first, Fr[] second)
    {
        var (a, b, c) = (Sum(random, random.Next(1, 4)), Sum(random, random.Next(0, 3)), Sum(random, random.Next(0, 3)));
        var missingFirst = (a.Evaluate(first) * b.Evaluate(first)) - c.Evaluate(first);
        var missingSecond = (a.Evaluate(second) * b.Evaluate(second)) - c.Evaluate(second);
        var differing = Enumerable.Range(1, Wires - 1).Where(wire => first[wire] != second[wire]).ToArray();
        var free = differing[random.Next(differing.Length)];
        var slope = (missingFirst - missingSecond) * (first[free] - second[free]).Invert();
        return (a, b, c.AddScaled(LinearCombination.FromVariable(free), slope).AddConstant(missingFirst - (slope * first[free])));
    }

    /// <summary>A row as gadgets have them, of random wires.</summary>
    private static (LinearCombination, LinearCombination, LinearCombination) Gadget(Random random)
    {
        var (x, y, z) = (Wire(random), Wire(random), Wire(random));
        var one = LinearCombination.One;
        return random.Next(10) switch
        {
            0 => (x, x.AddConstant(-Fr.One), LinearCombination.Zero),
            1 => (x, one.AddScaled(y, -Fr.One).AddScaled(x, -Fr.One), LinearCombination.Zero),
            2 => (x, y, one.AddScaled(z, -Fr.One)),
            3 => (x, y, LinearCombination.Zero),
            4 => (x, y, z),
            5 => (x, y.AddConstant(random.Next(-2, 3)), LinearCombination.Zero),
            6 => (Digits(random), one, LinearCombination.Zero),
            7 => (x, y, one),
            8 => Boolean(Digits(random)),
            _ => (Sum(random, 2), one, LinearCombination.Zero),
        };
    }

    private static (LinearCombination, LinearCombination, LinearCombination) Boolean(LinearCombination x) =>
        (x, x.AddConstant(-Fr.One), LinearCombination.Zero);

    /// <summary>x − Σ 2ⁱ·bᵢ, or with an offset of the modulus' size.</summary>
    private static LinearCombination Digits(Random random)
    {
        var sum = Wire(random);
        var weight = random.Next(2) == 0 ? Fr.One : 2;
        for (var i = random.Next(1, 4); i > 0; i--, weight = weight.Double())
        {
            sum = sum.AddScaled(Wire(random), random.Next(6) == 0 ? weight : -weight);
        }

        return random.Next(3) == 0 ? sum.AddConstant(random.Next(-2, 3)) : sum;
    }

    private static LinearCombination Sum(Random random, int terms)
    {
        var sum = LinearCombination.FromConstant(random.Next(3) == 0 ? random.Next(-2, 3) : Fr.Zero);
        for (var i = 0; i < terms; i++)
        {
            sum = sum.AddScaled(Wire(random), random.Next(5) == 0 ? Fr.FromUInt64((ulong)random.NextInt64()) : random.Next(-2, 3));
        }

        return sum;
    }

    private static LinearCombination Wire(Random random) => LinearCombination.FromVariable(random.Next(1, Wires));
}
