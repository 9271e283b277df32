using Prover.Formats;
using Prover.Primitives;
using Prover.Testing;

namespace Prover.Cli.Tests;

public sealed class RuleCommandTests(Workplace place) : IClassFixture<Workplace>
{
    private const string Broken = """
        rule broken(private x: int[0 .. 9]) {
          require y < 3, "unknown name"
        }
        """;

    [Fact]
    public void Compiling_writes_what_circom_writes_and_our_own_artefact()
    {
        Assert.True(File.Exists(place.R1cs));
        Assert.True(File.Exists(place.Compiled));
        Assert.Equal(["1,1,0,limit", "2,2,0,x"], File.ReadAllLines(place.PathOf("build", "square_below.sym")));
    }

    [Fact]
    public void A_generic_rule_is_compiled_under_its_instance_name()
    {
        var source = place.Write("generic.circuit", """rule below<N, M>(private x: int[0 .. N]) { require x <= M, "above" }""");

        Outcome.Of("compile", source, "--rule", "below<9, 4>", "-o", place.PathOf("generic")).Expect(ExitCode.Success);

        Assert.True(File.Exists(place.PathOf("generic", "below-9-4.compiled")));
    }

    [Fact]
    public void A_broken_circuit_is_refused_with_code_and_place()
    {
        var path = place.Write("broken.circuit", Broken);

        foreach (var outcome in new[] { Outcome.Of("check", path), Outcome.Of("compile", path, "-o", place.PathOf("none")) })
        {
            outcome.Expect(ExitCode.NegativeVerdict);
            Assert.Contains("error[R03", outcome.Error, StringComparison.Ordinal);
            Assert.Contains("broken.circuit:2:", outcome.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(place.PathOf("none")));
        Outcome.Of("check", place.Circuit).Expect(ExitCode.Success);
    }

    [Fact]
    public void All_circuits_of_a_folder_are_checked()
    {
        foreach (var (name, text) in new[] { ("good", "rule good(private x: bool) { require x, \"no\" }"), ("bad", Broken) })
        {
            Directory.CreateDirectory(place.PathOf("checked", name));
            place.Write(Path.Combine("checked", name, name + ".circuit"), text);
        }

        var outcome = Outcome.Of("check", place.PathOf("checked")).Expect(ExitCode.NegativeVerdict);
        Assert.Contains("bad.circuit:2:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("2 files checked, 1 error", outcome.Error, StringComparison.Ordinal);
        Outcome.Of("check", place.PathOf("checked", "good")).Expect(ExitCode.Success);
    }

    [Fact]
    public void Diagnostics_are_an_array_for_tools()
    {
        var found = Outcome.Of("check", place.Write("broken-json.circuit", Broken), "--json").Expect(ExitCode.NegativeVerdict).Json[0];

        Assert.StartsWith("R03", found.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, found.GetProperty("primary").GetProperty("line").GetInt32());
        Assert.Equal(0, Outcome.Of("check", place.Circuit, "--json").Json.GetArrayLength());
    }

    [Fact]
    public void Tests_and_budgets_are_counted()
    {
        var outcome = Outcome.Of("test", place.Circuit).Expect(ExitCode.Success);

        Assert.Contains("2 of 2 tests passed", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("budget 60", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("square_below(100, 10) passes", "square_below(100, 11) passes", "square too large: 11")]
    [InlineData("square_below(100, 11) fails", "square_below(100, 10) fails", "passes, but should fail")]
    [InlineData("budget square_below <= 60", "budget square_below <= 3", "the budget is 3")]
    public void A_failing_test_or_budget_fails_the_run(string good, string bad, string because)
    {
        var path = place.Write("failing.circuit", Workplace.Source.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(because, Outcome.Of("test", path).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_are_tried_with_the_seed_and_the_cases_that_are_asked_for()
    {
        var path = place.Write("property.circuit", Workplace.Source + "\nproperty \"squares grow\" forall x: int[-999 .. 999] { x * x >= x }\n");

        var outcome = Outcome.Of("test", path, "--seed", "7", "--cases", "12").Expect(ExitCode.Success);

        Assert.Contains("1 of 1 properties hold (seed 7)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("12 cases", outcome.Output, StringComparison.Ordinal);
        var property = Outcome.Of("test", path, "--json").Expect(ExitCode.Success).Json.GetProperty("properties")[0];
        Assert.Equal(100, property.GetProperty("cases").GetInt32());
        Outcome.Of("test", path, "--cases", "0").Expect(ExitCode.Usage);
    }

    [Fact]
    public void A_property_that_does_not_hold_shows_the_simplest_inputs_and_the_seed()
    {
        var path = place.Write("no-property.circuit", Workplace.Source + "\nproperty \"squares grow\" forall x: dec(1)[-999 .. 999] { x * x >= x }\n");

        var outcome = Outcome.Of("test", path, "--seed", "7").Expect(ExitCode.NegativeVerdict);

        Assert.Contains("\"squares grow\" does not hold for x = 0.1 (case ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(", seed 7)", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("0 of 1 properties hold (seed 7)", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circuit_that_drifts_from_its_lock_fails_until_accepted()
    {
        var folder = Directory.CreateDirectory(place.PathOf("locked")).FullName;
        place.Write("locked/square.circuit", Workplace.Source);
        Outcome.Of("test", folder, "--update-lock").Expect(ExitCode.Success);
        Outcome.Of("test", folder).Expect(ExitCode.Success);

        place.Write("locked/square.circuit", Workplace.Source.Replace("x * x <= limit", "x * x < limit + 1", StringComparison.Ordinal).Replace("[0 .. 1000]", "[0 .. 2000]", StringComparison.Ordinal));

        Assert.Contains("differs from the lock", Outcome.Of("test", folder).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Outcome.Of("test", folder, "--update-lock").Expect(ExitCode.Success);
        Outcome.Of("test", folder).Expect(ExitCode.Success);
    }

    [Fact]
    public void A_failing_test_does_not_move_the_lock()
    {
        var folder = Directory.CreateDirectory(place.PathOf("unlocked")).FullName;
        place.Write("unlocked/square.circuit", Workplace.Source.Replace("(100, 10) passes", "(100, 11) passes", StringComparison.Ordinal));

        Outcome.Of("test", folder, "--update-lock").Expect(ExitCode.NegativeVerdict);

        Assert.False(File.Exists(Path.Combine(folder, "circuits.lock")));
    }

    [Fact]
    public void The_digest_of_hashed_parameters_is_computed_and_shown()
    {
        place.Write("poseidon.circuit", File.ReadAllText(Repository.PathOf("circuits", "std", "poseidon.circuit")));
        var source = place.Write("hashed.circuit", """
            import "poseidon.circuit"
            rule dear(public limit: int[0 .. 99], public hashed prices: [dec(2)[0 .. 999]; 20]) { require max(prices) > limit, "cheap" }
            """);
        Outcome.Of("compile", source, "-o", place.PathOf("hashed")).Expect(ExitCode.Success);
        var input = place.Write("hashed.json", $$"""{ "limit": 9, "prices": [{{string.Join(", ", Enumerable.Repeat("9.5", 20))}}] }""");
        var digest = Poseidon.Chain(Enumerable.Repeat((Fr)950, 20).ToArray()).ToString();

        var inspected = Outcome.Of("inspect", place.PathOf("hashed", "dear.compiled")).Expect(ExitCode.Success);
        Assert.Contains("public; the hash of 20 inputs: prices", inspected.Output, StringComparison.Ordinal);
        Assert.Equal("prices", Outcome.Of("inspect", place.PathOf("hashed", "dear.compiled"), "--json").Json.GetProperty("digestOf")[0].GetString());

        var made = Outcome.Of("witness", "--circuit", place.PathOf("hashed"), "--input", input, "-o", place.PathOf("hashed.wtns"), "--json").Expect(ExitCode.Success);
        Assert.Equal(digest, made.Json.GetProperty("digest").GetString());
        Assert.Equal([Fr.One, 9, Poseidon.Chain(Enumerable.Repeat((Fr)950, 20).ToArray())], WtnsFile.Read(place.PathOf("hashed.wtns")).Take(3));

        var other = place.Write("hashed-other.json", File.ReadAllText(input).Replace("\"limit\"", "\"digest\": 7, \"limit\"", StringComparison.Ordinal));
        var refused = Outcome.Of("witness", "--circuit", place.PathOf("hashed"), "--input", other, "-o", place.PathOf("other.wtns")).Expect(ExitCode.BadFile);
        Assert.Contains($"input digest: the hashed inputs have the digest {digest}, got 7", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_leaves_of_a_state_are_enough()
    {
        var source = place.Write("state.circuit", """
            import "std/merkle.circuit"
            rule counted(state counts: tree<3, int[0 .. 99]>, private i: int[0 .. 63], public after: field) {
              let last = counts with { [i]: narrow(counts[i] + 1, int[0 .. 99], "too many") }
              require last.root == after, "another root"
            }
            """);
        Outcome.Of("compile", source, "-o", place.PathOf("state")).Expect(ExitCode.Success);
        var (before, after) = (new SparseMerkleTree(3, Poseidon.Chain([Fr.Zero])), new SparseMerkleTree(3, Poseidon.Chain([Fr.Zero])));
        (before[60], after[60]) = (Poseidon.Chain([4]), Poseidon.Chain([5]));

        Assert.Contains("depth 3; words of a leaf: 1; leaves shown: 1", Outcome.Of("inspect", place.PathOf("state", "counted.compiled")).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
        var made = Witness("made", $$"""{ "counts": { "leaves": { "60": 4 } }, "i": 60, "after": "{{after.Root}}" }""", "--json").Expect(ExitCode.Success);
        Assert.Equal($"{before.Root}", made.Json.GetProperty("states")[0].GetProperty("root").GetString());
        Assert.Equal($"{after.Root}", made.Json.GetProperty("states")[0].GetProperty("lastRoot").GetString());
        Assert.Equal([Fr.One, before.Root, after.Root, 60, 4], WtnsFile.Read(place.PathOf("made.wtns")).Take(5));

        var refused = Witness("refused", """{ "counts": { "leaves": { "60": 4 } }, "i": 60, "after": 7 }""").Expect(ExitCode.NegativeVerdict);
        Assert.Contains($"counts.root is {before.Root}, the last root that the rule makes of it {after.Root}", refused.Error, StringComparison.Ordinal);
        var mixed = Witness("mixed", """{ "counts": { "leaves": { "60": 4 }, "root": 5 }, "i": 60, "after": 7 }""").Expect(ExitCode.BadFile);
        Assert.Contains("mixed.json: input counts: leaves and root are both given", mixed.Error, StringComparison.Ordinal);

        Outcome Witness(string name, string json, params string[] more) =>
            Outcome.Of(["witness", "--circuit", place.PathOf("state"), "--input", place.Write($"{name}.json", json), "-o", place.PathOf($"{name}.wtns"), .. more]);
    }

    [Fact]
    public void A_circuit_of_another_version_is_no_match()
    {
        var bytes = File.ReadAllBytes(place.Compiled);
        (bytes[0], bytes[16]) = (0x99, 2);
        var old = place.PathOf("old.compiled");
        File.WriteAllBytes(old, bytes);

        var outcome = Outcome.Of("witness", "--circuit", old, "--input", place.PathOf("input.json"), "-o", place.PathOf("old.wtns")).Expect(ExitCode.Mismatch);

        Assert.Contains($"{old}: a compiled circuit of version 2, this program reads version 3; compile the rule again.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_a_requirement_refuses_have_no_witness()
    {
        var input = place.Write("refused.json", """{ "limit": 100, "x": 11 }""");

        var outcome = Outcome.Of("witness", "--circuit", place.PathOf("build"), "--input", input, "-o", place.PathOf("refused.wtns")).Expect(ExitCode.NegativeVerdict);

        Assert.Contains("require failed: square too large: 11", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place.PathOf("refused.wtns")));
    }

    [Fact]
    public void A_refusal_shows_the_line_and_its_rows_while_the_source_is_as_it_was_compiled()
    {
        var source = place.Write("line.circuit", """
            rule line(public limit: int[0 .. 100], private x: [int[0 .. 100]; 2]) {
              for i in 0..2 {
                require x[i] <= limit, "too large: {x[i]}"
              }
              require x[0] != x[1], "twins"
            }
            """);
        Outcome.Of("compile", source, "-o", place.PathOf("line")).Expect(ExitCode.Success);

        var refused = Refuse("""{ "limit": 5, "x": [9, 1] }""");
        Assert.Contains($"require failed: too large: 9\n  {source}:3:5 line   rows ", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            "   3 |     require x[i] <= limit, \"too large: {x[i]}\"\n     |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  x[i] = 9\n  limit = 5\n", refused.Error, StringComparison.Ordinal);
        var twins = Refuse("""{ "limit": 5, "x": [1, 1] }""", "--json");
        Assert.Equal(twins.Json.GetProperty("firstRow").GetInt32(), twins.Json.GetProperty("lastRow").GetInt32());
        Assert.Contains("   row ", twins.Error, StringComparison.Ordinal);
        Assert.Equal("x[0]", twins.Json.GetProperty("explanation").GetProperty("sides")[0].GetProperty("text").GetString());
        Assert.True(twins.Json.GetProperty("firstRow").GetInt32() > Refuse("""{ "limit": 5, "x": [1, 9] }""", "--json").Json.GetProperty("lastRow").GetInt32());

        File.SetLastWriteTimeUtc(source, DateTime.UtcNow.AddMinutes(1));
        Assert.DoesNotContain("^^^", Refuse("""{ "limit": 5, "x": [9, 1] }""").Error, StringComparison.Ordinal);
        Assert.Contains("  limit = 5\n", Refuse("""{ "limit": 5, "x": [9, 1] }""").Error, StringComparison.Ordinal);
        File.WriteAllText(source, File.ReadAllText(source).Replace("<=", "<", StringComparison.Ordinal));
        Assert.DoesNotContain("  limit = 5\n", Refuse("""{ "limit": 5, "x": [9, 1] }""").Error, StringComparison.Ordinal);
        File.Delete(source);
        Assert.DoesNotContain("^^^", Refuse("""{ "limit": 5, "x": [9, 1] }""").Error, StringComparison.Ordinal);

        Outcome Refuse(string json, params string[] options) => Outcome.Of(
            ["witness", "--circuit", place.PathOf("line"), "--input", place.Write("line.json", json), "-o", place.PathOf("line.wtns"), .. options]).Expect(ExitCode.NegativeVerdict);
    }

    [Theory]
    [InlineData("""{ "limit": 100 }""", "input x: missing")]
    [InlineData("""{ "limit": 100, "x": 1001 }""", "[0 .. 1000]")]
    [InlineData("""{ "limit": 100, "x": 10 """, "no valid JSON")]
    public void Inputs_that_do_not_fit_are_a_bad_file(string json, string because)
    {
        var input = place.Write("unfit.json", json);

        var outcome = Outcome.Of("witness", "--circuit", place.PathOf("build"), "--input", input, "-o", place.PathOf("unfit.wtns")).Expect(ExitCode.BadFile);

        Assert.Contains("unfit.json", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(because, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_several_circuits_asks_which()
    {
        var folder = Directory.CreateDirectory(place.PathOf("several")).FullName;
        File.Copy(place.Compiled, Path.Combine(folder, "a.compiled"));
        File.Copy(place.Compiled, Path.Combine(folder, "b.compiled"));

        Assert.Contains("b.compiled", Solve(folder).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Solve(Path.Combine(folder, "a.compiled")).Expect(ExitCode.Success);
    }

    private Outcome Solve(string circuit) => Outcome.Of("witness", "--circuit", circuit, "--input", place.PathOf("input.json"), "-o", place.PathOf("several.wtns"));
}
