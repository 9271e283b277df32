using Prover.Formats;
using Prover.Groth16;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>A file that is cut, or not of the kind that a command takes, is called what it is.</summary>
public sealed class WrongFileTests(Workplace place) : IClassFixture<Workplace>
{
    [Fact]
    public void A_file_of_another_kind_is_named_with_the_kind_that_is_expected()
    {
        Refuses("this is a witness (.wtns); a proving key (.zkey) is expected", "prove", place.Witness, place.Witness, place.PathOf("p.json"), place.PathOf("i.json"), "--device", "cpu");
        Refuses("this is an R1CS file; a compiled circuit is expected", "witness", "-c", place.R1cs, "-i", place.PathOf("input.json"), "-o", place.PathOf("w.wtns"));
        Refuses("this is a proof; a verifying key is expected", "verify", place.Proof, place.PublicInputs, place.VerifyingKey);
        Refuses("this is a verifying key; a list of public inputs is expected", "verify", place.VerifyingKey, place.VerifyingKey, place.Proof);
        Refuses("this is a verifying key; a proof is expected", "verify", place.VerifyingKey, place.PublicInputs, place.VerifyingKey);
        Refuses("this is a proving key (.zkey); a proof is expected", "verify", place.VerifyingKey, place.PublicInputs, place.Key);
    }

    [Fact]
    public void An_empty_file_is_called_empty()
    {
        var empty = place.Write("empty.json", "");
        foreach (var command in new string[][]
        {
            ["batch", "execute", empty],
            ["verify", empty, empty, empty],
            ["witness", "-c", place.PathOf("build"), "-i", empty, "-o", place.PathOf("w.wtns")],
            ["inspect", empty],
        })
        {
            Refuses("the file is empty", command);
        }
    }

    [Theory]
    [InlineData("PROOF")]
    [InlineData("VK")]
    [InlineData("PUBLIC")]
    [InlineData("BATCH")]
    public void Inspect_says_that_JSON_ends_in_the_middle(string artefact)
    {
        var whole = File.ReadAllText(artefact switch
        {
            "PROOF" => place.Proof,
            "VK" => place.VerifyingKey,
            "PUBLIC" => place.PublicInputs,
            _ => Repository.PathOf("bench", "batches", "first.json"),
        }).TrimEnd();
        foreach (var length in new[] { 1, 6, whole.Length / 2, whole.Length - 1 })
        {
            var cut = place.Write("cut.json", whole[..length]);
            var error = Refuses("the JSON ends in the middle", "inspect", cut);
            Assert.Contains($"cut.json: line {whole[..length].Count(character => character == '\n') + 1}, byte ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Inspect_points_to_the_command_that_looks_at_circuits() =>
        Refuses($"'prover check {place.Circuit}'", "inspect", place.Circuit);

    [Fact]
    public void Inspect_says_what_JSON_lacks() =>
        Refuses("neither a verifying key (with 'vk_alpha_1')", "inspect", place.Write("other.json", """{ "limit": 100 }"""));

    [Fact]
    public void Inspect_describes_a_ceremony_before_and_after_its_preparation()
    {
        var (whole, early) = (place.PathOf("whole.ptau"), place.PathOf("early.ptau"));
        PtauFile.Write(whole, new DevelopmentCeremony(2, new SystemScalarSource()));

        // Seven sections with 12 bytes of header each: the powers of 2² end where the first of the preparation's begins.
        var powers = 44 + (7 * 64) + (4 * 128) + (4 * 64) + (4 * 64) + 128 + 4;
        var bytes = File.ReadAllBytes(whole)[..(12 + (7 * 12) + powers)];
        bytes[8] = 7;
        File.WriteAllBytes(early, bytes);

        Assert.Contains("yes", Prepared(whole), StringComparison.Ordinal);
        Assert.Contains("no; 'snarkjs powersoftau prepare phase2' does it", Prepared(early), StringComparison.Ordinal);

        static string Prepared(string path) =>
            Outcome.Of("inspect", path).Expect(ExitCode.Success).Output.Split('\n').Single(line => line.Contains("prepared for phase 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'r', (byte)'u', 0 }, 2)]
    [InlineData(new byte[] { (byte)'/', (byte)'/', 0xe4, (byte)'\n' }, 2)]
    [InlineData(new byte[] { (byte)'(', 0xc3 }, 1)]
    public void A_file_that_is_no_text_is_no_circuit(byte[] bytes, int position)
    {
        var (path, library) = (place.PathOf("binary.circuit"), typeof(WrongFileTests).Assembly.Location);
        File.WriteAllBytes(path, [.. "?"u8, .. bytes]);
        foreach (var command in new[] { "check", "test" })
        {
            Refuses($"byte {position + 1}: this is no source text, which must be UTF-8 without NUL.", command, path);
            Assert.Single(Refuses("this is no source text", command, library).Split('\n'), line => line.StartsWith("error", StringComparison.Ordinal));
        }

        Refuses("this is no source text", "compile", path, "-o", place.PathOf("none"));
        Assert.Contains("error[R", Outcome.Of("check", place.Write("text.circuit", "? ä")).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
    }

    private static string Refuses(string because, params string[] arguments)
    {
        var error = Outcome.Of(arguments).Expect(ExitCode.BadFile).Error;
        Assert.Contains(because, error, StringComparison.Ordinal);
        return error;
    }
}
