using System.Globalization;
using Prover.Margin;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>The shapes that deployments register fit the domain that keys and ceremonies are for, and have the rows that circuits/README.md says.</summary>
public class ShapeSizeTests
{
    private const int Domain = 1 << 20;

    /// <summary>The constant and the five public wires.</summary>
    private const int PublicRows = 6;

    public static TheoryData<string> Names => [.. BatchShapes.Named.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shape_fits(string name)
    {
        var shape = BatchShapes.Named.Single(item => item.Name == name).Shape;
        var rows = TinyBatch.CompileUnaudited(Repository.PathOf("circuits"), "batch", shape.RuleName).R1cs.ConstraintCount;
        Assert.InRange(rows, 1, Domain - PublicRows);
        var documented = File.ReadLines(Repository.PathOf("circuits", "README.md")).Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"| {rows:N0} |"), documented, StringComparison.Ordinal);
    }
}
