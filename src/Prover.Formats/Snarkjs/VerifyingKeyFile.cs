using System.Text;
using Prover.Algebra;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>snarkjs's <c>verification_key.json</c>.</summary>
public static class VerifyingKeyFile
{
    private const string AlphaBeta = "vk_alphabeta_12";

    // Not a property of snarkjs's, which passes over it; keys from ceremonies do not have it.
    private const string DevelopmentKey = "insecureDevelopmentKey";

    /// <summary>Reads a verifying key; its points are on their curves and in their subgroups.</summary>
    /// <exception cref="MalformedFileException">The file is not a Groth16 verification key over BN254.</exception>
    public static VerifyingKey Read(string path) => JsonSource.ReadFile(path, FileKind.VerifyingKey, Read);

    /// <summary>Reads a verifying key from text that came from <paramref name="origin"/>, a name for messages.</summary>
    /// <exception cref="MalformedFileException">The text is not a Groth16 verification key over BN254.</exception>
    public static VerifyingKey Parse(string json, string origin) => JsonSource.Parse(Encoding.UTF8.GetBytes(json), origin, FileKind.VerifyingKey, Read);

    /// <summary>Writes a verifying key.</summary>
    public static void Write(string path, VerifyingKey key) => OutputFile.Write(path, ToJson(key));

    /// <summary>The text of the file.</summary>
    public static string ToJson(VerifyingKey key) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("protocol", "groth16");
        writer.WriteString("curve", "bn128");
        writer.WriteNumber("nPublic", key.PublicCount);
        JsonPoints.Write(writer, "vk_alpha_1", key.Alpha1);
        JsonPoints.Write(writer, "vk_beta_2", key.Beta2);
        JsonPoints.Write(writer, "vk_gamma_2", key.Gamma2);
        JsonPoints.Write(writer, "vk_delta_2", key.Delta2);
        JsonPoints.Write(writer, AlphaBeta, Pairing.Evaluate(key.Alpha1, key.Beta2));
        writer.WriteStartArray("IC");
        foreach (ref readonly var point in key.Ic.Span)
        {
            JsonPoints.WriteElement(writer, point);
        }

        writer.WriteEndArray();
        if (key.IsDevelopmentKey)
        {
            writer.WriteBoolean(DevelopmentKey, true);
        }

        writer.WriteEndObject();
    });

    private static VerifyingKey Read(JsonSource source)
    {
        source.AllowOnly("protocol", "curve", "nPublic", "vk_alpha_1", "vk_beta_2", "vk_gamma_2", "vk_delta_2", AlphaBeta, "IC", DevelopmentKey);
        source.Property("protocol").ExpectText("groth16");
        source.Property("curve").ExpectText("bn128");
        var ic = source.Property("IC").Array();
        var publicCount = source.Property("nPublic").Int32(int.MaxValue - 1);
        var points = new G1Affine[ic.ArrayOf(publicCount + 1).Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = JsonPoints.G1(ic[i]);
        }

        var key = new VerifyingKey(
            Finite(source, "vk_alpha_1", JsonPoints.G1),
            Finite(source, "vk_beta_2", JsonPoints.G2),
            Finite(source, "vk_gamma_2", JsonPoints.G2),
            Finite(source, "vk_delta_2", JsonPoints.G2),
            points)
        {
            IsDevelopmentKey = source.Find(DevelopmentKey)?.ExpectTrue() ?? false,
        };

        // Verifiers that save a pairing trust this value, so a file that contradicts itself must not pass on.
        if (source.Find(AlphaBeta) is { } alphaBeta && JsonPoints.Fq12(alphaBeta) != Pairing.Evaluate(key.Alpha1, key.Beta2))
        {
            throw alphaBeta.Malformed("the value is not the pairing of vk_alpha_1 and vk_beta_2.");
        }

        return key;
    }

    private static TPoint Finite<TPoint>(JsonSource source, string name, Func<JsonSource, TPoint> read)
        where TPoint : struct, IEquatable<TPoint>
    {
        var point = read(source.Property(name));
        return !point.Equals(default) ? point : throw source.Property(name).Malformed("the point must not be at infinity.");
    }
}
