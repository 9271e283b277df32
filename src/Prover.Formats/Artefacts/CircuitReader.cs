using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using MessagePack;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Formats;

/// <summary>Reads the elements of a <see cref="CircuitArtefact"/> and hands them to <see cref="CircuitChecker"/>.</summary>
internal static partial class CircuitReader
{
    public static CompiledCircuit Read(ref MessagePackReader reader, string path)
    {
        var count = reader.ReadArrayHeader();
        if (Text(ref reader, path, "header") != CircuitArtefact.Magic)
        {
            throw Malformed(ref reader, path, "header", $"expected {CircuitArtefact.Magic}");
        }

        if (reader.ReadInt32() is var version && version != CircuitArtefact.Version)
        {
            throw new MismatchException($"{path}: a compiled circuit of version {version}, this program reads version {CircuitArtefact.Version}; compile the rule again.");
        }

        if (count != 10)
        {
            throw Malformed(ref reader, path, "header", $"expected 10 elements, got {count:N0}");
        }

        var name = Text(ref reader, path, "name");
        var hash = Text(ref reader, path, "hash");
        var inputs = Inputs(ref reader, path);
        var r1cs = R1cs(ref reader, path);
        var tape = Tape(ref reader, path);
        var sources = Texts(ref reader, path, "sources");
        var circuit = new CompiledCircuit(name, hash, r1cs, tape, inputs, sources, Words(ref reader, path, "row sources")) { States = States(ref reader, path) };
        if (!reader.End)
        {
            throw Malformed(ref reader, path, "end", "bytes after the circuit");
        }

        CircuitChecker.Check(circuit, path);
        return circuit;
    }

    private static CircuitInput[] Inputs(ref MessagePackReader reader, string path)
    {
        var inputs = new CircuitInput[reader.ReadArrayHeader()];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Input(ref reader, path);
        }

        return inputs;
    }

    private static StateProgram States(ref MessagePackReader reader, string path)
    {
        ExpectArray(ref reader, path, "states", 2);
        var trees = new StateTree[reader.ReadArrayHeader()];
        for (var i = 0; i < trees.Length; i++)
        {
            ExpectArray(ref reader, path, "state", 4);
            trees[i] = new(Text(ref reader, path, "state"), reader.ReadInt32(), reader.ReadInt32(), Inputs(ref reader, path));
        }

        var steps = new StateStep[reader.ReadArrayHeader()];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = StateStepWords.Read(Words(ref reader, path, "state step")) ?? throw Malformed(ref reader, path, "state step", $"step {i:N0} is of no kind");
        }

        return new(trees, steps);
    }

    private static CircuitInput Input(ref MessagePackReader reader, string path)
    {
        var count = reader.ReadArrayHeader();
        if (count is not (6 or 7))
        {
            throw Malformed(ref reader, path, "input", $"expected 6 or 7 elements, got {count:N0}");
        }

        return new(
            Text(ref reader, path, "input name"), reader.ReadBoolean(), Kind(ref reader, path), Scale(ref reader, path),
            Integer(ref reader, path), Integer(ref reader, path), count == 7 ? Origin(ref reader, path) : InputOrigin.Given);
    }

    private static InputOrigin Origin(ref MessagePackReader reader, string path) => reader.ReadByte() switch
    {
        (byte)InputOrigin.Hashed => InputOrigin.Hashed,
        (byte)InputOrigin.Digest => InputOrigin.Digest,
        var other => throw Malformed(ref reader, path, "input", $"unknown origin {other}"),
    };

    private static R1cs R1cs(ref MessagePackReader reader, string path)
    {
        ExpectArray(ref reader, path, "constraints", 7);
        return new(
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(),
            Matrix(ref reader, path), Matrix(ref reader, path), Matrix(ref reader, path));
    }

    private static WitnessTape Tape(ref MessagePackReader reader, string path)
    {
        ExpectArray(ref reader, path, "tape", 8);
        var (wires, slots, inputs) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var words = Words(ref reader, path, "instructions");
        if (words.Length % 5 != 0)
        {
            throw Malformed(ref reader, path, "instructions", $"expected a multiple of 5 words, got {words.Length:N0}");
        }

        var instructions = new TapeInstruction[words.Length / 5];
        for (var i = 0; i < instructions.Length; i++)
        {
            var at = 5 * i;
            if (words[at] is < 0 or > (int)TapeOperation.RequireRange)
            {
                throw Malformed(ref reader, path, "instructions", $"instruction {i:N0} has the unknown operation {words[at]}");
            }

            instructions[i] = new((TapeOperation)words[at], words[at + 1], words[at + 2], words[at + 3], words[at + 4]);
        }

        var levels = Words(ref reader, path, "levels");
        var linear = Matrix(ref reader, path);
        var integers = new BigInteger[reader.ReadArrayHeader()];
        for (var i = 0; i < integers.Length; i++)
        {
            integers[i] = Integer(ref reader, path);
        }

        var requirements = new TapeRequirement[reader.ReadArrayHeader()];
        for (var i = 0; i < requirements.Length; i++)
        {
            requirements[i] = Requirement(ref reader, path);
        }

        return new(wires, slots, inputs, instructions, levels, linear, integers, requirements);
    }

    private static TapeRequirement Requirement(ref MessagePackReader reader, string path)
    {
        ExpectArray(ref reader, path, "requirement", 6);
        var message = Text(ref reader, path, "requirement");
        var arguments = new TapeArgument[reader.ReadArrayHeader()];
        for (var i = 0; i < arguments.Length; i++)
        {
            ExpectArray(ref reader, path, "argument", 3);
            arguments[i] = new(reader.ReadInt32(), Kind(ref reader, path), Scale(ref reader, path));
        }

        return new(
            message, arguments, Text(ref reader, path, "location"), Text(ref reader, path, "rule"), Integer(ref reader, path), Integer(ref reader, path));
    }

    private static SparseMatrix Matrix(ref MessagePackReader reader, string path)
    {
        ExpectArray(ref reader, path, "matrix", 4);
        var (starts, wires, ids) = (Words(ref reader, path, "rows"), Words(ref reader, path, "wires"), Words(ref reader, path, "coefficients"));
        var bytes = Bytes(ref reader, path, "coefficient table");
        if (bytes.Length % Fr.ByteCount != 0)
        {
            throw Malformed(ref reader, path, "coefficient table", $"expected a multiple of {Fr.ByteCount} bytes, got {bytes.Length:N0}");
        }

        var coefficients = new Fr[bytes.Length / Fr.ByteCount];
        for (var i = 0; i < coefficients.Length; i++)
        {
            if (!Fr.TryReadCanonical(bytes.AsSpan(i * Fr.ByteCount), out coefficients[i]))
            {
                throw Malformed(ref reader, path, "coefficient table", $"coefficient {i:N0} is not below r");
            }
        }

        return new(starts, wires, ids, coefficients);
    }
}
