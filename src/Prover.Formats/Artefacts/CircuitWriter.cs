using System.Buffers.Binary;
using System.Numerics;
using MessagePack;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Formats;

/// <summary>Writes the elements of a <see cref="CircuitArtefact"/>; <see cref="CircuitReader"/> reads them in the same order.</summary>
internal static class CircuitWriter
{
    public static void Write(ref MessagePackWriter writer, CompiledCircuit circuit)
    {
        writer.WriteArrayHeader(10);
        writer.Write(CircuitArtefact.Magic);
        writer.Write(CircuitArtefact.Version);
        writer.Write(circuit.Name);
        writer.Write(circuit.Hash);
        Write(ref writer, circuit.Inputs);
        Write(ref writer, circuit.R1cs);
        Write(ref writer, circuit.Tape);
        writer.WriteArrayHeader(circuit.Sources.Count);
        foreach (var source in circuit.Sources)
        {
            writer.Write(source);
        }

        Write(ref writer, circuit.RowSources);
        Write(ref writer, circuit.States);
    }

    private static void Write(ref MessagePackWriter writer, StateProgram states)
    {
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(states.Trees.Count);
        foreach (var tree in states.Trees)
        {
            writer.WriteArrayHeader(4);
            writer.Write(tree.Name);
            writer.Write(tree.Depth);
            writer.Write(tree.Root);
            Write(ref writer, tree.Leaf);
        }

        writer.WriteArrayHeader(states.Steps.Count);
        foreach (var step in states.Steps)
        {
            Write(ref writer, StateStepWords.Of(step));
        }
    }

    private static void Write(ref MessagePackWriter writer, IReadOnlyList<CircuitInput> inputs)
    {
        writer.WriteArrayHeader(inputs.Count);
        foreach (var input in inputs)
        {
            // What whoever proves gives is left unsaid, as in files from before there was anything else.
            writer.WriteArrayHeader(input.Origin == InputOrigin.Given ? 6 : 7);
            writer.Write(input.Name);
            writer.Write(input.IsPublic);
            writer.Write((byte)input.Kind);
            writer.Write(input.Scale);
            Write(ref writer, input.Low);
            Write(ref writer, input.High);
            if (input.Origin != InputOrigin.Given)
            {
                writer.Write((byte)input.Origin);
            }
        }
    }

    private static void Write(ref MessagePackWriter writer, R1cs r1cs)
    {
        writer.WriteArrayHeader(7);
        writer.Write(r1cs.WireCount);
        writer.Write(r1cs.PublicOutputCount);
        writer.Write(r1cs.PublicInputCount);
        writer.Write(r1cs.PrivateInputCount);
        Write(ref writer, r1cs.A);
        Write(ref writer, r1cs.B);
        Write(ref writer, r1cs.C);
    }

    private static void Write(ref MessagePackWriter writer, WitnessTape tape)
    {
        writer.WriteArrayHeader(8);
        writer.Write(tape.WireCount);
        writer.Write(tape.SlotCount);
        writer.Write(tape.InputCount);
        writer.WriteBinHeader(checked(tape.Instructions.Length * 5 * sizeof(int)));
        foreach (var (operation, destination, x, y, parameter) in tape.Instructions)
        {
            WriteRaw(ref writer, [(int)operation, destination, x, y, parameter]);
        }

        Write(ref writer, tape.LevelEnds);
        Write(ref writer, tape.Linear);
        writer.WriteArrayHeader(tape.Integers.Length);
        foreach (var integer in tape.Integers)
        {
            Write(ref writer, integer);
        }

        writer.WriteArrayHeader(tape.Requirements.Length);
        foreach (var requirement in tape.Requirements)
        {
            Write(ref writer, requirement);
        }
    }

    private static void Write(ref MessagePackWriter writer, TapeRequirement requirement)
    {
        writer.WriteArrayHeader(6);
        writer.Write(requirement.Message);
        writer.WriteArrayHeader(requirement.Arguments.Count);
        foreach (var argument in requirement.Arguments)
        {
            writer.WriteArrayHeader(3);
            writer.Write(argument.Linear);
            writer.Write((byte)argument.Kind);
            writer.Write(argument.Scale);
        }

        writer.Write(requirement.Location);
        writer.Write(requirement.Rule);
        Write(ref writer, requirement.Low);
        Write(ref writer, requirement.High);
    }

    private static void Write(ref MessagePackWriter writer, SparseMatrix matrix)
    {
        writer.WriteArrayHeader(4);
        Write(ref writer, matrix.RowStarts.Span);
        Write(ref writer, matrix.Wires.Span);
        Write(ref writer, matrix.CoefficientIds.Span);
        var coefficients = matrix.Coefficients.Span;
        var bytes = new byte[coefficients.Length * Fr.ByteCount];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i].WriteCanonical(bytes.AsSpan(i * Fr.ByteCount));
        }

        writer.Write(bytes);
    }

    /// <summary>Words as a byte string, little-endian.</summary>
    private static void Write(ref MessagePackWriter writer, ReadOnlySpan<int> words)
    {
        writer.WriteBinHeader(checked(words.Length * sizeof(int)));
        WriteRaw(ref writer, words);
    }

    private static void WriteRaw(ref MessagePackWriter writer, scoped ReadOnlySpan<int> words)
    {
        const int most = 1 << 14;
        while (!words.IsEmpty)
        {
            var part = words[..Math.Min(words.Length, most)];
            words = words[part.Length..];
            var bytes = writer.GetSpan(part.Length * sizeof(int));
            for (var i = 0; i < part.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], part[i]);
            }

            writer.Advance(part.Length * sizeof(int));
        }
    }

    private static void Write(ref MessagePackWriter writer, BigInteger value) => writer.Write(value.ToByteArray());
}
