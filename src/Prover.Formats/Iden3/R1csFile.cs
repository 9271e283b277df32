using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Formats;

/// <summary>iden3's .r1cs: a constraint system as circom writes and snarkjs reads it.</summary>
/// <remarks>iden3/r1csfile, doc/r1cs_bin_format.md, version 1.</remarks>
public static class R1csFile
{
    private const uint Version = 1;
    private const uint HeaderSection = 1;
    private const uint ConstraintsSection = 2;
    private const uint LabelsSection = 3;
    private const uint CustomGatesListSection = 4;
    private const uint CustomGatesUsesSection = 5;
    private const int HeaderLength = 64;
    private const int TermLength = sizeof(uint) + Fr.ByteCount;

    /// <summary>An empty row still has its three lengths.</summary>
    private const int MinimumRowLength = 3 * sizeof(uint);

    /// <summary>Reads a constraint system. Terms with coefficient zero are dropped, wires sorted within each row.</summary>
    /// <exception cref="MalformedFileException">The file is not a well-formed .r1cs over BN254, or uses PLONK's custom gates.</exception>
    public static R1cs Read(string path)
    {
        using var file = SectionFile.Open(path, "r1cs", Version);
        file.AllowOnly(HeaderSection, ConstraintsSection, LabelsSection, CustomGatesListSection, CustomGatesUsesSection);
        RequireNoCustomGates(file);
        var constraints = file.Require(ConstraintsSection, "constraints");
        var header = file.Read(file.Require(HeaderSection, "header", HeaderLength, "the fields of a header"), "header");

        header.ExpectPrime<ScalarModulus>();
        var labels = file.Require(LabelsSection, "labels");
        var wireCount = header.ReadCount("the number of wires", labels.Length / sizeof(ulong));
        if (wireCount == 0)
        {
            throw header.MalformedBefore(sizeof(uint), "a system has at least the constant wire.");
        }

        var outputs = header.ReadCount("the number of public outputs", wireCount - 1);
        var publicInputs = header.ReadCount("the number of public inputs", wireCount - 1 - outputs);

        var privateInputs = header.ReadCount("the number of private inputs", int.MaxValue);
        header.ReadUInt64();
        var rows = header.ReadCount("the number of constraints", constraints.Length / MinimumRowLength);
        if (labels.Length != wireCount * (long)sizeof(ulong))
        {
            throw file.Malformed("labels", labels.Offset, $"{wireCount:N0} wires make {wireCount * (long)sizeof(ulong):N0} bytes, the section has {labels.Length:N0}.");
        }

        privateInputs = CountPrivateInputs(file.Read(labels, "labels"), wireCount, outputs + publicInputs, privateInputs);
        var (a, b, c) = (new MatrixBuilder(rows), new MatrixBuilder(rows), new MatrixBuilder(rows));
        var reader = file.Read(constraints, "constraints");
        for (var row = 0; row < rows; row++)
        {
            ReadCombination(reader, a, wireCount, row);
            ReadCombination(reader, b, wireCount, row);
            ReadCombination(reader, c, wireCount, row);
        }

        reader.ExpectEnd();
        return new R1cs(wireCount, outputs, publicInputs, privateInputs, a.Build(), b.Build(), c.Build());
    }

    /// <summary>Writes a constraint system; the label of wire i is i.</summary>
    public static void Write(string path, R1cs circuit)
    {
        using var file = new SectionFileWriter(path, "r1cs", Version, sectionCount: 3);
        file.BeginSection(HeaderSection, HeaderLength);
        file.WritePrime<ScalarModulus>();
        file.WriteUInt32((uint)circuit.WireCount);
        file.WriteUInt32((uint)circuit.PublicOutputCount);
        file.WriteUInt32((uint)circuit.PublicInputCount);
        file.WriteUInt32((uint)circuit.PrivateInputCount);
        file.WriteUInt64((ulong)circuit.WireCount);
        file.WriteUInt32((uint)circuit.ConstraintCount);

        var terms = (long)circuit.A.TermCount + circuit.B.TermCount + circuit.C.TermCount;
        file.BeginSection(ConstraintsSection, (terms * TermLength) + ((long)circuit.ConstraintCount * MinimumRowLength));
        var (a, b, c) = (CanonicalBytes(circuit.A), CanonicalBytes(circuit.B), CanonicalBytes(circuit.C));
        for (var row = 0; row < circuit.ConstraintCount; row++)
        {
            WriteCombination(file, circuit.A, row, a);
            WriteCombination(file, circuit.B, row, b);
            WriteCombination(file, circuit.C, row, c);
        }

        file.BeginSection(LabelsSection, (long)circuit.WireCount * sizeof(ulong));
        for (var wire = 0; wire < circuit.WireCount; wire++)
        {
            file.WriteUInt64((ulong)wire);
        }

        file.Complete();
    }

    /// <summary>How many of the wires after the public ones are private inputs.</summary>
    /// <remarks>
    /// circom's header also counts private inputs that no constraint mentions and that therefore have no wire: the wires after the others are
    /// inner ones. Their labels tell: signals are labelled in order, those of inputs before all inner ones.
    /// </remarks>
    private static int CountPrivateInputs(ByteReader labels, int wireCount, int publicCount, int declared)
    {
        labels.Take((1 + publicCount) * sizeof(ulong));
        var count = 0;
        while (count < declared && 1 + publicCount + count < wireCount && labels.ReadUInt64() <= (ulong)publicCount + (ulong)declared)
        {
            count++;
        }

        return count;
    }

    private static void RequireNoCustomGates(SectionFile file)
    {
        if (file.Find(CustomGatesListSection) is { } gates && file.Read(gates, "custom gates").ReadUInt32() is > 0 and var count)
        {
            throw file.Malformed("custom gates", gates.Offset, $"the circuit uses {count:N0} custom gates, which Groth16 does not have.");
        }
    }

    private static void ReadCombination(ByteReader reader, MatrixBuilder matrix, int wireCount, int row)
    {
        var count = reader.ReadCount("the number of terms", reader.Remaining / TermLength);
        for (var term = 0; term < count; term++)
        {
            var wire = reader.ReadCount("the wire of a term", wireCount - 1);
            matrix.Add(wire, reader.ReadScalar());
        }

        if (matrix.EndRow() is { } wireTwice)
        {
            throw reader.Malformed($"row {row} names wire {wireTwice} twice in one combination.");
        }
    }

    /// <summary>The bytes of a matrix's distinct coefficients, one after another: each is converted once, though millions of terms may have it.</summary>
    private static byte[] CanonicalBytes(SparseMatrix matrix)
    {
        var coefficients = matrix.Coefficients.Span;
        var bytes = new byte[coefficients.Length * Fr.ByteCount];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i].WriteCanonical(bytes.AsSpan(i * Fr.ByteCount, Fr.ByteCount));
        }

        return bytes;
    }

    private static void WriteCombination(SectionFileWriter file, SparseMatrix matrix, int row, ReadOnlySpan<byte> coefficients)
    {
        var wires = matrix.WiresOf(row);
        var ids = matrix.CoefficientIdsOf(row);
        file.WriteUInt32((uint)wires.Length);
        for (var term = 0; term < wires.Length; term++)
        {
            file.WriteTerm((uint)wires[term], coefficients.Slice(ids[term] * Fr.ByteCount, Fr.ByteCount));
        }
    }
}
