using System.Text;
using System.Text.Json;

namespace Prover.Formats;

/// <summary>Tells files apart by their first bytes or, if they are JSON, by their first telling property.</summary>
/// <remarks>A file of a kind need not be well-formed, or whole: that is for the kind's own reader to say.</remarks>
public static class FileKinds
{
    /// <summary>Enough for every signature and for one line of names.</summary>
    private const int StartLength = 256;

    /// <summary>What a file begins as.</summary>
    public static FileKind Recognise(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[StartLength];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return BeginsAsJson(start) && stream.CanSeek && stream.Length <= JsonSource.MaximumLength
            ? Recognise(File.ReadAllBytes(path))
            : Recognise(start);
    }

    /// <summary>What contents begin as.</summary>
    public static FileKind Recognise(ReadOnlySpan<byte> contents) => contents switch
    {
        _ when contents.StartsWith("r1cs"u8) => FileKind.R1cs,
        _ when contents.StartsWith("wtns"u8) => FileKind.Witness,
        _ when contents.StartsWith("zkey"u8) => FileKind.ProvingKey,
        _ when contents.StartsWith("ptau"u8) => FileKind.PowersOfTau,
        _ when CircuitArtefact.Begins(contents) => FileKind.CompiledCircuit,
        _ when contents.StartsWith("0x"u8) => FileKind.Calldata,
        _ when BeginsAsJson(contents) => RecogniseJson(contents),
        _ when SymFile.IsLine(Encoding.UTF8.GetString(contents[..Math.Min(contents.Length, StartLength)]).Split('\n')[0]) => FileKind.WireNames,
        _ => FileKind.Unknown,
    };

    /// <summary>Whether contents can only be JSON, or blank.</summary>
    public static bool BeginsAsJson(ReadOnlySpan<byte> contents) => contents.TrimStart(" \t\r\n"u8) is [] or [(byte)'{' or (byte)'[', ..];

    /// <summary>What people call a file of this kind.</summary>
    public static string NameOf(FileKind kind) => kind switch
    {
        FileKind.R1cs => "an R1CS file",
        FileKind.Witness => "a witness (.wtns)",
        FileKind.ProvingKey => "a proving key (.zkey)",
        FileKind.PowersOfTau => "a file of powers of tau (.ptau)",
        FileKind.CompiledCircuit => "a compiled circuit",
        FileKind.WireNames => "a list of the names of wires (.sym)",
        FileKind.VerifyingKey => "a verifying key",
        FileKind.Proof => "a proof",
        FileKind.PublicInputs => "a list of public inputs",
        FileKind.Batch => "a batch of transactions",
        FileKind.Calldata => "calldata",
        _ => "a file of an unknown kind",
    };

    /// <summary>Refuses contents that begin as another kind of file; those of no known kind are left to their reader.</summary>
    /// <exception cref="MalformedFileException">The contents are of another kind.</exception>
    internal static void RefuseOthers(FileKind expected, FileKind found, string path)
    {
        if (found != FileKind.Unknown && found != expected)
        {
            throw new MalformedFileException(path, "whole file", null, $"this is {NameOf(found)}; {NameOf(expected)} is expected.");
        }
    }

    private static FileKind RecogniseJson(ReadOnlySpan<byte> text)
    {
        // What is wrong with the text, or missing at its end, is for the kind's reader to say.
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            reader.Read();
            return reader.TokenType switch
            {
                JsonTokenType.StartArray => RecogniseArray(ref reader),
                JsonTokenType.StartObject => RecogniseObject(ref reader),
                _ => FileKind.Unknown,
            };
        }
        catch (Exception error) when (error is JsonException || error is InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" })
        {
            // The latter is an escaped half of a surrogate pair, which has no text.
            return FileKind.Unknown;
        }
    }

    private static FileKind RecogniseArray(ref Utf8JsonReader reader)
    {
        // An object in wrong brackets would show by the colon behind its first name.
        reader.Read();
        reader.Read();
        return FileKind.PublicInputs;
    }

    private static FileKind RecogniseObject(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("vk_alpha_1"u8))
            {
                return FileKind.VerifyingKey;
            }

            if (reader.ValueTextEquals("pi_a"u8))
            {
                return FileKind.Proof;
            }

            var isFormat = reader.ValueTextEquals("format"u8);
            if (reader.ValueTextEquals("transactions"u8) || (isFormat && reader.Read() && reader.ValueSpan.StartsWith("margin-batch/"u8)))
            {
                return FileKind.Batch;
            }

            if (!reader.TrySkip())
            {
                return FileKind.Unknown;
            }
        }

        return FileKind.Unknown;
    }
}
