using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Makes proving keys.</summary>
public static partial class Setup
{
    /// <summary>
    /// Makes a key from trapdoors drawn here and now. Whoever could see them can prove falsehoods, so the key is marked
    /// <see cref="ProvingKey.IsDevelopmentKey"/>.
    /// </summary>
    /// <remarks>Groth 2016, §3.2, with the values at τ computed in the field and each point by one fixed-base product.</remarks>
    /// <param name="circuit">The circuit.</param>
    /// <param name="random">Gives τ, α, β, γ, δ in this order.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="ArgumentException">The circuit needs a domain of more than 2²⁷ points.</exception>
    public static ProvingKey InsecureDevelopment(
        R1cs circuit,
        IScalarSource random,
        IProgress<Groth16Progress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var domain = CircuitDomain.Of(circuit);
        Fr tau, alpha, beta, gamma, delta;
        (tau, alpha, beta, gamma, delta) = (NonZero(random), NonZero(random), NonZero(random), NonZero(random), NonZero(random));
        var inverseDelta = delta.InvertNonZero();

        Report("polynomials at τ", 0);
        var matrixA = KeyMatrices.ExtendA(circuit, domain.Size);
        var matrixB = KeyMatrices.PadRows(circuit.B, domain.Size);
        var lagrange = domain.EvaluateLagrange(tau);
        Fr[] a = [], b = [], c = [];
        Parallel.Invoke(
            () => a = ColumnSums(matrixA, lagrange, circuit.WireCount),
            () => b = ColumnSums(matrixB, lagrange, circuit.WireCount),
            () => c = ColumnSums(circuit.C, lagrange, circuit.WireCount));
        var (ic, privateCombined) = Combine(a, b, c, alpha, beta, gamma.InvertNonZero(), inverseDelta, circuit.PublicCount);
        var quotient = OddLagrange(domain, tau, inverseDelta);

        Report("table of G1", 0.05);
        var g1 = new FixedBaseTable<Fq, G1Curve>(G1Point.Generator, 3 * circuit.WireCount + quotient.Length);
        Report("points A", 0.1);
        var pointsA = g1.MultiplyAll(a);
        Report("points B in G1", 0.25);
        var pointsB1 = g1.MultiplyAll(b);
        Report("points C", 0.35);
        var pointsC = g1.MultiplyAll(privateCombined);
        Report("points H", 0.5);
        var pointsH = g1.MultiplyAll(quotient);
        var pointsIc = g1.MultiplyAll(ic);
        var singles = g1.MultiplyAll(new[] { alpha, beta, delta });

        Report("points B in G2", 0.65);
        var g2 = new FixedBaseTable<Fq2, G2Curve>(G2Point.Generator, circuit.WireCount);
        var pointsB2 = g2.MultiplyAll(b);
        var singles2 = g2.MultiplyAll(new[] { beta, gamma, delta });

        return new ProvingKey
        {
            VerifyingKey = new VerifyingKey(singles[0], singles2[0], singles2[1], singles2[2], pointsIc) { IsDevelopmentKey = true },
            Beta1 = singles[1],
            Delta1 = singles[2],
            A = pointsA,
            B1 = pointsB1,
            B2 = pointsB2,
            C = pointsC,
            H = pointsH,
            MatrixA = matrixA,
            MatrixB = matrixB,
            CircuitHash = new byte[64],
            Contributions = new byte[sizeof(uint)],
        };

        void Report(string step, double fraction)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new Groth16Progress(step, fraction));
        }
    }

    /// <summary>Σ over rows of coefficient·L(row), for each wire: the value at τ of the wire's polynomial.</summary>
    private static Fr[] ColumnSums(SparseMatrix matrix, Fr[] lagrange, int wireCount)
    {
        var sums = new Fr[wireCount];
        var coefficients = matrix.Coefficients.Span;
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var wires = matrix.WiresOf(row);
            var ids = matrix.CoefficientIdsOf(row);
            for (var term = 0; term < wires.Length; term++)
            {
                sums[wires[term]] += coefficients[ids[term]] * lagrange[row];
            }
        }

        return sums;
    }

    /// <summary>β·aᵢ + α·bᵢ + cᵢ, over γ for the constant and public wires and over δ for the others.</summary>
    private static (Fr[] Public, Fr[] Private) Combine(
        Fr[] a, Fr[] b, Fr[] c, Fr alpha, Fr beta, Fr inverseGamma, Fr inverseDelta, int publicCount)
    {
        var publicPart = new Fr[publicCount + 1];
        var privatePart = new Fr[a.Length - publicPart.Length];
        for (var wire = 0; wire < a.Length; wire++)
        {
            var combined = (beta * a[wire]) + (alpha * b[wire]) + c[wire];
            if (wire < publicPart.Length)
            {
                publicPart[wire] = combined * inverseGamma;
            }
            else
            {
                privatePart[wire - publicPart.Length] = combined * inverseDelta;
            }
        }

        return (publicPart, privatePart);
    }

    /// <summary>The Lagrange polynomials of the odd points of the doubled domain, at τ, times a factor.</summary>
    /// <remarks>
    /// (Xⁿ − 1)/(−2)·Lᵢ(X/g) has degree 2n − 1, vanishes at the even points, where Xⁿ = 1, and at gωʲ, where Xⁿ = −1, it is Lᵢ(ωʲ).
    /// </remarks>
    private static Fr[] OddLagrange(EvaluationDomain domain, Fr tau, Fr factor)
    {
        var values = domain.EvaluateLagrange(tau * domain.OddCosetShift.InvertNonZero());
        var scale = factor * domain.EvaluateVanishing(tau) * Fr.FromInteger(-2).InvertNonZero();
        foreach (ref var value in values.AsSpan())
        {
            value *= scale;
        }

        return values;
    }

    private static Fr NonZero(IScalarSource random)
    {
        Fr scalar;
        do
        {
            scalar = random.Next();
        }
        while (scalar.IsZero);
        return scalar;
    }
}
