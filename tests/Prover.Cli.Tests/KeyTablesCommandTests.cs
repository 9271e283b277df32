namespace Prover.Cli.Tests;

/// <summary>What users see of a key's prepared tables.</summary>
public sealed class KeyTablesCommandTests : IDisposable
{
    private readonly Workplace _place = new();

    private string Tables => _place.Key + ".tables";

    [Fact]
    public void Proving_makes_tables_and_key_info_names_them()
    {
        Assert.True(File.Exists(Tables));
        Assert.Contains(Tables, Outcome.Of("key", "info", _place.Key).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
        var found = Assert.Single(Outcome.Of("key", "info", _place.Key, "--json").Json.GetProperty("tables").EnumerateArray());
        Assert.True(found.GetProperty("isCurrent").GetBoolean());
    }

    [Fact]
    public void No_tables_leaves_none()
    {
        File.Delete(Tables);
        Prove("--no-tables").Expect(ExitCode.Success);
        Assert.False(File.Exists(Tables));
        Assert.Empty(Outcome.Of("key", "info", _place.Key, "--json").Json.GetProperty("tables").EnumerateArray());
    }

    [Fact]
    public void Tables_serve_another_run()
    {
        var proof = Prove().Expect(ExitCode.Success);
        Assert.DoesNotContain("tables", proof.Error, StringComparison.Ordinal);
        Outcome.Of("verify", _place.VerifyingKey, _place.PathOf("p.public.json"), _place.PathOf("p.json")).Expect(ExitCode.Success);
    }

    [Fact]
    public void Damaged_header_is_noted_and_mended()
    {
        Flip(100);
        Assert.Contains("prepared tables not used", Prove().Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("prepared tables", Prove().Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Outcome.Of("key", "check", _place.Key).Expect(ExitCode.Success);
    }

    [Fact]
    public void Damaged_points_are_found_by_the_check_and_blamed_for_the_proof()
    {
        // The lowest byte of the first point's abscissa, on the second page: in range, but on no curve.
        Flip(4096);
        Outcome.Of("key", "info", _place.Key).Expect(ExitCode.Success);
        Assert.Contains(Tables, Outcome.Of("key", "check", _place.Key).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Assert.Contains("DAMAGED", Outcome.Of("key", "check", _place.Key).Output, StringComparison.Ordinal);
        var found = Assert.Single(Outcome.Of("key", "check", _place.Key, "--json").Json.GetProperty("tables").EnumerateArray());
        Assert.Contains(Tables, found.GetProperty("damage").GetString(), StringComparison.Ordinal);

        Assert.Contains("The tables were removed; this run goes on with the key itself.", Prove().Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Outcome.Of("verify", _place.VerifyingKey, _place.PathOf("p.public.json"), _place.PathOf("p.json")).Expect(ExitCode.Success);
        Assert.DoesNotContain("tables", Prove().Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Outcome.Of("key", "check", _place.Key).Expect(ExitCode.Success);
    }

    [Fact]
    public void Damaged_points_spoil_no_proof_of_many()
    {
        var witnesses = Enumerable.Range(0, 4).Select(i => _place.PathOf($"{i}.wtns")).ToArray();
        Array.ForEach(witnesses, path => File.Copy(_place.Witness, path));
        Flip(4096);
        var error = Outcome.Of(["prove-all", _place.Key, .. witnesses, "-o", _place.PathOf("all"), "--device", "cpu", "--in-flight", "2"]).Expect(ExitCode.Success).Error;
        Assert.Single(error.Split("goes on with the key itself")[1..]);
        Assert.Contains("4 of 4: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pin_that_is_none_says_that_it_may_be_deleted()
    {
        File.WriteAllText(_place.Key + ".pin", "");
        Assert.Contains("It may be deleted", Prove("--no-tables").Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        File.Delete(_place.Key + ".pin");
        Prove("--no-tables").Expect(ExitCode.Success);
    }

    [Fact]
    public void Changed_key_is_refused_in_spite_of_its_tables()
    {
        var key = File.ReadAllBytes(_place.Key);
        key[key.Length / 2] ^= 1;
        File.WriteAllBytes(_place.Key, key);
        Assert.Contains("the file was changed", Prove().Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private Outcome Prove(params string[] options) =>
        Outcome.Of(["prove", _place.Key, _place.Witness, _place.PathOf("p.json"), _place.PathOf("p.public.json"), "--device", "cpu", .. options]);

    private void Flip(int position)
    {
        var bytes = File.ReadAllBytes(Tables);
        bytes[position] ^= 1;
        File.WriteAllBytes(Tables, bytes);
    }
}
