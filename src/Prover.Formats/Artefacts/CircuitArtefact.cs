using System.Buffers;
using MessagePack;
using Prover.Witness;

namespace Prover.Formats;

/// <summary>
/// A compiled circuit in one MessagePack file: name, hash, inputs, constraints, tape, source places, states. Reading checks every length and index
/// and recomputes the hash, so what is read is what the compiler wrote.
/// </summary>
public static class CircuitArtefact
{
    /// <summary>The first element of the file.</summary>
    internal const string Magic = "prover.circuit";

    /// <summary>The version that is read and written. Up to version 2 there were no states.</summary>
    internal const int Version = 3;

    private static readonly byte[] SignatureBytes = [0xae, .. "prover.circuit"u8];

    /// <summary>Whether contents begin as every circuit file does: a short array, 0x90 and its length, whose first element is the magic text of 14 bytes.</summary>
    internal static bool Begins(ReadOnlySpan<byte> contents) => contents is [>= 0x90 and <= 0x9f, .. var rest] && rest.StartsWith(SignatureBytes);

    /// <summary>Writes a circuit to a file.</summary>
    public static void Write(string path, CompiledCircuit circuit)
    {
        using var file = new OutputFile(path);
        var buffer = new StreamBuffer(file.Stream);
        Write(buffer, circuit);
        buffer.Flush();
        file.Complete();
    }

    /// <summary>A circuit as bytes.</summary>
    public static byte[] Serialize(CompiledCircuit circuit)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        Write(buffer, circuit);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a circuit from a file.</summary>
    /// <exception cref="MalformedFileException">The file is not a circuit, or not an intact one.</exception>
    /// <exception cref="MismatchException">The file is of another version.</exception>
    public static CompiledCircuit Read(string path) => Deserialize(File.ReadAllBytes(path), path);

    /// <summary>Reads a circuit from bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its name in messages.</param>
    /// <exception cref="MalformedFileException">The bytes are not a circuit, or not an intact one.</exception>
    /// <exception cref="MismatchException">The bytes are of another version.</exception>
    public static CompiledCircuit Deserialize(ReadOnlyMemory<byte> bytes, string path)
    {
        FileKinds.RefuseOthers(FileKind.CompiledCircuit, FileKinds.Recognise(bytes.Span), path);
        var reader = new MessagePackReader(bytes);
        try
        {
            return CircuitReader.Read(ref reader, path);
        }
        catch (Exception error) when (error is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw Begins(bytes.Span)
                ? new MalformedFileException(path, "circuit", reader.Consumed, $"no well-formed MessagePack: {error.Message}")
                : new MalformedFileException(path, "whole file", null, "this is no compiled circuit.");
        }
    }

    private static void Write(IBufferWriter<byte> buffer, CompiledCircuit circuit)
    {
        var writer = new MessagePackWriter(buffer);
        CircuitWriter.Write(ref writer, circuit);
        writer.Flush();
    }
}
