using Prover.Algebra;
using Prover.Groth16;
using Prover.Testing;

namespace Prover.Formats.Tests;

/// <summary>Each rule of snarkjs's JSON files, broken once.</summary>
public class MalformedJsonTests
{
    private static readonly Proof Proof = new(G1Affine.Generator, G2Affine.Generator, -G1Affine.Generator);

    [Fact]
    public void A_proof_and_its_statement_are_written_both_or_neither()
    {
        using var folder = new TemporaryFolder();
        var (proof, inputs) = (folder["proof.json"], folder["public.json"]);
        Assert.ThrowsAny<IOException>(() => ProofFile.Write(proof, Proof, folder["missing/public.json"], [7]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(proof)!));

        ProofFile.Write(proof, Proof, inputs, [7]);
        Assert.Equal(Proof, ProofFile.Read(proof));
        Assert.Equal([7], PublicInputsFile.Read(inputs));
    }

    [Fact]
    public void Proof_is_read_as_it_was_written() => Assert.Equal(Proof, ProofFile.Parse(ProofFile.ToJson(Proof), "test"));

    [Theory]
    [InlineData("\"groth16\"", "\"plonk\"", "$.protocol: 'groth16' is expected")]
    [InlineData("\"bn128\"", "\"bls12381\"", "$.curve: 'bn128' is expected")]
    [InlineData("pi_a", "pi_x", "property 'pi_x' is unknown")]
    [InlineData("\"protocol\": \"groth16\",", "", "property 'protocol' is missing")]
    [InlineData("\"groth16\"", "\"groth16\", \"comment\": 1", "property 'comment' is unknown")]
    [InlineData("\"1\",", "\"\\ud800\",", "JSON")]
    [InlineData("\"curve\"", "\"\\udfff\"", "JSON")]
    [InlineData("\"1\",", "1,", "a string of decimal digits is expected")]
    [InlineData("\"1\",", "\"01\",", "a canonical decimal number")]
    [InlineData("\"1\",", "\"-1\",", "a canonical decimal number")]
    [InlineData("\"1\",", "\"0x1\",", "a canonical decimal number")]
    [InlineData("\"1\",", "\"\",", "a canonical decimal number")]
    [InlineData("\"1\",", "\"3\",", "$.pi_a: the point is not on the curve of G1")]
    [InlineData("\"1\",", "", "3 elements are expected, there are 2")]
    [InlineData("\"1\",", "\"1\",,", "line 3, byte 6: ',' is an invalid start of a value.")]
    [InlineData("{", "[", "line")]
    [InlineData("\"curve\"", "\"protocol\"", "test: JSON: 'protocol' is given twice.")]
    [InlineData("\"bn128\"\n", "\"bn128\",\n", "test: line ")]
    [InlineData("\"bn128\"\n", "\"bn128\",\n", ", byte 0: a comma before the end of a list or an object.")]
    [InlineData("\"bn128\"\n}", "\"bn128\"\n", "the JSON ends in the middle.")]
    public void Proof_rules(string original, string replacement, string rule)
    {
        var json = ProofFile.ToJson(Proof);
        var position = json.IndexOf(original, StringComparison.Ordinal);
        var changed = string.Concat(json.AsSpan(0, position), replacement, json.AsSpan(position + original.Length));
        var error = Assert.Throws<MalformedFileException>(() => ProofFile.Parse(changed, "test"));
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(ProofFile.ToJson(Proof));
            File.WriteAllBytes(path, bytes);
            Assert.Equal(Proof, ProofFile.Read(path));
            bytes[^10] = 0xff;
            File.WriteAllBytes(path, bytes);
            Assert.Contains("not valid UTF-8", Assert.Throws<MalformedFileException>(() => ProofFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Coordinates_stop_at_the_prime()
    {
        var json = ProofFile.ToJson(Proof);
        var y = (-(Fq)2).ToString();
        Assert.Contains(y, json, StringComparison.Ordinal);
        var error = Assert.Throws<MalformedFileException>(
            () => ProofFile.Parse(json.Replace(y, (Fq.Modulus + Fq.Modulus - 2).ToString(), StringComparison.Ordinal), "test"));
        Assert.Contains("must be below the prime of Fq", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_of_the_twist_outside_G2_are_refused() => CurveGenerators.TwistPointsOutsideSubgroup.Sample(
        point => Assert.Contains(
            "not in G2",
            Assert.Throws<MalformedFileException>(() => ProofFile.Parse(ProofFile.ToJson(Proof with { B = point }), "test")).Message,
            StringComparison.Ordinal),
        iter: 5);

    [Fact]
    public void Points_at_infinity_are_written_as_snarkjs_does()
    {
        var proof = new Proof(G1Affine.Infinity, G2Affine.Infinity, G1Affine.Generator);
        Assert.Equal(proof, ProofFile.Parse(ProofFile.ToJson(proof), "test"));
    }

    [Fact]
    public void Public_inputs_stop_at_the_prime()
    {
        Assert.Equal(new Fr[] { -1, 0 }, PublicInputsFile.Parse($"[\"{Fr.Modulus - 1}\", \"0\"]", "test"));
        Assert.Throws<MalformedFileException>(() => PublicInputsFile.Parse($"[\"{Fr.Modulus}\", \"0\"]", "test"));
        Assert.Throws<MalformedFileException>(() => PublicInputsFile.Parse("{\"0\": \"1\"}", "test"));
        Assert.Empty(PublicInputsFile.Parse("[]", "test"));
    }

    [Fact]
    public void Verifying_keys_must_agree_with_themselves()
    {
        var key = new VerifyingKey(G1Affine.Generator, G2Affine.Generator, G2Affine.Generator, G2Affine.Generator, new[] { G1Affine.Generator });
        var json = VerifyingKeyFile.ToJson(key);
        Assert.Equal(0, VerifyingKeyFile.Parse(json, "test").PublicCount);

        Refused("\"nPublic\": 0", "\"nPublic\": 1", "2 elements are expected, there are 1");
        Refused("vk_alphabeta_12", "vk_alphabeta_13", "property 'vk_alphabeta_13' is unknown");
        Refused("\"nPublic\": 0", "\"nPublic\": -1", "a whole number");
        Refused("\"nPublic\": 0", "\"nPublic\": 1e99", "a whole number");
        var other = VerifyingKeyFile.ToJson(key with { Alpha1 = -G1Affine.Generator });
        var alphaBeta = json.IndexOf("vk_alphabeta_12", StringComparison.Ordinal);
        var mixed = string.Concat(json.AsSpan(0, alphaBeta), other.AsSpan(other.IndexOf("vk_alphabeta_12", StringComparison.Ordinal)));
        var error = Assert.Throws<MalformedFileException>(() => VerifyingKeyFile.Parse(mixed, "test"));
        Assert.Contains("is not the pairing", error.Message, StringComparison.Ordinal);

        var infinite = VerifyingKeyFile.ToJson(key with { Delta2 = G2Affine.Infinity });
        error = Assert.Throws<MalformedFileException>(() => VerifyingKeyFile.Parse(infinite, "test"));
        Assert.Contains("$.vk_delta_2: the point must not be at infinity", error.Message, StringComparison.Ordinal);

        void Refused(string original, string replacement, string rule)
        {
            var changed = json.Replace(original, replacement, StringComparison.Ordinal);
            Assert.NotEqual(json, changed);
            Assert.Contains(rule, Assert.Throws<MalformedFileException>(() => VerifyingKeyFile.Parse(changed, "test")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_text_is_called_so() =>
        Assert.Equal("test: JSON: the file is empty.", Assert.Throws<MalformedFileException>(() => ProofFile.Parse("\n", "test")).Message);

    [Fact]
    public void A_text_that_is_cut_anywhere_ends_in_the_middle()
    {
        var json = ProofFile.ToJson(Proof).TrimEnd();
        for (var length = 1; length < json.Length; length++)
        {
            var error = Assert.Throws<MalformedFileException>(() => ProofFile.Parse(json[..length], "test"));
            Assert.StartsWith("test: line ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(": the JSON ends in the middle.", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"proof\"")]
    [InlineData("{\"protocol\": []}")]
    [InlineData("")]
    public void Other_documents_are_refused(string json)
    {
        Assert.Throws<MalformedFileException>(() => ProofFile.Parse(json, "test"));
        Assert.Throws<MalformedFileException>(() => VerifyingKeyFile.Parse(json, "test"));
    }
}
