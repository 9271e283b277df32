using Prover.Algebra;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>iden3's .ptau: a phase-1 ceremony, prepared for phase 2.</summary>
/// <remarks>
/// snarkjs, powersoftau_new.js and powersoftau_preparephase2.js. The ceremony's own honesty is not checked here;
/// <c>snarkjs powersoftau verify</c> does that once per file.
/// </remarks>
public static class PtauFile
{
    private const uint Version = 1;
    private const uint Header = 1;
    private const uint TauG1 = 2;
    private const uint TauG2 = 3;
    private const uint AlphaTauG1 = 4;
    private const uint BetaTauG1 = 5;
    private const uint BetaG2 = 6;
    private const uint Contributions = 7;
    private const uint LagrangeG1 = 12;
    private const uint LagrangeG2 = 13;
    private const uint AlphaLagrangeG1 = 14;
    private const uint BetaLagrangeG1 = 15;
    private const int HeaderLength = 44;
    private const int G1Length = ZkeySections.G1Length;
    private const int G2Length = ZkeySections.G2Length;

    /// <summary>Reads the part of a ceremony that a circuit needs; all points read are checked for curve and subgroup.</summary>
    /// <exception cref="MalformedFileException">
    /// The file is not a well-formed .ptau over BN254, or is not prepared for phase 2.
    /// </exception>
    /// <exception cref="MismatchException">The ceremony is for smaller circuits.</exception>
    public static PowersOfTau Read(string path, R1cs circuit)
    {
        using var file = SectionFile.Open(path, "ptau", Version);
        file.AllowOnly(Header, TauG1, TauG2, AlphaTauG1, BetaTauG1, BetaG2, Contributions, LagrangeG1, LagrangeG2, AlphaLagrangeG1, BetaLagrangeG1);
        var power = ReadPower(file);
        var domain = CircuitDomain.Of(circuit);
        if (domain.LogSize > power)
        {
            throw new MismatchException($"{path}: the circuit needs a domain of 2^{domain.LogSize} points, the ceremony has powers for 2^{power}.");
        }

        if (PowersOfTau.PowersNeeded(domain.Size) > (2L << power) - 1)
        {
            throw new MismatchException(
                $"{path}: from 2^15 points on, snarkjs's circuit hash takes one power more than a ceremony for 2^{power} has: use one for 2^{power + 1}.");
        }

        if (!IsPrepared(file))
        {
            throw file.Malformed("sections", null, "the ceremony is not prepared for phase 2: run 'snarkjs powersoftau prepare phase2' on it.");
        }

        RequirePowerLengths(file, power);
        RequireLagrangeLengths(file, power);
        var n = domain.Size;
        var doubled = G1(LagrangeG1, "Lagrange points in G1", (2L * n) - 1, 2 * n);
        var odd = new G1Affine[n];
        for (var i = 0; i < n; i++)
        {
            odd[i] = doubled[(2 * i) + 1];
        }

        var powers = new PowersOfTau
        {
            TauG1 = G1(TauG1, "powers of τ in G1", 0, PowersOfTau.PowersNeeded(n)),
            LagrangeG1 = G1(LagrangeG1, "Lagrange points in G1", n - 1, n),
            LagrangeG2 = G2(LagrangeG2, "Lagrange points in G2", n - 1, n),
            AlphaLagrangeG1 = G1(AlphaLagrangeG1, "Lagrange points times α", n - 1, n),
            BetaLagrangeG1 = G1(BetaLagrangeG1, "Lagrange points times β", n - 1, n),
            OddLagrangeG1 = odd,
            Alpha1 = G1(AlphaTauG1, "powers of τ times α", 0, 1)[0],
            Beta1 = G1(BetaTauG1, "powers of τ times β", 0, 1)[0],
            Beta2 = PointReader.ReadG2(file.Read(file.Require(BetaG2, "β in G2"), "β in G2"), "β in G2"),
        };
        RequireConsistent(file, powers);
        return powers;

        G1Affine[] G1(uint id, string name, long first, int count) =>
            PointReader.ReadG1(file, name, file.Require(id, name).Offset + (first * G1Length), count, PointCheck.Full);

        G2Affine[] G2(uint id, string name, long first, int count) =>
            PointReader.ReadG2(file, name, file.Require(id, name).Offset + (first * G2Length), count, PointCheck.Full);
    }

    /// <summary>The power k of a ceremony for circuits of up to 2ᵏ rows, and whether set-ups can start from it. Checks header and section lengths, not points.</summary>
    /// <exception cref="MalformedFileException">The file is not a well-formed .ptau over BN254.</exception>
    public static (int Power, bool IsPrepared) ReadHeader(string path)
    {
        using var file = SectionFile.Open(path, "ptau", Version);
        var power = ReadPower(file);
        RequirePowerLengths(file, power);
        var isPrepared = IsPrepared(file);
        if (isPrepared)
        {
            RequireLagrangeLengths(file, power);
        }

        return (power, isPrepared);
    }

