using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Prover.Constraints;

namespace Prover.Witness;

/// <summary>The identity of a compiled circuit: SHA-256 over its inputs, constraints, tape and states, not over messages and source places.</summary>
public sealed class CircuitHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private CircuitHash()
    {
    }

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public static string Compute(IReadOnlyList<CircuitInput> inputs, R1cs r1cs, WitnessTape tape, StateProgram states)
    {
        using var hash = new CircuitHash();
        hash.Append("prover circuit 1");
        hash.Append(r1cs.WireCount, r1cs.PublicOutputCount, r1cs.PublicInputCount, r1cs.PrivateInputCount, tape.SlotCount);
        hash.Append(inputs);
        hash.Append(r1cs.A);
        hash.Append(r1cs.B);
        hash.Append(r1cs.C);
        hash.Append(tape.Linear);
        foreach (ref readonly var instruction in tape.Instructions.AsSpan())
        {
            hash.Append((int)instruction.Operation, instruction.Destination, instruction.X, instruction.Y, instruction.Parameter);
        }

        hash.AppendWords(tape.LevelEnds);
        foreach (var integer in tape.Integers)
        {
            hash.Append(integer);
        }

        foreach (var requirement in tape.Requirements)
        {
            hash.Append(requirement.Low);
            hash.Append(requirement.High);
        }

        hash.Append(states);
        return Convert.ToHexStringLower(hash._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Append(IReadOnlyList<CircuitInput> inputs)
    {
        foreach (var input in inputs)
        {
            Append(input.Name);
            Append((int)input.Kind, input.Scale);
            Append(input.Low);
            Append(input.High);
            if (input.Origin != InputOrigin.Given)
            {
                Append(input.Origin.ToString());
            }
        }
    }

    private void Append(StateProgram states)
    {
        if (states.Trees.Count == 0)
        {
            return;
        }

        Append(states.Trees.Count, states.Steps.Count);
        foreach (var tree in states.Trees)
        {
            Append(tree.Name);
            Append(tree.Depth, tree.Root, tree.Leaf.Count);
            Append(tree.Leaf);
        }

        foreach (var step in states.Steps)
        {
            AppendWords(StateStepWords.Of(step));
        }
    }

    private void Append(SparseMatrix matrix)
    {
        AppendWords(matrix.RowStarts.Span);
        AppendWords(matrix.Wires.Span);
        AppendWords(matrix.CoefficientIds.Span);
        Append(matrix.Coefficients.Length);
        Span<byte> bytes = stackalloc byte[Fr.ByteCount];
        foreach (ref readonly var coefficient in matrix.Coefficients.Span)
        {
            coefficient.WriteMontgomery(bytes);
            _hash.AppendData(bytes);
        }
    }

    private void AppendWords(ReadOnlySpan<int> words)
    {
        Append(words.Length);
        if (BitConverter.IsLittleEndian)
        {
            _hash.AppendData(MemoryMarshal.AsBytes(words));
            return;
        }

        Append(words);
    }

    private void Append(params ReadOnlySpan<int> words)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, word);
            _hash.AppendData(bytes);
        }
    }

    private void Append(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Append(BigInteger value)
    {
        var bytes = value.ToByteArray();
        Append(bytes.Length);
        _hash.AppendData(bytes);
    }
}
