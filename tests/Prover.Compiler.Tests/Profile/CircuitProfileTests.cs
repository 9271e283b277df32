using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

public sealed class CircuitProfileTests
{
    private const string Rules = """
        fn square(x: int) =
          x * x

        fn twice(x: int) = square(x) + square(x + 1)

        rule r<N>(private xs: [int[0 .. 3]; N], private y: int[0 .. 3], public z: int[0 .. 1000]) {
          let a = sum(i in 0..N: square(xs[i]))
          let b = twice(y)
          require a + b == z, "another"
        }
        """;

    [Theory]
    [InlineData("circuits/margin/risk.circuit", "initial_margin")]
    [InlineData("circuits/margin/deposit.circuit", "deposit<1, 2, 0>")]
    [InlineData("circuits/std/eddsa.circuit", "eddsa_test")]
    public void The_circuit_is_the_same_with_a_profile_and_every_row_is_counted_once(string path, string rule)
    {
        var profile = Profile(CircuitProgram.Load(Repository.PathOf(path.Split('/')), []), rule);
        var plain = CircuitCompiler.Compile(Repository.PathOf(path.Split('/')), rule).Circuit!;

        Assert.Equal(plain.Hash, profile.Circuit.Hash);
        Assert.Equal(plain.R1cs.ConstraintCount, profile.Stacks.Sum(stack => stack.Rows));
        Assert.Equal(plain.R1cs.ConstraintCount, profile.Lines.Sum(line => line.Rows));
        Assert.Equal(plain.RowSources.Select(source => plain.Sources[source]), profile.Circuit.RowSources.Select(source => profile.Circuit.Sources[source]));
        Assert.Equal(profile.Lines.OrderByDescending(line => line.Rows), profile.Lines);
        Assert.All(profile.Lines, line => Assert.NotEqual("", line.Line.Text));
    }

    [Fact]
    public void Rows_are_told_apart_by_the_calls_that_lead_to_them()
    {
        var profile = Profile(Parse(Rules), "r<3>");

        Assert.Equal(
            [
                "r.circuit:6 = 23",
                "square at r.circuit:7;r.circuit:2 = 3",
                "twice at r.circuit:8;square at r.circuit:4;r.circuit:2 = 2",
            ],
            profile.Stacks.Select(stack => $"{string.Join(';', stack.Frames)} = {stack.Rows}"));
        Assert.Equal([(6, 23), (2, 5)], profile.Lines.Select(line => (line.Line.Line, line.Rows)));
        Assert.Equal("x * x", profile.Lines[1].Line.Text);
    }

    [Fact]
    public void A_function_compiled_once_for_a_loop_counts_for_each_place_that_calls_it()
    {
        var profile = Profile(
            Parse("""
                fn heavy(x: field) = fold s = x for i in 0..600 { s * s + x }

                fn many(xs: [field; 4]) = sum(i in 0..4: heavy(xs[i]))

                rule r(private xs: [field; 4], private ys: [field; 3], public z: field) {
                  let y = sum(i in 0..3: heavy(ys[i]))
                  require many(xs) + y == z, "another"
                }
                """),
            "r");

        Assert.Equal(
            ["heavy at r.circuit:6;r.circuit:1 = 1800", "many at r.circuit:7;heavy at r.circuit:3;r.circuit:1 = 2400"],
            profile.Stacks.Where(stack => stack.Frames.Count > 1).Select(stack => $"{string.Join(';', stack.Frames)} = {stack.Rows}"));
        Assert.DoesNotContain(profile.Circuit.Sources, source => source.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_called_more_often_has_more_rows()
    {
        var (few, many) = (Profile(Parse(Rules), "r<2>"), Profile(Parse(Rules), "r<5>"));

        Assert.Equal(few.Stacks.Count, many.Stacks.Count);
        Assert.Equal(few.Stacks[1].Rows + 3, many.Stacks[1].Rows);
    }

    [Theory]
    [InlineData("s", "R0310")]
    [InlineData("r", "R0310")]
    [InlineData(null, "R0310")]
    [InlineData("r<0>", null)]
    public void What_cannot_be_compiled_has_no_profile(string? rule, string? code)
    {
        List<Diagnostic> diagnostics = [];
        var profile = CircuitProfile.Of(Parse(Rules), rule, diagnostics);

        Assert.Equal(code is null, profile is not null);
        Assert.Equal(code is null ? [] : [code], diagnostics.Select(diagnostic => diagnostic.Code));
    }

    private static CircuitProfile Profile(CircuitProgram program, string rule)
    {
        List<Diagnostic> diagnostics = [];
        var profile = CircuitProfile.Of(program, rule, diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(diagnostics));
        return profile!;
    }

    private static CircuitProgram Parse(string text)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", text), diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(diagnostics));
        return program;
    }
}
