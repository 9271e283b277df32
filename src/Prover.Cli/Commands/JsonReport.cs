using System.Text.Json;
using Prover.Formats;

namespace Prover.Cli;

/// <summary>What a snarkjs JSON file is, recognised by its properties.</summary>
internal static class JsonReport
{
    public static void Write(Terminal terminal, string path)
    {
        switch (Recognise(path))
        {
            case Kind.VerifyingKey:
                var key = VerifyingKeyFile.Read(path);
                Report(terminal, path, "verification_key", "verifying key (snarkjs)", ("public inputs", $"{key.PublicCount:N0}"));
                break;
            case Kind.Proof:
                ProofFile.Read(path);
                Report(terminal, path, "proof", "Groth16 proof (snarkjs)", ("points", "on their curves and in their subgroups; says nothing of validity"));
                break;
            case Kind.PublicInputs:
                var values = PublicInputsFile.Read(path);
                Report(terminal, path, "public", "public inputs (snarkjs)", [.. values.Select((value, i) => ($"[{i}]", value.ToString()))]);
                break;
            default:
                throw new MalformedFileException(path, "whole file", 0, "no artefact of a known kind (.r1cs, .wtns, .zkey, .ptau, .compiled, verifying key, proof, public inputs).");
        }
    }

    private static Kind Recognise(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return root.ValueKind switch
            {
                JsonValueKind.Array => Kind.PublicInputs,
                JsonValueKind.Object when root.TryGetProperty("vk_alpha_1", out _) => Kind.VerifyingKey,
                JsonValueKind.Object when root.TryGetProperty("pi_a", out _) => Kind.Proof,
                _ => Kind.Unknown,
            };
        }
        catch (Exception error) when (error is JsonException || error is InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" })
        {
            return Kind.Unknown;
        }
    }

    private static void Report(Terminal terminal, string path, string kind, string description, params (string Name, string Value)[] rows) =>
        terminal.WriteReport(
            path,
            new { path, kind, values = rows.Select(row => new { name = row.Name, value = row.Value }) },
            [("kind", description), .. rows]);

    private enum Kind
    {
        Unknown,
        VerifyingKey,
        Proof,
        PublicInputs,
    }
}
