using System.Globalization;

namespace Prover.Cli.Tests;

/// <summary>The verdicts of <c>audit</c>, their exit codes and what is printed beside them.</summary>
public sealed class AuditCommandTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Fact]
    public void A_compiled_rule_is_unique()
    {
        foreach (var path in new[] { workplace.PathOf("build"), workplace.Compiled, workplace.R1cs })
        {
            var outcome = Outcome.Of("audit", path).Expect(ExitCode.Success);
            Assert.Contains("unique", outcome.Output, StringComparison.Ordinal);
            Assert.Contains("proved: digits", outcome.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("not proved", outcome.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_square_root_is_not_unique()
    {
        var (r1cs, sym, wtns) = SquareRoot(isInverse: false);
        var text = Outcome.Of("audit", r1cs, "--sym", sym, "--witness", wtns).Expect(ExitCode.NegativeVerdict).Output;
        Assert.Contains("not unique", text, StringComparison.Ordinal);
        Assert.Contains("not proved: main.root (w2), row 0: it is squared", text, StringComparison.Ordinal);
        Assert.Contains("two values: main.root (w2) is 3 or -3", text, StringComparison.Ordinal);

        var json = Outcome.Of("audit", r1cs, "--witness", wtns, "--json").Expect(ExitCode.NegativeVerdict).Json;
        Assert.Equal("not unique", json.GetProperty("verdict").GetString());
        var pair = json.GetProperty("pair").GetProperty("wires")[0];
        Assert.Equal("main.root", pair.GetProperty("name").GetString());
        Assert.Equal("3", pair.GetProperty("first").GetString());
        Assert.Equal((Fr.Modulus - 3).ToString(CultureInfo.InvariantCulture), pair.GetProperty("second").GetString());
    }

    [Fact]
    public void Without_a_search_it_is_unproved()
    {
        var json = Outcome.Of("audit", SquareRoot(isInverse: false).R1cs, "--effort", "0", "--json").Expect(ExitCode.NegativeVerdict).Json;
        Assert.Equal("unproved", json.GetProperty("verdict").GetString());
    }

    [Fact]
    public void An_inverse_is_unique()
    {
        var (r1cs, _, _) = SquareRoot(isInverse: true);
        Assert.Equal("unique", Outcome.Of("audit", r1cs, "--json").Expect(ExitCode.Success).Json.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Of_several_files_the_verdicts_are_listed()
    {
        var (bad, sym, _) = SquareRoot(isInverse: false);
        var (good, _, _) = SquareRoot(isInverse: true);
        var text = Outcome.Of("audit", good, bad).Expect(ExitCode.NegativeVerdict).Output;
        Assert.Matches("inverse.r1cs +│ unique", text);
        Assert.Matches("root.r1cs +│ not unique", text);
        Outcome.Of("audit", good, good).Expect(ExitCode.Success);
        Outcome.Of("audit", good, bad, "--sym", sym).Expect(ExitCode.Usage);

        var folder = Directory.CreateDirectory(workplace.PathOf("systems")).FullName;
        File.Copy(good, Path.Combine(folder, "a.r1cs"));
        File.Copy(bad, Path.Combine(folder, "b.r1cs"));
        var json = Outcome.Of("audit", folder, "--json").Expect(ExitCode.NegativeVerdict).Json;
        Assert.Equal(["unique", "not unique"], json.EnumerateArray().Select(entry => entry.GetProperty("verdict").GetString()));
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused()
    {
        var (r1cs, _, wtns) = SquareRoot(isInverse: false);
        Outcome.Of("audit", workplace.Witness).Expect(ExitCode.BadFile);
        Outcome.Of("audit", workplace.PathOf("missing.r1cs")).Expect(ExitCode.BadFile);
        Outcome.Of("audit", r1cs, "--witness", workplace.Witness).Expect(ExitCode.Mismatch);
        Outcome.Of("audit", SquareRoot(isInverse: true).R1cs, "--witness", wtns).Expect(ExitCode.BadFile);
        Outcome.Of("audit", r1cs, "--effort", "-1").Expect(ExitCode.Usage);
    }

    /// <summary>root·root = 9 for the input 9, or root·9 = 1.</summary>
    private (string R1cs, string Sym, string Wtns) SquareRoot(bool isInverse)
    {
        var name = isInverse ? "inverse" : "root";
        var table = new Constraints.CoefficientTable();
        Constraints.SparseMatrixBuilder a = new(table), b = new(table), c = new(table);
        int[] wires = [0, 1, 2];
        var (input, root) = (Constraints.LinearCombination.FromVariable(1), Constraints.LinearCombination.FromVariable(2));
        a.Add(root, wires);
        b.Add(isInverse ? input : root, wires);
        c.Add(isInverse ? Constraints.LinearCombination.One : input, wires);
        var (r1cs, sym, wtns) = (workplace.PathOf(name + ".r1cs"), workplace.PathOf(name + ".sym"), workplace.PathOf(name + ".wtns"));
        Formats.R1csFile.Write(r1cs, new(3, 0, 0, 1, a.Build(), b.Build(), c.Build()));
        Formats.SymFile.Write(sym, ["main.square", "main.root"]);
        Formats.WtnsFile.Write(wtns, [1, 9, 3]);
        return (r1cs, sym, wtns);
    }
}
