using System.Text.Json;
using Prover.Formats;
using Prover.Witness;

namespace Prover.Cli;

/// <summary>What can be said of a file that is no artefact of a known kind.</summary>
internal static class UnknownFile
{
    public static MalformedFileException Describe(string path)
    {
        if (Path.GetExtension(path) == ".circuit")
        {
            return new(path, "whole file", null, $"this is the source text of a circuit: 'prover check {path}' looks for errors in it.");
        }

        return Json(path) ?? new(
            path, "whole file", 0, "no artefact of a known kind (.r1cs, .wtns, .zkey, .ptau, .compiled, .sym, verifying key, proof, public inputs, batch, calldata).");
    }

    private static MalformedFileException? Json(string path)
    {
        var text = File.ReadAllBytes(path);
        if (!FileKinds.BeginsAsJson(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return new(path, "JSON", null, "neither a verifying key (with 'vk_alpha_1'), nor a proof ('pi_a'), nor public inputs (a list), nor a batch ('transactions').");
        }
        catch (JsonException error)
        {
            var mistake = JsonMistake.Of(error, text);
            return new(path, mistake.Place ?? "JSON", null, $"{mistake.Rule}.");
        }
    }
}
