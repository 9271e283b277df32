using System.Security.Cryptography;
using Prover.Algebra;
using Prover.Groth16;
using static Prover.Formats.ZkeySections;

namespace Prover.Formats;

/// <summary>iden3's .zkey: a Groth16 proving key as snarkjs and rapidsnark read and write it.</summary>
/// <remarks>
/// A key is checked in full, each point for curve and subgroup, when it is first read; its SHA-256 is then pinned beside it
/// (see <see cref="KeyPin"/>), and later reads of the same bytes check ranges only.
/// </remarks>
public static class ZkeyFile
{
    private const uint Version = 1;
    private const uint Groth16Protocol = 1;

    /// <summary>Reads a proving key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pin">Whether to look for a pin and, where there is none, to leave one. Without it every point is checked.</param>
    /// <exception cref="MalformedFileException">The file is not a well-formed Groth16 key over BN254, or not the one that was pinned.</exception>
    public static ProvingKey Read(string path, bool pin = true) => Read(path, pin, out _);

    /// <summary>Reads a proving key and checks every point, pinned or not.</summary>
    /// <exception cref="MalformedFileException">The file is not a well-formed Groth16 key over BN254.</exception>
    /// <exception cref="MismatchException">The key is not the one that was pinned.</exception>
    public static ProvingKey ReadInFull(string path)
    {
        var key = Read(path, pin: false, out var hash);
        KeyPin.Matches(path, hash);
        return key;
    }

    /// <summary>Reads a proving key and tells the SHA-256 of its file.</summary>
    internal static ProvingKey Read(string path, bool pin, out byte[] fileHash)
    {
        using var file = SectionFile.Open(path, "zkey", Version);
        file.AllowOnly(Protocol, Header, Ic, Coefficients, A, B1, B2, C, H, Contributions, DevelopmentMark, Digest);
        if (file.Read(file.Require(Protocol, "protocol", sizeof(uint), "one number"), "protocol").ReadUInt32() is not Groth16Protocol and var protocol)
        {
            throw file.Malformed("protocol", file.Require(Protocol, "protocol").Offset, $"Groth16 keys have protocol {Groth16Protocol}, this one has {protocol}.");
        }

        var hash = FileDigest.Compute(file);
        RequireDigest(file, hash);
        fileHash = hash.File;
        var check = pin && KeyPin.Matches(path, hash.File) ? PointCheck.Range : PointCheck.Full;
        var key = ReadKey(file, check);
        if (pin && !File.Exists(KeyPin.PathOf(path)))
        {
            KeyPin.Remember(path, hash.File);
        }

        return key;
    }

