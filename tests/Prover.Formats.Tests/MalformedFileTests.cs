using System.Buffers.Binary;
using System.Numerics;
using Prover.Algebra;
using Prover.Groth16;
using Prover.Groth16.Tests;
using Prover.Testing;

namespace Prover.Formats.Tests;

/// <summary>Each rule of each binary format, broken once; the untouched neighbour is read.</summary>
public sealed class MalformedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProvingKey _key;

    public MalformedFileTests()
    {
        var (circuit, witness) = SampleCircuit.Chain(length: 2, secret: 3);
        _key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        R1csFile.Write(_folder["c.r1cs"], circuit);
        WtnsFile.Write(_folder["c.wtns"], witness);
        ZkeyFile.Write(_folder["own.zkey"], _key);
        PtauFile.Write(_folder["c.ptau"], new DevelopmentCeremony(4, new SystemScalarSource()));
        StripOwnSections();
        foreach (var name in new[] { "c.r1cs", "c.wtns", "c.zkey", "c.ptau" })
        {
            Read(_folder[name]);
        }
    }

    [Theory]
    [InlineData("c.r1cs")]
    [InlineData("c.wtns")]
    [InlineData("c.zkey")]
    [InlineData("c.ptau")]
    public void Container(string name)
    {
        Refuses(name, bytes => bytes[0] ^= 1, "must begin with");
        Refuses(name, bytes => bytes[4] = 9, "the file has version 9");
        Refuses(name, bytes => bytes[8]++, "a section header has 12 bytes, 0 are left");
        Refuses(name, bytes => bytes[8]--, "bytes follow the last");
        Refuses(name, bytes => bytes[11] = 0xff, "sections, at most 64 are allowed");
        Refuses(name, bytes => bytes[12] = 77, "there is no section 77");
        Refuses(name, bytes => bytes[12] = 2, "section 2 appears twice");
        Refuses(name, bytes => bytes.AsSpan(16, 8).Fill(0xff), "claims 18,446,744,073,709,551,615 bytes");
        Refuses(name, bytes => [.. bytes, 0], "1 bytes follow the last");
        Refuses(name, bytes => bytes[..11], "has at least 12 bytes, this one has 11");
        Refuses(name, _ => [], "this one has 0");
    }

    [Theory]
    [InlineData("c.r1cs", 1, 0)]
    [InlineData("c.wtns", 1, 0)]
    [InlineData("c.zkey", 2, 0)]
    [InlineData("c.zkey", 2, 36)]
    [InlineData("c.ptau", 1, 0)]
    public void Other_fields(string name, int section, int offset)
    {
        Refuses(name, InSection(section, bytes => bytes[offset] = 48, name), "elements of F");
        Refuses(name, InSection(section, bytes => bytes[offset + 4] ^= 2, name), "the prime must be BN254's F");
    }

    [Fact]
    public void Missing_section() => Refuses("c.wtns", bytes => [.. bytes[..8], 1, 0, 0, 0, .. bytes[12..64]], "section 2 (values) is missing");

    [Fact]
    public void Witness()
    {
        Refuses("c.wtns", InSection(1, bytes => bytes[36]++, "c.wtns"), "the number of wires must be at most 5, it is 6");
        Refuses("c.wtns", InSection(1, bytes => bytes[36]--, "c.wtns"), "4 wires make 128 bytes, the section has 160");
        Refuses("c.wtns", InSection(1, bytes => bytes.Slice(36, 4).Fill(0xff), "c.wtns"), "it is 4,294,967,295");
        Refuses("c.wtns", InSection(1, bytes => bytes[36] = 0, "c.wtns"), "at least the constant wire");
        Refuses("c.wtns", InSection(2, bytes => bytes[0] = 2, "c.wtns"), "wire 0 must carry 1, it carries 2");
        Refuses("c.wtns", InSection(2, bytes => WriteInteger(bytes[32..], Fr.Modulus), "c.wtns"), "must be below r");
        Accepts("c.wtns", InSection(2, bytes => WriteInteger(bytes[32..], Fr.Modulus - 1), "c.wtns"));
    }

    [Fact]
    public void Circuit()
    {
        Refuses("c.r1cs", InSection(1, bytes => bytes[36]++, "c.r1cs"), "the number of wires must be at most 5, it is 6");
        Refuses("c.r1cs", InSection(1, bytes => bytes[36]--, "c.r1cs"), "4 wires make 32 bytes, the section has 40");
        Refuses("c.r1cs", InSection(1, bytes => bytes[40] = 5, "c.r1cs"), "the number of public outputs must be at most 4, it is 5");
        Refuses("c.r1cs", InSection(1, bytes => bytes[44] = 4, "c.r1cs"), "the number of public inputs must be at most 3, it is 4");
        Refuses("c.r1cs", InSection(1, bytes => bytes[60] = 200, "c.r1cs"), "the number of constraints must be at most");
        Refuses("c.r1cs", InSection(1, bytes => bytes[60]--, "c.r1cs"), "bytes follow the last value");
        Refuses("c.r1cs", InSection(2, bytes => bytes[0] = 200, "c.r1cs"), "the number of terms must be at most");
        Refuses("c.r1cs", InSection(2, bytes => bytes[4] = 5, "c.r1cs"), "the wire of a term must be at most 4, it is 5");
        Refuses("c.r1cs", InSection(2, bytes => bytes[40] = 0, "c.r1cs"), "row 0 names wire 0 twice");
        Refuses("c.r1cs", InSection(2, bytes => WriteInteger(bytes[8..], Fr.Modulus), "c.r1cs"), "must be below r");
        Accepts("c.r1cs", InSection(2, bytes => WriteInteger(bytes[8..], Fr.Modulus - 1), "c.r1cs"));
    }

    [Fact]
    public void Custom_gates() =>
        Refuses("c.r1cs", bytes => [.. bytes[..8], 4, 0, 0, 0, .. bytes[12..], 4, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], "uses 1 custom gates");

    [Fact]
    public void Key_header()
    {
        Refuses("c.zkey", InSection(1, bytes => bytes[0] = 2, "c.zkey"), "Groth16 keys have protocol 1, this one has 2");
        Refuses("c.zkey", InSection(2, bytes => bytes[72]++, "c.zkey"), "the number of wires must be at most 5, it is 6");
        Refuses("c.zkey", InSection(2, bytes => bytes[72]--, "c.zkey"), "4 points make 256 bytes, the section has 320");
        Refuses("c.zkey", InSection(2, bytes => bytes[76]++, "c.zkey"), "the number of public wires must be at most 2, it is 3");
        Refuses("c.zkey", InSection(2, bytes => bytes[76]--, "c.zkey"), "2 points make 128 bytes, the section has 192");
        Refuses("c.zkey", InSection(2, bytes => bytes[80] = 16, "c.zkey"), "the size of the domain must be at most 8, it is 16");
        Refuses("c.zkey", InSection(2, bytes => bytes[80] = 7, "c.zkey"), "the domain has a power of two");
        Refuses("c.zkey", InSection(2, bytes => bytes[80] = 4, "c.zkey"), "4 points make 256 bytes, the section has 512");
        Refuses("c.zkey", InSection(2, bytes => bytes.Slice(84, 64).Clear(), "c.zkey"), "α in G1 must not be the point at infinity");
        Refuses("c.zkey", InSection(2, bytes => bytes[84] ^= 1, "c.zkey"), "α in G1: the point is not on the curve");
        Refuses("c.zkey", InSection(2, bytes => bytes[212] ^= 1, "c.zkey"), "β in G2: the point is not on the curve");
    }

    [Fact]
    public void Key_points()
    {
        Refuses("c.zkey", InSection(5, bytes => bytes[64 + 3] ^= 1, "c.zkey"), "points A, byte");
        Refuses("c.zkey", InSection(5, bytes => bytes[64 + 3] ^= 1, "c.zkey"), "point 1: the point is not on the curve");
        Refuses("c.zkey", InSection(6, bytes => WriteInteger(bytes, Fq.Modulus), "c.zkey"), "point 0: each coordinate must be below q");
        Refuses("c.zkey", InSection(7, bytes => bytes[0] ^= 1, "c.zkey"), "points B2");
        var outside = CurveGenerators.TwistPointsOutsideSubgroup.Single();
        Refuses("c.zkey", InSection(7, bytes => WritePoint(bytes[128..], outside), "c.zkey"), "point 1: the point is not in the subgroup");
        Refuses("c.zkey", InSection(2, bytes => WritePoint(bytes[212..], outside), "c.zkey"), "β in G2: the point is not in the subgroup");
        Accepts("c.zkey", InSection(7, bytes => WritePoint(bytes[128..], G2Affine.Generator), "c.zkey"));
    }

    [Fact]
    public void Key_coefficients()
    {
        Refuses("c.zkey", InSection(4, bytes => bytes[0]++, "c.zkey"), "the number of coefficients must be at most");
        Refuses("c.zkey", InSection(4, bytes => bytes[0]--, "c.zkey"), "bytes, the section has");
        Refuses("c.zkey", InSection(4, bytes => bytes[4] = 2, "c.zkey"), "the matrix of a coefficient (0 is A, 1 is B) must be at most 1, it is 2");
        Refuses("c.zkey", InSection(4, bytes => bytes[8] = 8, "c.zkey"), "the row of a coefficient must be at most 7, it is 8");
        Refuses("c.zkey", InSection(4, bytes => bytes[12] = 5, "c.zkey"), "the wire of a coefficient must be at most 4, it is 5");
        Refuses("c.zkey", InSection(4, bytes => WriteInteger(bytes[16..], Fr.Modulus), "c.zkey"), "must be below r and not zero");
        Refuses("c.zkey", InSection(4, bytes => bytes.Slice(16, 32).Clear(), "c.zkey"), "must be below r and not zero");
        Refuses("c.zkey", InSection(4, bytes => bytes[12 + 44] = 0, "c.zkey"), "row 0 of matrix A names wire 0 twice");
    }

    [Fact]
    public void Key_contributions()
    {
        Refuses("c.zkey", InSection(10, bytes => bytes[64] = 1, "c.zkey"), "384 bytes are needed, 0 are left");
        Refuses("c.zkey", InSection(10, bytes => bytes[67] = 1, "c.zkey"), "the number of contributions must be at most");
    }

    [Fact]
    public void Ceremony()
    {
        Refuses("c.ptau", InSection(1, bytes => bytes[36] = 3, "c.ptau"), "power 3 make");
        Refuses("c.ptau", InSection(2, bytes => bytes[64] ^= 1, "c.ptau"), "point 1: the point is not on the curve");
        Refuses("c.ptau", InSection(2, bytes => bytes[64..128].CopyTo(bytes), "c.ptau"), "the first point must be the generator");
        Refuses("c.ptau", InSection(12, bytes => bytes.Slice(7 * 64, 64).CopyTo(bytes[(8 * 64)..]), "c.ptau"), "must sum to the generator");
        Refuses("c.ptau", InSection(13, bytes => bytes.Slice(7 * 128, 128).CopyTo(bytes[(8 * 128)..]), "c.ptau"), "must sum to the generator");
        Refuses("c.ptau", InSection(14, bytes => bytes.Slice(7 * 64, 64).CopyTo(bytes[(8 * 64)..]), "c.ptau"), "must sum to α and to β");
        Refuses("c.ptau", InSection(6, bytes => WritePoint(bytes, G2Affine.Generator), "c.ptau"), "must be the same number");
        Refuses(
            "c.ptau",
            InSection(13, bytes => WritePoint(bytes[(8 * 128)..], CurveGenerators.TwistPointsOutsideSubgroup.Single()), "c.ptau"),
            "point 1: the point is not in the subgroup");
    }

    [Fact]
    public void Errors_name_the_file_and_the_byte()
    {
        var bytes = File.ReadAllBytes(_folder["c.wtns"]);
        var offset = SectionContents.Open(_folder["c.wtns"]).Offsets[2] + 64;
        WriteInteger(bytes.AsSpan(offset), Fr.Modulus);
        File.WriteAllBytes(_folder["bad.wtns"], bytes);
        var error = Assert.Throws<MalformedFileException>(() => WtnsFile.Read(_folder["bad.wtns"]));
        Assert.Equal((_folder["bad.wtns"], offset), (error.Path, error.Offset));
    }

    public void Dispose() => _folder.Dispose();

    private delegate void Change(Span<byte> section);

    private void Read(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".r1cs":
                R1csFile.Read(path);
                break;
            case ".wtns":
                WtnsFile.Read(path);
                break;
            case ".zkey":
                ZkeyFile.Read(path, pin: false);
                break;
            default:
                PtauFile.Read(path, SampleCircuit.Chain(2, 3).Circuit);
                break;
        }
    }

    private void Refuses(string name, Action<byte[]> change, string rule) => Refuses(
        name,
        bytes =>
        {
            change(bytes);
            return bytes;
        },
        rule);

    private void Refuses(string name, Func<byte[], byte[]> change, string rule)
    {
        var path = _folder["bad" + Path.GetExtension(name)];
        File.WriteAllBytes(path, change(File.ReadAllBytes(_folder[name])));
        Assert.Contains(rule, Assert.Throws<MalformedFileException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    private void Accepts(string name, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(_folder[name]);
        change(bytes);
        File.WriteAllBytes(_folder["good" + Path.GetExtension(name)], bytes);
        Read(_folder["good" + Path.GetExtension(name)]);
    }

    private Action<byte[]> InSection(int section, Change change, string name) =>
        bytes => change(bytes.AsSpan(SectionContents.Open(_folder[name]).Offsets[section]));

    private static void WriteInteger(Span<byte> target, BigInteger value)
    {
        target[..32].Clear();
        value.TryWriteBytes(target, out _, isUnsigned: true);
    }

    private static void WritePoint(Span<byte> target, G2Affine point)
    {
        point.X.C0.WriteMontgomery(target);
        point.X.C1.WriteMontgomery(target[32..]);
        point.Y.C0.WriteMontgomery(target[64..]);
        point.Y.C1.WriteMontgomery(target[96..]);
    }

    /// <summary>A key without our digest, so that a change is caught by its own rule.</summary>
    private void StripOwnSections()
    {
        var bytes = File.ReadAllBytes(_folder["own.zkey"]);
        var sections = SectionContents.Open(_folder["own.zkey"]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 10);
        File.WriteAllBytes(_folder["c.zkey"], bytes.AsSpan(0, sections.Offsets[10] + sections[10].Length));
    }
}