    /// <summary>Writes a ceremony, prepared for phase 2 and without a record of contributions.</summary>
    public static void Write(string path, DevelopmentCeremony ceremony)
    {
        using var file = new SectionFileWriter(path, "ptau", Version, sectionCount: 11);
        file.BeginSection(Header, HeaderLength);
        file.WritePrime<BaseModulus>();
        file.WriteUInt32((uint)ceremony.Power);
        file.WriteUInt32((uint)ceremony.Power);
        WriteG1(TauG1, ceremony.TauG1);
        WriteG2(TauG2, ceremony.TauG2);
        WriteG1(AlphaTauG1, ceremony.AlphaTauG1);
        WriteG1(BetaTauG1, ceremony.BetaTauG1);
        WriteG2(BetaG2, new[] { ceremony.Beta2 });
        file.BeginSection(Contributions, sizeof(uint));
        file.WriteUInt32(0);
        WriteG1(LagrangeG1, ceremony.LagrangeG1);
        WriteG2(LagrangeG2, ceremony.LagrangeG2);
        WriteG1(AlphaLagrangeG1, ceremony.AlphaLagrangeG1);
        WriteG1(BetaLagrangeG1, ceremony.BetaLagrangeG1);
        file.Complete();

        void WriteG1(uint id, ReadOnlyMemory<G1Affine> points)
        {
            file.BeginSection(id, (long)points.Length * G1Length);
            file.WritePoints(points.Span);
        }

        void WriteG2(uint id, ReadOnlyMemory<G2Affine> points)
        {
            file.BeginSection(id, (long)points.Length * G2Length);
            file.WritePoints(points.Span);
        }
    }

    private static int ReadPower(SectionFile file)
    {
        var header = file.Read(file.Require(Header, "header", HeaderLength, "the fields of a header"), "header");
        header.ExpectPrime<BaseModulus>();
        var power = header.ReadCount("the ceremony's power", EvaluationDomain.MaximumLogSize + 1);
        header.ReadCount("the power before truncation", EvaluationDomain.MaximumLogSize + 1);
        return power;
    }

    /// <summary>Whether there is any of the sections that the preparation for phase 2 adds.</summary>
    private static bool IsPrepared(SectionFile file) =>
        (file.Find(LagrangeG1) ?? file.Find(LagrangeG2) ?? file.Find(AlphaLagrangeG1) ?? file.Find(BetaLagrangeG1)) is not null;

    private static void RequirePowerLengths(SectionFile file, int power)
    {
        var n = 1L << power;
        var because = $"power {power}";
        file.Require(TauG1, "powers of τ in G1", ((2 * n) - 1) * G1Length, because);
        file.Require(TauG2, "powers of τ in G2", n * G2Length, because);
        file.Require(AlphaTauG1, "powers of τ times α", n * G1Length, because);
        file.Require(BetaTauG1, "powers of τ times β", n * G1Length, because);
        file.Require(BetaG2, "β in G2", G2Length, because);
    }

    /// <summary>Sections 12 to 15 hold, for each k up to the power, the 2ᵏ Lagrange points of the domain of that size; 12 one more k.</summary>
    private static void RequireLagrangeLengths(SectionFile file, int power)
    {
        var n = 1L << power;
        var because = $"power {power}";
        file.Require(LagrangeG1, "Lagrange points in G1", ((4 * n) - 1) * G1Length, because);
        file.Require(LagrangeG2, "Lagrange points in G2", ((2 * n) - 1) * G2Length, because);
        file.Require(AlphaLagrangeG1, "Lagrange points times α", ((2 * n) - 1) * G1Length, because);
        file.Require(BetaLagrangeG1, "Lagrange points times β", ((2 * n) - 1) * G1Length, because);
    }

    /// <summary>Cheap signs that the file is what it says: τ⁰ = 1, the Lagrange polynomials sum to 1, and β is one number.</summary>
    private static void RequireConsistent(SectionFile file, PowersOfTau powers)
    {
        if (powers.TauG1.Span[0] != G1Affine.Generator)
        {
            throw file.Malformed("powers of τ in G1", null, "the first point must be the generator.");
        }

        if (Sum(powers.LagrangeG1.Span) != G1Affine.Generator)
        {
            throw file.Malformed("Lagrange points in G1", null, "the points of one domain must sum to the generator.");
        }

        if (Sum(powers.LagrangeG2.Span) != G2Affine.Generator)
        {
            throw file.Malformed("Lagrange points in G2", null, "the points of one domain must sum to the generator.");
        }

        if (powers.Alpha1.IsInfinity)
        {
            throw file.Malformed("powers of τ times α", null, "α must not be zero.");
        }

        if (Sum(powers.AlphaLagrangeG1.Span) != powers.Alpha1 || Sum(powers.BetaLagrangeG1.Span) != powers.Beta1)
        {
            throw file.Malformed("Lagrange points", null, "the points of one domain must sum to α and to β.");
        }

        if (!Pairing.ProductIsOne([(powers.Beta1, G2Affine.Generator), (-G1Affine.Generator, powers.Beta2)]))
        {
            throw file.Malformed("β in G2", null, "β in G1 and β in G2 must be the same number.");
        }
    }

    private static AffinePoint<TField, TCurve> Sum<TField, TCurve>(ReadOnlySpan<AffinePoint<TField, TCurve>> points)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        foreach (ref readonly var point in points)
        {
            sum += point;
        }

        return sum.ToAffine();
    }
}
