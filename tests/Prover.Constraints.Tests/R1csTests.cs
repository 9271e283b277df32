using Prover.Testing;

namespace Prover.Constraints.Tests;

public class R1csTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void The_first_violated_row_is_named(int rows)
    {
        // Row i says wᵢ₊₁·wᵢ₊₁ = wᵢ₊₂, so w₁ decides all others.
        SparseMatrixBuilder a = new(new()), b = new(new()), c = new(new());
        int[] identity = [.. Enumerable.Range(0, rows + 2)];
        for (var i = 0; i < rows; i++)
        {
            a.Add(LinearCombination.FromVariable(i + 1), identity);
            b.Add(LinearCombination.FromVariable(i + 1), identity);
            c.Add(LinearCombination.FromVariable(i + 2), identity);
        }

        var system = new R1cs(rows + 2, 0, 1, 0, a.Build(), b.Build(), c.Build());
        var assignment = new Fr[rows + 2];
        assignment[0] = Fr.One;
        assignment[1] = 3;
        for (var i = 2; i < assignment.Length; i++)
        {
            assignment[i] = assignment[i - 1].Square();
        }

        Assert.Null(system.FindViolation(assignment));
        assignment[^1] += Fr.One;
        Assert.Equal(rows - 1, system.FindViolation(assignment)?.Row.Index);
        assignment[rows / 2] += Fr.One;
        Assert.Equal((rows / 2) - 2, system.FindViolation(assignment)?.Row.Index);
    }

    [Fact]
    public void An_assignment_of_the_wrong_length_or_without_one_is_the_callers_mistake()
    {
        var system = new R1cs(2, 0, 1, 0, Empty(), Empty(), Empty());
        Assert.Null(system.FindViolation([Fr.One, 5]));
        Assert.Throws<ArgumentException>(() => system.FindViolation([Fr.One]));
        Assert.Throws<ArgumentException>(() => system.FindViolation([5, Fr.One]));
    }

    [Fact]
    public void Combinations_add_term_by_term() => Gen.Select(FieldGenerators.Scalars.Array[6], FieldGenerators.Scalars, Gen.Int[0, 63], Gen.Int[0, 63]).Sample(
        (values, factor, first, second) =>
        {
            var (x, y) = (Subset(values, first), Subset(values, second));
            var sum = x.AddScaled(y, factor);
            return sum.Evaluate(values) == x.Evaluate(values) + (factor * y.Evaluate(values))
                && sum.AddScaled(y, -factor).Equals(x)
                && x.AddScaled(x, -Fr.One).Equals(LinearCombination.Zero);
        });

    private static LinearCombination Subset(Fr[] coefficients, int mask)
    {
        var sum = LinearCombination.FromConstant(mask);
        for (var i = 0; i < coefficients.Length; i++)
        {
            sum = (mask >> i) % 2 == 1 ? sum.AddScaled(LinearCombination.FromVariable(i), coefficients[i]) : sum;
        }

        return sum;
    }

    private static SparseMatrix Empty() => new SparseMatrixBuilder(new()).Build();
}
