using Prover.Compiler;
using Prover.Constraints;
using Prover.Language;
using Prover.Testing;

namespace Prover.Audit.Tests;

/// <summary>The circuits of this project: every wire is determined by the inputs, and the audit can prove it.</summary>
public sealed class OwnCircuitTests
{
    [Theory]
    [InlineData("std/poseidon", "poseidon_test<2>")]
    [InlineData("std/poseidon", "poseidon_test<16>")]
    [InlineData("std/merkle", "merkle_test<1>")]
    [InlineData("std/babyjubjub", "point_add_test")]
    [InlineData("std/eddsa", "eddsa_test")]
    [InlineData("margin/risk", "initial_margin")]
    [InlineData("margin/prices", "median_test<3>")]
    [InlineData("margin/prices", "tick<2, 2>")]
    [InlineData("margin/deposit", "deposit<1, 2, 0>")]
    [InlineData("margin/withdraw", "withdrawal<1, 2, 3, 2>")]
    [InlineData("margin/keys", "key_change<1, 2, 2>")]
    [InlineData("margin/cancel", "cancel<1, 2, 1>")]
    [InlineData("margin/transfer", "transfer<1, 2, 3, 0>")]
    [InlineData("margin/liquidate", "liquidation<1, 2, 3, 0, 1>")]
    [InlineData("margin/takeover", "sweep<1, 2>")]
    [InlineData("margin/takeover", "take_over<1, 2, 3, 2>")]
    [InlineData("margin/takeover", "deleverage<1, 2, 3, 0>")]
    [InlineData("margin/listing", "market_update<3, 0>")]
    [InlineData("margin/trade", "trade<1, 2, 3, 0, 1>")]
    [InlineData("rollup/escape", "escape<1, 2, 3, 2>")]
    public void Every_wire_is_proved(string file, string rule) => AssertUnique(Compile(file, rule));

    /// <summary>A batch with every transition.</summary>
    [Fact]
    public void A_whole_batch_is_proved() => AssertUnique(Compile("rollup/batch", "batch<2, 2, 2, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1>"));

    /// <summary>Every kind of division, rounding and choice that the language has.</summary>
    [Theory]
    [InlineData("floor")]
    [InlineData("ceil")]
    [InlineData("trunc")]
    [InlineData("away")]
    [InlineData("half_even")]
    [InlineData("exact")]
    public void Divisions_are_proved(string mode)
    {
        AssertUnique(CompileText($$"""
            rule divide(private a: dec(2)[-2^40 .. 2^40], private b: int[1 .. 2^20], public q: dec(4)[-2^80 .. 2^80]) {
              require div(a, b, to 4, {{mode}}) == q, "another quotient"
            }
            """));
        AssertUnique(CompileText($$"""
            rule by_magnitude(private a: int[1 .. 2^40], private b: int[-2^20 .. 2^20], public q: dec(2)[-2^80 .. 2^80]) {
              require div(a, abs(b) + 1, to 2, {{mode}}) == q, "another quotient"
            }
            """));
        AssertUnique(CompileText($$"""
            rule thirds(private a: dec(2)[-2^40 .. 2^40], public q: dec(1)[-2^80 .. 2^80]) {
              require div(a, 3, to 1, {{mode}}) == q, "another quotient"
            }
            """));
        AssertUnique(CompileText($$"""
            rule rounded(private a: dec(6)[-2^40 .. 2^40], public q: dec(2)[-2^80 .. 2^80]) {
              require round(a, to 2, {{mode}}) == q, "another number"
            }
            """));
    }

    /// <summary>Divisors that no range shows to be positive, but every case of a sign or a choice does.</summary>
    [Theory]
    [InlineData("div(x, abs(d * -7) + 1, to 0, exact)")]
    [InlineData("div(x, abs(raw(round(e * -7, to 1, floor))) + 1, to 0, floor)")]
    [InlineData("div(x, max(1, d), to 1, half_even)")]
    [InlineData("div(x, if c { x + 1 } else { 3 }, to 0, trunc)")]
    [InlineData("div(12.25, div(x, abs(d) + 1, to 0, ceil) + 1, to 0, away)")]
    public void Divisors_are_proved_by_their_cases(string quotient) => AssertUnique(CompileText($$"""
        rule divide(private d: int[-2^20 .. 2^20], private e: dec(2)[-2^20 .. 2^20], private x: int[0 .. 99], private c: bool) {
          require {{quotient}} != 5, "m"
        }
        """));

    [Fact]
    public void Choices_and_comparisons_are_proved() => AssertUnique(CompileText("""
        rule mixed(private a: int[-100 .. 100], private b: int[-5 .. 1000], private x: field, private y: field, public out: int[-2^20 .. 2^20]) {
          let least = min(a, b)
          let same = x == y
          let many = any([a == b, a + 1 == b, a + 2 == b, a + 3 == b, same])
          let c = if a < b and not same { abs(a) * least } else { max(a, b) }
          require inverse(x + 3) != y, "inverse"
          require many or c == out, "another"
          require len(field_bits(x)) == 254 and field_bits(x)[253] == false, "large"
        }
        """));

    internal static R1cs Compile(string file, string rule) =>
        Circuit(CircuitCompiler.Compile(Repository.PathOf("circuits", file + ".circuit"), rule));

    private static R1cs CompileText(string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("audit").FullName, "rule.circuit");
        File.WriteAllText(path, text);
        var system = Circuit(CircuitCompiler.Compile(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return system;
    }

    private static R1cs Circuit(Compilation compilation) =>
        (compilation.Circuit ?? throw new InvalidOperationException(DiagnosticRenderer.Render(compilation.Diagnostics))).R1cs;

    private static void AssertUnique(R1cs system)
    {
        var report = UniquenessAudit.Run(system, effort: 0);
        Assert.True(report.Verdict == Verdict.Unique, string.Join("\n", report.Unproved.Take(10)));
    }
}
