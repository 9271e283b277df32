using Prover.Constraints;
using Prover.Pipeline;

namespace Prover.Bench.Tests;

public sealed class ProfilesTests
{
    /// <summary>Small circuits are not kept anywhere.</summary>
    private static readonly CacheFolder NoCache = new(Path.Combine(Path.GetTempPath(), "prover-no-cache"));

    public static TheoryData<string, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<string, int>();
            foreach (var name in Profiles.Names)
            {
                for (var logSize = Profiles.SmallestLogSize(name); logSize <= 15; logSize++)
                {
                    sizes.Add(name, logSize);
                }
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_witness_satisfies_every_row_of_a_circuit_that_fits(string name, int logSize)
    {
        var profile = Profiles.Build(name, logSize, NoCache);
        Assert.Equal(name, profile.Name);
        Assert.Null(profile.Circuit.FindViolation(profile.Witness));
        Assert.InRange(profile.Circuit.ConstraintCount + profile.Circuit.PublicCount + 1, 1, 1 << logSize);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("bits")]
    public void Changed_wires_are_refused(string name)
    {
        var profile = Profiles.Build(name, 14, NoCache);
        var differences = Gen.ULong[1, ulong.MaxValue].Select(Gen.Int[1, profile.Witness.Length - 1]);
        differences.Sample(
            (difference, wire) =>
            {
                var changed = (Fr[])profile.Witness.Clone();
                changed[wire] += Fr.FromUInt64(difference);
                return profile.Circuit.FindViolation(changed) is not null;
            },
            iter: 20);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("bits")]
    public void Rows_are_short_and_name_each_wire_once(string name)
    {
        var circuit = Profiles.Build(name, 14, NoCache).Circuit;
        foreach (var matrix in new[] { circuit.A, circuit.B, circuit.C })
        {
            Assert.Equal(circuit.ConstraintCount, matrix.RowCount);
            Assert.InRange(matrix.TermCount / (double)matrix.RowCount, 0, 60);
            for (var row = 0; row < matrix.RowCount; row++)
            {
                RequireAscent(matrix, row);
            }
        }
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Profiles.Build("sparse", 12, NoCache));
        Assert.Contains("dense, bits, margin", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["dense", "bits", "margin"], Profiles.Names);
    }

    private static void RequireAscent(SparseMatrix matrix, int row)
    {
        var wires = matrix.WiresOf(row);
        for (var term = 1; term < wires.Length; term++)
        {
            Assert.True(wires[term - 1] < wires[term], $"Row {row} names wire {wires[term]} after {wires[term - 1]}.");
        }
    }
}
