using System.Text;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>snarkjs's <c>proof.json</c>.</summary>
public static class ProofFile
{
    /// <summary>Reads a proof; its points are on their curves and in their subgroups.</summary>
    /// <exception cref="MalformedFileException">The file is not a Groth16 proof over BN254.</exception>
    public static Proof Read(string path) => JsonSource.ReadFile(path, FileKind.Proof, Read);

    /// <summary>Reads a proof from text that came from <paramref name="origin"/>, a name for messages.</summary>
    /// <exception cref="MalformedFileException">The text is not a Groth16 proof over BN254.</exception>
    public static Proof Parse(string json, string origin) => JsonSource.Parse(Encoding.UTF8.GetBytes(json), origin, FileKind.Proof, Read);

    /// <summary>Writes a proof.</summary>
    public static void Write(string path, Proof proof) => OutputFile.Write(path, ToJson(proof));

    /// <summary>Writes a proof and the statement it proves: both files take their names, or neither does.</summary>
    /// <exception cref="IOException">One cannot be written.</exception>
    public static void Write(string proofPath, Proof proof, string inputsPath, ReadOnlySpan<Fr> inputs)
    {
        using var first = new OutputFile(proofPath);
        using var second = new OutputFile(inputsPath);
        first.Stream.Write(Encoding.UTF8.GetBytes(ToJson(proof)));
        second.Stream.Write(Encoding.UTF8.GetBytes(PublicInputsFile.ToJson(inputs)));
        OutputFile.Complete(first, second);
    }

    /// <summary>The text of the file.</summary>
    public static string ToJson(Proof proof) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        JsonPoints.Write(writer, "pi_a", proof.A);
        JsonPoints.Write(writer, "pi_b", proof.B);
        JsonPoints.Write(writer, "pi_c", proof.C);
        writer.WriteString("protocol", "groth16");
        writer.WriteString("curve", "bn128");
        writer.WriteEndObject();
    });

    private static Proof Read(JsonSource source)
    {
        source.AllowOnly("pi_a", "pi_b", "pi_c", "protocol", "curve");
        source.Property("protocol").ExpectText("groth16");
        source.Property("curve").ExpectText("bn128");
        return new Proof(JsonPoints.G1(source.Property("pi_a")), JsonPoints.G2(source.Property("pi_b")), JsonPoints.G1(source.Property("pi_c")));
    }
}
