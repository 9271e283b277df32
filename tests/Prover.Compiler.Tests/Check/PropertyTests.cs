using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler.Tests;

public sealed class PropertyTests : IDisposable
{
    private const string Declarations = """
        type Quantity = dec(8)[-2^55 .. 2^55]

        struct Deal { size: dec(2)[-999 .. 999], isOpen: bool, parts: [int[0 .. 9]; 2] }

        fn deltas<N>(q: [Quantity; N]) = [i in 0..N: round(-q[i] * 0.333333, to 6, floor)]

        fn small(x: int[0 .. 1000]) = narrow(x, int[0 .. 99], "too large: {x}")


        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prover-properties-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("forall q: [Quantity; 3] where sum(q) == 0 { sum(deltas(q)) <= 0 }", 100)]
    [InlineData("forall q: [Quantity; 3], n: int[0 .. 9]\n  where sum(q) == 0 and q[0] * n == 2 * q[1] {\n  let d = deltas(q)\n  sum(d) <= 0 and sum(d) > -0.000003\n}", 100)]
    [InlineData("forall a: bool, b: bool { (a and b) == (not (not a or not b)) }", 4)]
    [InlineData("forall x: int[-3 .. 3] where x > 0 { x * x >= x }", 3)]
    [InlineData("forall x: field, y: field where x + 2 * y == 7 { x == 7 - 2 * y }", 100)]
    [InlineData("forall d: Deal { if d.isOpen { d.size <= 9.99 } else { sum(d.parts) <= 18 } }", 100)]
    [InlineData("forall x: int[0 .. 2^100], y: dec(3)[0 .. 2^100] where y == x { raw(y) == 1000 * x }", 100)]
    [InlineData("forall xs: [int[-2^60 .. 2^60]; 5] { xs[0] <= max(xs) and all(i in 0..5: i >= argmax(xs) or xs[i] < max(xs)) }", 100)]
    public void Holds(string property, int cases)
    {
        var result = Try(property);
        Assert.Equal((null, cases), (result.Failure, result.Cases));
    }

    /// <summary>What is found is as simple as it gets, whatever the random inputs were.</summary>
    [Theory]
    [InlineData("forall x: dec(2)[-2^40 .. 2^40] { x < 100 }", "x = 100")]
    [InlineData("forall x: dec(2)[-2^40 .. 2^40] { x > -0.57 }", "x = -0.57")]
    [InlineData("forall x: int[0 .. 2^64], y: int[3 .. 2^64] { x * x != 0 or y > 2^63 }", "x = 0, y = 3")]
    [InlineData("forall q: [Quantity; 2] where sum(q) == 0 { max(q) <= 5 }", "q = [5.00000001, -5.00000001]")]
    [InlineData("forall d: Deal { d.size < 3 or not d.isOpen }", "d = Deal { size: 3, isOpen: true, parts: [0, 0] }")]
    [InlineData("forall x: int[0 .. 1000], y: bool { small(x) < 200 }", "x = 100, y = false: require failed: too large: 100\n")]
    [InlineData("forall x: field { x * x != x }", "x = 0")]
    public void Fails_at_the_simplest_inputs(string property, string counterExample)
    {
        foreach (var seed in new[] { 1, 2, 77, -5 })
        {
            var failure = Try(property, new(seed, 300)).Failure;
            Assert.StartsWith($"does not hold for {counterExample}", failure, StringComparison.Ordinal);
            Assert.EndsWith($", seed {seed})", failure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Equal_seeds_draw_equal_inputs_within_their_ranges()
    {
        CircuitInput[] inputs =
        [
            new("a", false, ValueKind.Integer, 2, -5, 1 << 20),
            new("b", false, ValueKind.Field, 0, 0, Fr.Modulus - 1),
            new("c", false, ValueKind.Boolean, 0, 0, 1),
            new("d", false, ValueKind.Integer, 0, 7, 7),
        ];
        Assert.Equal(Drawn(3), Drawn(3));
        Assert.NotEqual(Drawn(3), Drawn(4));
        Assert.Contains(new BigInteger(-5), Drawn(3).Where((_, i) => i % 4 == 0));
        for (var i = 0; i < inputs.Length; i++)
        {
            Assert.All(Drawn(5).Where((_, at) => at % 4 == i), value => Assert.InRange(value, inputs[i].Low, inputs[i].High));
        }

        BigInteger[] Drawn(int seed) => [.. new PropertyInputs(inputs, new(seed, 100)).Draw().Take(200).SelectMany(values => values)];
    }

    [Theory]
    [InlineData("forall x: int[0 .. 2^60] where x == 12345 and x != 12345 { true }", "'where' accepts only 0 of 2,000 inputs, and 20 are needed")]
    [InlineData("forall x: int[0 .. 9] where x > 9 { true }", "'where' accepts only 0 of 10 inputs")]
    [InlineData("forall x: int[0 .. 2^60] where x > 5 and x < 9 { true }", "'where' accepts only ")]
    public void Too_few_inputs_are_no_evidence(string property, string failure) =>
        Assert.StartsWith(failure, Try(property, new(1, 20)).Failure, StringComparison.Ordinal);

    [Fact]
    public void Properties_are_in_the_report_and_not_in_the_lock()
    {
        var report = Run(Declarations + "rule r(private x: int[0 .. 9]) { require x < 9, \"nine\" }\nproperty \"p\" forall x: int[0 .. 9] { x < 9 }\n", PropertySettings.Default);
        Assert.False(report.IsPassed);
        Assert.Equal(["r"], report.Circuits.Select(circuit => circuit.Rule));
        Assert.Equal(("property \"p\"", 10), report.Properties.Select(property => (property.Property.Instance.Name, property.Cases)).Single());
    }

    private PropertyResult Try(string property, PropertySettings? settings = null)
    {
        var report = Run($"{Declarations}property \"it holds\" {property}\n", settings ?? PropertySettings.Default);
        Assert.Equal("", DiagnosticRenderer.Render(report.Diagnostics));
        return Assert.Single(report.Properties);
    }

    private FileTestReport Run(string text, PropertySettings settings)
    {
        var path = Path.Combine(_folder.FullName, "properties.circuit");
        File.WriteAllText(path, text);
        return RuleTestRunner.Run(path, settings);
    }
}
