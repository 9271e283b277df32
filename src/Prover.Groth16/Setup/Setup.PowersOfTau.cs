using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Groth16;

public static partial class Setup
{
    /// <summary>
    /// Makes the key with which a phase-2 ceremony begins: γ = δ = 1 and no contributions, byte for byte what
    /// <c>snarkjs groth16 setup</c> makes.
    /// </summary>
    /// <remarks>
    /// With γ = δ = 1 anyone can forge proofs under this key. It needs at least one honest phase-2 contribution before use; until then
    /// <see cref="ProvingKey.IsInsecure"/> says so.
    /// </remarks>
    /// <param name="circuit">The circuit.</param>
    /// <param name="powers">The ceremony's part for the circuit's domain.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps and within the long ones.</param>
    /// <exception cref="ArgumentException">The powers are for another domain.</exception>
    public static ProvingKey FromPowersOfTau(
        R1cs circuit,
        PowersOfTau powers,
        IProgress<Groth16Progress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var domain = CircuitDomain.Of(circuit);
        if (powers.DomainSize != domain.Size)
        {
            throw new ArgumentException($"The circuit needs a domain of {domain.Size:N0} points, the powers of τ are for {powers.DomainSize:N0}.", nameof(powers));
        }

        var matrixA = KeyMatrices.ExtendA(circuit, domain.Size);
        var matrixB = KeyMatrices.PadRows(circuit.B, domain.Size);
        var wires = circuit.WireCount;
        var a = new WireTerms(matrixA, wires);
        var b = new WireTerms(matrixB, wires);
        var c = new WireTerms(circuit.C, wires);
        var publicEnd = circuit.PublicCount + 1;

        Report("points A", 0);
        var pointsA = InG1(0, wires, (a, powers.LagrangeG1));
        Report("points B in G1", 0.15);
        var pointsB1 = InG1(0, wires, (b, powers.LagrangeG1));
        Report("points B in G2", 0.25);
        var pointsB2 = CombinedPoints.Of(0, wires, cancellationToken, new WeightedRows<Fq2, G2Curve>(b, powers.LagrangeG2));
        Report("points C", 0.5);
        var combined = InG1(0, wires, (a, powers.BetaLagrangeG1), (b, powers.AlphaLagrangeG1), (c, powers.LagrangeG1));

        Report("circuit hash", 0.9);
        var key = new ProvingKey
        {
            VerifyingKey = new VerifyingKey(powers.Alpha1, powers.Beta2, G2Affine.Generator, G2Affine.Generator, combined.AsMemory(0, publicEnd)),
            Beta1 = powers.Beta1,
            Delta1 = G1Affine.Generator,
            A = pointsA,
            B1 = pointsB1,
            B2 = pointsB2,
            C = combined.AsMemory(publicEnd),
            H = powers.OddLagrangeG1,
            MatrixA = matrixA,
            MatrixB = matrixB,
            CircuitHash = ReadOnlyMemory<byte>.Empty,
            Contributions = new byte[sizeof(uint)],
        };
        return key with { CircuitHash = CircuitHash.Of(key, powers) };

        G1Affine[] InG1(int first, int end, params (WireTerms Terms, ReadOnlyMemory<G1Affine> Points)[] matrices) => CombinedPoints.Of(
            first, end, cancellationToken, Array.ConvertAll(matrices, m => new WeightedRows<Fq, G1Curve>(m.Terms, m.Points)));

        void Report(string step, double fraction)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new Groth16Progress(step, fraction));
        }
    }
}
