using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>
/// All points of a phase-1 ceremony of one power, prepared for phase 2, made from trapdoors drawn here and now: for tests and
/// development only.
/// </summary>
/// <remarks>With n = 2^power; the Lagrange lists hold the domains of 1, 2, 4, … points one after the other.</remarks>
public sealed class DevelopmentCeremony
{
    /// <summary>Makes a ceremony; <paramref name="random"/> gives τ, α and β in this order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The power is not in [1, 26].</exception>
    public DevelopmentCeremony(int power, IScalarSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(power, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(power, EvaluationDomain.MaximumLogSize);
        Power = power;
        var n = 1 << power;
        var (tau, alpha, beta) = (random.Next(), random.Next(), random.Next());
        var g1 = new FixedBaseTable<Fq, G1Curve>(G1Point.Generator, 12 * n);
        var g2 = new FixedBaseTable<Fq2, G2Curve>(G2Point.Generator, 3 * n);

        var powers = Powers(tau, (2 * n) - 1);
        TauG1 = g1.MultiplyAll(powers);
        TauG2 = g2.MultiplyAll(powers.AsMemory(0, n));
        AlphaTauG1 = g1.MultiplyAll(Scale(powers.AsSpan(0, n), alpha));
        BetaTauG1 = g1.MultiplyAll(Scale(powers.AsSpan(0, n), beta));
        Beta2 = g2.MultiplyAll(new[] { beta })[0];

        var lagrange = new Fr[(2 * n) - 1];
        for (var k = 0; k <= power; k++)
        {
            new EvaluationDomain(k).EvaluateLagrange(tau).CopyTo(lagrange, (1 << k) - 1);
        }

        LagrangeG1 = g1.MultiplyAll((Fr[])[.. lagrange, .. TruncatedLagrange(new EvaluationDomain(power + 1), tau)]);
        LagrangeG2 = g2.MultiplyAll(lagrange);
        AlphaLagrangeG1 = g1.MultiplyAll(Scale(lagrange, alpha));
        BetaLagrangeG1 = g1.MultiplyAll(Scale(lagrange, beta));
    }

    /// <summary>log₂ n.</summary>
    public int Power { get; }

    /// <summary>[τⁱ]₁, 2n − 1 points.</summary>
    public ReadOnlyMemory<G1Affine> TauG1 { get; }

    /// <summary>[τⁱ]₂, n points.</summary>
    public ReadOnlyMemory<G2Affine> TauG2 { get; }

    /// <summary>[α·τⁱ]₁, n points.</summary>
    public ReadOnlyMemory<G1Affine> AlphaTauG1 { get; }

    /// <summary>[β·τⁱ]₁, n points.</summary>
    public ReadOnlyMemory<G1Affine> BetaTauG1 { get; }

    /// <summary>[β]₂.</summary>
    public G2Affine Beta2 { get; }

    /// <summary>[Lᵢ(τ)]₁ for the domains up to 2n points, 4n − 1 points; in the last one without the terms of degree 2n − 1.</summary>
    public ReadOnlyMemory<G1Affine> LagrangeG1 { get; }

    /// <summary>[Lᵢ(τ)]₂ for the domains up to n points, 2n − 1 points.</summary>
    public ReadOnlyMemory<G2Affine> LagrangeG2 { get; }

    /// <summary>[α·Lᵢ(τ)]₁, 2n − 1 points.</summary>
    public ReadOnlyMemory<G1Affine> AlphaLagrangeG1 { get; }

    /// <summary>[β·Lᵢ(τ)]₁, 2n − 1 points.</summary>
    public ReadOnlyMemory<G1Affine> BetaLagrangeG1 { get; }

    /// <summary>
    /// The Lagrange polynomials of a domain of N points less their terms of degree N − 1, at τ: a ceremony has no power N − 1 = 2n − 1.
    /// </summary>
    /// <remarks>Lᵢ = (1/N)·Σₖ ω⁻ⁱᵏXᵏ, and ω^(−i(N−1)) = ωⁱ.</remarks>
    private static Fr[] TruncatedLagrange(EvaluationDomain domain, Fr tau)
    {
        var values = domain.EvaluateLagrange(tau);
        var term = domain.SizeInverse * tau.Power(domain.Size - 1);
        foreach (ref var value in values.AsSpan())
        {
            value -= term;
            term *= domain.Generator;
        }

        return values;
    }

    private static Fr[] Powers(Fr tau, int count)
    {
        var powers = new Fr[count];
        powers[0] = Fr.One;
        for (var i = 1; i < count; i++)
        {
            powers[i] = powers[i - 1] * tau;
        }

        return powers;
    }

    private static Fr[] Scale(ReadOnlySpan<Fr> values, Fr factor)
    {
        var scaled = values.ToArray();
        foreach (ref var value in scaled.AsSpan())
        {
            value *= factor;
        }

        return scaled;
    }
}
