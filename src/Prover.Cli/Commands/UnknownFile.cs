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

        if (BeginsAs("SQLite format 3"u8, path))
        {
            return new(path, "whole file", null, $"this is an SQLite database: 'prover state info {path}' looks into that of a kept state.");
        }

        if (BeginsAs([0x1f, 0x8b], path))
        {
            return new(path, "whole file", null, $"this is compressed with gzip, as snapshots of a state are: 'prover state import {path} FILE.db' reads them.");
        }

        return Json(path) ?? new(
            path, "whole file", 0, "no artefact of a known kind (.r1cs, .wtns, .zkey, .ptau, .compiled, .sym, verifying key, proof, public inputs, batch, calldata).");
    }

    private static bool BeginsAs(ReadOnlySpan<byte> signature, string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[signature.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && signature.SequenceEqual(start);
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
            if (StateFile.BeginsAsSnapshot(text))
            {
                return new(path, "whole file", null, $"this is a snapshot of a state: 'prover state import {path} FILE.db' reads it.");
            }

            return new(path, "JSON", null, "neither a verifying key (with 'vk_alpha_1'), nor a proof ('pi_a'), nor public inputs (a list), nor a batch ('transactions').");
        }
        catch (JsonException error)
        {
            var mistake = JsonMistake.Of(error, text);
            return new(path, mistake.Place ?? "JSON", null, $"{mistake.Rule}.");
        }
    }
}