    /// <summary>SHA-256 of a key's file.</summary>
    internal static byte[] Hash(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    /// <summary>Writes a proving key, with its own digest as a last section and pinned as checked.</summary>
    public static void Write(string path, ProvingKey key)
    {
        var sectionCount = 11u + (key.IsDevelopmentKey ? 1u : 0u);
        using var file = new SectionFileWriter(path, "zkey", Version, sectionCount, isHashed: true);
        file.BeginSection(Protocol, sizeof(uint));
        file.WriteUInt32(Groth16Protocol);
        WriteHeader(file, key);
        WriteG1(file, Ic, key.VerifyingKey.Ic);
        file.BeginSection(Coefficients, ZkeyTerms.Length(key.MatrixA, key.MatrixB));
        ZkeyTerms.Write(file, key.MatrixA, key.MatrixB);
        WriteG1(file, H, key.H);
        WriteG1(file, C, key.C);
        WriteG1(file, A, key.A);
        WriteG1(file, B1, key.B1);
        file.BeginSection(B2, (long)key.B2.Length * G2Length);
        file.WritePoints(key.B2.Span);
        file.BeginSection(Contributions, key.CircuitHash.Length + key.Contributions.Length);
        file.Write(key.CircuitHash.Span);
        file.Write(key.Contributions.Span);
        if (key.IsDevelopmentKey)
        {
            file.BeginSection(DevelopmentMark, DevelopmentText.Length);
            file.Write(DevelopmentText);
        }

        var digest = file.CurrentHash();
        file.BeginSection(Digest, DigestLength);
        file.Write(digest);
        var hash = file.CurrentHash();
        file.Complete();
        KeyPin.Remember(path, hash);
    }

    private static ProvingKey ReadKey(SectionFile file, PointCheck check)
    {
        var header = file.Read(file.Require(Header, "header", HeaderLength, "the fields of a header"), "header");
        header.ExpectPrime<BaseModulus>();
        header.ExpectPrime<ScalarModulus>();
        var sectionA = file.Require(A, "points A");
        var sectionIc = file.Require(Ic, "points IC");
        var wires = header.ReadCount("the number of wires", sectionA.Length / G1Length);
        var publicWires = header.ReadCount("the number of public wires", Math.Min(wires - 1, (sectionIc.Length / G1Length) - 1));
        var domain = header.ReadCount("the size of the domain", file.Require(H, "points H").Length / G1Length);
        if (!int.IsPow2(domain) || domain < 2 || domain > 1 << EvaluationDomain.MaximumLogSize)
        {
            throw header.MalformedBefore(sizeof(uint), $"the domain has a power of two of points from 2 to 2^{EvaluationDomain.MaximumLogSize}, not {domain:N0}.");
        }

        RequireLengths(file, wires, publicWires, domain);
        var alpha1 = PointReader.ReadG1(header, "α in G1");
        var beta1 = PointReader.ReadG1(header, "β in G1");
        var beta2 = PointReader.ReadG2(header, "β in G2");
        var gamma2 = PointReader.ReadG2(header, "γ in G2");
        var delta1 = PointReader.ReadG1(header, "δ in G1");
        var delta2 = PointReader.ReadG2(header, "δ in G2");
        var terms = file.Read(file.Require(Coefficients, "coefficients"), "coefficients");
        var (matrixA, matrixB) = ZkeyTerms.Read(terms, wires, domain);
        var (circuitHash, contributions) = ZkeyContributions.Read(file.Read(file.Require(Contributions, "contributions"), "contributions"));
        return new ProvingKey
        {
            VerifyingKey = new VerifyingKey(alpha1, beta2, gamma2, delta2, ReadG1(Ic, "points IC", publicWires + 1))
            {
                IsDevelopmentKey = ReadDevelopmentMark(file),
            },
            Beta1 = beta1,
            Delta1 = delta1,
            A = ReadG1(A, "points A", wires),
            B1 = ReadG1(B1, "points B1", wires),
            B2 = PointReader.ReadG2(file, "points B2", file.Require(B2, "points B2").Offset, wires, check),
            C = ReadG1(C, "points C", wires - publicWires - 1),
            H = ReadG1(H, "points H", domain),
            MatrixA = matrixA,
            MatrixB = matrixB,
            CircuitHash = circuitHash,
            Contributions = contributions,
        };

        G1Affine[] ReadG1(uint id, string name, int count) =>
            PointReader.ReadG1(file, name, file.Require(id, name).Offset, count, check);
    }

    /// <summary>Before anything is allocated: the counts of the header make the sections of the file.</summary>
    private static void RequireLengths(SectionFile file, int wires, int publicWires, int domain)
    {
        RequirePoints(Ic, "points IC", publicWires + 1, G1Length);
        RequirePoints(A, "points A", wires, G1Length);
        RequirePoints(B1, "points B1", wires, G1Length);
        RequirePoints(B2, "points B2", wires, G2Length);
        RequirePoints(C, "points C", wires - publicWires - 1, G1Length);
        RequirePoints(H, "points H", domain, G1Length);

        void RequirePoints(uint id, string name, int count, int length) =>
            file.Require(id, name, (long)count * length, $"{count:N0} points");
    }

    private static bool ReadDevelopmentMark(SectionFile file)
    {
        if (file.Find(DevelopmentMark) is not { } section)
        {
            return false;
        }

        var text = file.Read(section, "development mark");
        return text.Take(text.Remaining).SequenceEqual(DevelopmentText)
            ? true
            : throw file.Malformed("development mark", section.Offset, "the section does not hold the mark's text.");
    }

    private static void RequireDigest(SectionFile file, FileDigest hash)
    {
        if (file.Find(Digest) is not { } section)
        {
            return;
        }

        if (section.Offset + section.Length != file.Length)
        {
            throw file.Malformed("digest", section.Offset, "the digest must be the last section.");
        }

        var reader = file.Read(file.Require(Digest, "digest", DigestLength, "SHA-256"), "digest");
        if (!reader.Take(DigestLength).SequenceEqual(hash.BeforeDigest))
        {
            throw file.Malformed("digest", section.Offset, $"the bytes before have SHA-256 {Convert.ToHexString(hash.BeforeDigest)}, not the one kept here: the file was changed.");
        }
    }

    private static void WriteHeader(SectionFileWriter file, ProvingKey key)
    {
        file.BeginSection(Header, HeaderLength);
        file.WritePrime<BaseModulus>();
        file.WritePrime<ScalarModulus>();
        file.WriteUInt32((uint)key.WireCount);
        file.WriteUInt32((uint)key.PublicCount);
        file.WriteUInt32((uint)key.DomainSize);
        file.WritePoint(key.VerifyingKey.Alpha1);
        file.WritePoint(key.Beta1);
        file.WritePoint(key.VerifyingKey.Beta2);
        file.WritePoint(key.VerifyingKey.Gamma2);
        file.WritePoint(key.Delta1);
        file.WritePoint(key.VerifyingKey.Delta2);
    }

    private static void WriteG1(SectionFileWriter file, uint id, ReadOnlyMemory<G1Affine> points)
    {
        file.BeginSection(id, (long)points.Length * G1Length);
        file.WritePoints(points.Span);
    }
}
