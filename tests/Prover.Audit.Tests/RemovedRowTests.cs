using Prover.Compiler;
using Prover.Constraints;
using Prover.Language;

namespace Prover.Audit.Tests;

/// <summary>Gadgets from which one row is taken: where the audit still says unique, no input may have two solutions.</summary>
public sealed class RemovedRowTests
{
    [Theory]
    [InlineData("x * i = 1 - z; x * z = 0; z * i = 0", 3)]
    [InlineData("b0 * b0 - 1 = 0; b1 * b1 - 1 = 0; b2 * b2 - 1 = 0; b0 + 2 b1 + 4 b2 = x", 4)]
    [InlineData("a * x = 0; b * x - 1 = 0; c * x - 2 = 0; a + b + c = 1", 4)]
    [InlineData("u + v = x; u - v = 3; u * v = w", 3)]
    public void Every_row_of_a_gadget_counts(string rows, int needed)
    {
        var system = Rows.Of("in x: " + rows).System;
        Assert.Equal(needed, CountNeeded(system));
    }

    /// <summary>Rows that constrain inputs only, or say what others say already, may go; there are few.</summary>
    [Theory]
    [InlineData("private x: int[0 .. 5]", "x * x != 17", 0)]
    [InlineData("private x: field, private y: field", "(x == y) or (x == y + 1)", 2)]
    [InlineData("private a: int[0 .. 15], private b: int[1 .. 3]", "div(a, b, to 0, floor) != 16", 0)]
    [InlineData("private a: int[-8 .. 7]", "div(a, 5, to 0, ceil) * abs(a) != 99", 0)]
    [InlineData("private a: int[0 .. 15]", "max(a, 9) * min(a, 3) != 7", 0)]
    public void Rows_of_compiled_gadgets_count(string parameters, string condition, int mostSuperfluous)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("audit").FullName, "rule.circuit");
        File.WriteAllText(path, $"rule gadget({parameters}) {{\n  require {condition}, \"no\"\n}}\n");
        var compilation = CircuitCompiler.Compile(path);
        var system = (compilation.Circuit ?? throw new InvalidOperationException(DiagnosticRenderer.Render(compilation.Diagnostics))).R1cs;
        Assert.InRange(system.ConstraintCount - CountNeeded(system), 0, mostSuperfluous);
    }

    private static int CountNeeded(R1cs system)
    {
        Assert.Equal(Verdict.Unique, UniquenessAudit.Run(system, effort: 0).Verdict);
        var needed = 0;
        for (var row = 0; row < system.ConstraintCount; row++)
        {
            var reduced = Rows.Without(system, row);
            if (UniquenessAudit.Run(reduced, effort: 0).Verdict != Verdict.Unique)
            {
                needed++;
                continue;
            }

            AssertOneSolution(reduced, row);
        }

        return needed;
    }

    /// <summary>Looks for two solutions with a solver that knows nothing but the rows.</summary>
    private static void AssertOneSolution(R1cs system, int row)
    {
        var table = new RowTable(system);
        var inputs = system.PublicInputCount + system.PrivateInputCount;
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var random = new Random(attempt);
            var (values, known) = (new Fr[system.WireCount], new bool[system.WireCount]);
            (values[0], known[0]) = (Fr.One, true);
            for (var i = 1; i <= inputs; i++)
            {
                (values[i], known[i]) = (random.Next(-3, 17), true);
            }

            Fr[]? first = null;
            new WitnessSolver(table, new(system.WireCount), values, known, 500_000, attempt).Search(solution =>
            {
                Assert.True(first is null || first.AsSpan().SequenceEqual(solution), $"without row {row} inputs {string.Join(", ", values[1..(inputs + 1)])} have two solutions");
                first ??= (Fr[])solution.Clone();
                return false;
            });
        }
    }
}
