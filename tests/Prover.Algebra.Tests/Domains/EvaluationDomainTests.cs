using System.Globalization;
using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class EvaluationDomainTests
{
    [Fact]
    public void Roots_are_those_of_ffjavascript()
    {
        const string script = """
            require("ffjavascript").buildBn128(true).then(async curve => {
              for (let k = 0; k <= 28; k++) console.log(curve.Fr.toString(curve.Fr.w[k]));
              await curve.terminate();
            });
            """;
        var roots = NodeTools.RunScript(script).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Fr.FromInteger(BigInteger.Parse(line, CultureInfo.InvariantCulture))).ToArray();

        for (var k = 0; k <= EvaluationDomain.MaximumLogSize; k++)
        {
            var domain = new EvaluationDomain(k);
            Assert.Equal(roots[k], domain.Generator);
            Assert.Equal(roots[k + 1], domain.OddCosetShift);
        }
    }

    [Fact]
    public void Generator_has_exactly_the_order_of_the_domain()
    {
        for (var k = 0; k <= EvaluationDomain.MaximumLogSize; k++)
        {
            var domain = new EvaluationDomain(k);
            Assert.Equal(1 << k, domain.Size);
            Assert.True(domain.Generator.Power(domain.Size).IsOne);
            Assert.True(k == 0 || domain.Generator.Power(domain.Size / 2) == -Fr.One);
            Assert.Equal(domain.Generator, domain.OddCosetShift.Square());
            Assert.True((domain.Generator * domain.GeneratorInverse).IsOne);
            Assert.True((domain.SizeInverse * domain.Size).IsOne);
        }
    }

    [Fact]
    public void Vanishing_polynomial_is_zero_on_the_domain_and_minus_two_on_the_odd_coset()
    {
        var domain = new EvaluationDomain(4);
        foreach (var element in domain.Elements())
        {
            Assert.True(domain.EvaluateVanishing(element).IsZero);
            Assert.Equal(-2, domain.EvaluateVanishing(domain.OddCosetShift * element));
        }
    }

    [Fact]
    public void Vanishing_polynomial_is_the_product_of_its_linear_factors() => FieldGenerators.Scalars.Sample(
        point => new EvaluationDomain(3).EvaluateVanishing(point) ==
            new EvaluationDomain(3).Elements().Aggregate(Fr.One, (product, element) => product * (point - element)), iter: 30);

    [Fact]
    public void Lagrange_values_match_the_product_formula()
    {
        for (var k = 0; k <= 3; k++)
        {
            var domain = new EvaluationDomain(k);
            FieldGenerators.Scalars.Sample(point => domain.EvaluateLagrange(point).SequenceEqual(LagrangeByDefinition(domain, point)), iter: 20);
        }
    }

    [Fact]
    public void Lagrange_values_inside_the_domain_pick_one_element()
    {
        var domain = new EvaluationDomain(3);
        foreach (var element in domain.Elements())
        {
            Assert.Equal(LagrangeByDefinition(domain, element), domain.EvaluateLagrange(element));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData((1 << 27) - 1, 1 << 27)]
    [InlineData(1 << 27, 1 << 27)]
    public void Smallest_sufficient_domain_is_chosen(int count, int size) =>
        Assert.Equal(size, EvaluationDomain.OfAtLeast(count).Size);

    [Fact]
    public void Sizes_beyond_the_field_are_refused()
    {
        Assert.Equal(27, new EvaluationDomain(27).LogSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationDomain(28));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationDomain.OfAtLeast((1 << 27) + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationDomain.OfAtLeast(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationDomain.OfAtLeast(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationDomain(-1));
    }

    private static Fr[] LagrangeByDefinition(EvaluationDomain domain, Fr point)
    {
        var elements = domain.Elements();
        return [.. elements.Select((own, i) => elements.Where((_, j) => j != i).Aggregate(
            Fr.One, (product, other) => product * (point - other) * (own - other).Invert()))];
    }
}
