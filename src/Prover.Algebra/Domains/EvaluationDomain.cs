using System.Numerics;

namespace Prover.Algebra;

/// <summary>The subgroup {1, ω, ω², …} of Fr of order 2ᵏ, 0 ≤ k ≤ 27, over which polynomials are evaluated and interpolated.</summary>
/// <remarks>
/// ω is the root that ffjavascript calls <c>Fr.w[k]</c> and snarkjs uses: 5^((r−1)/2ᵏ), where 5 is the least non-residue of Fr.
/// Since 2²⁸ divides r − 1 exactly, a root of twice the order exists for each k ≤ 27; it shifts the odd coset.
/// </remarks>
public sealed class EvaluationDomain
{
    /// <summary>The largest k.</summary>
    public const int MaximumLogSize = TwoAdicity - 1;

    /// <summary>The exponent of two in r − 1.</summary>
    private const int TwoAdicity = 28;

    private static readonly Fr[] Roots = PrimitiveRoots();

    /// <summary>The domain of 2^<paramref name="logSize"/> elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm is not in [0, 27].</exception>
    public EvaluationDomain(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logSize, MaximumLogSize);
        LogSize = logSize;
        Generator = Roots[logSize];
        GeneratorInverse = Generator.InvertNonZero();
        OddCosetShift = Roots[logSize + 1];
        SizeInverse = Fr.FromUInt64((ulong)Size).InvertNonZero();
    }

    /// <summary>k.</summary>
    public int LogSize { get; }

    /// <summary>n = 2ᵏ.</summary>
    public int Size => 1 << LogSize;

    /// <summary>ω, of order exactly n.</summary>
    public Fr Generator { get; }

    /// <summary>ω⁻¹.</summary>
    public Fr GeneratorInverse { get; }

    /// <summary>n⁻¹, the factor of an interpolation.</summary>
    public Fr SizeInverse { get; }

    /// <summary>g, of order exactly 2n with g² = ω: {g, gω, gω², …} are the odd powers of g, on which Xⁿ − 1 is −2 throughout.</summary>
    public Fr OddCosetShift { get; }

    /// <summary>The smallest domain with at least <paramref name="count"/> elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not in [1, 2²⁷].</exception>
    public static EvaluationDomain OfAtLeast(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << MaximumLogSize);
        return new EvaluationDomain(BitOperations.Log2((uint)count * 2 - 1));
    }

    /// <summary>The n elements 1, ω, ω², … in this order.</summary>
    public Fr[] Elements()
    {
        var elements = new Fr[Size];
        elements[0] = Fr.One;
        for (var i = 1; i < elements.Length; i++)
        {
            elements[i] = elements[i - 1] * Generator;
        }

        return elements;
    }

    /// <summary>τⁿ − 1, the value at τ of the polynomial that vanishes on the domain.</summary>
    public Fr EvaluateVanishing(Fr point)
    {
        for (var i = 0; i < LogSize; i++)
        {
            point = point.Square();
        }

        return point - Fr.One;
    }

    /// <summary>L₀(τ) … Lₙ₋₁(τ), where Lᵢ is the polynomial of degree below n that is 1 at ωⁱ and 0 elsewhere on the domain.</summary>
    /// <remarks>
    /// Lᵢ(X) = ωⁱ·(Xⁿ − 1) / (n·(X − ωⁱ)): the quotient vanishes at the other elements, and by l'Hôpital its value at ωⁱ is
    /// ωⁱ·n·ω⁻ⁱ / n = 1. A τ inside the domain, where that form is 0/0, is answered by the definition.
    /// </remarks>
    public Fr[] EvaluateLagrange(Fr point)
    {
        var elements = Elements();
        var vanishing = EvaluateVanishing(point);
        var values = new Fr[Size];
        if (vanishing.IsZero)
        {
            values[Array.IndexOf(elements, point)] = Fr.One;
            return values;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = point - elements[i];
        }

        Fr.InvertAll(values);
        var scale = vanishing * SizeInverse;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale * elements[i];
        }

        return values;
    }

    /// <summary>Entry k has order exactly 2ᵏ and is the square of entry k + 1.</summary>
    private static Fr[] PrimitiveRoots()
    {
        Fr leastNonResidue = 5;
        var roots = new Fr[TwoAdicity + 1];
        roots[TwoAdicity] = leastNonResidue.Power((Fr.Modulus - 1) >> TwoAdicity);
        for (var k = TwoAdicity; k > 0; k--)
        {
            roots[k - 1] = roots[k].Square();
        }

        return roots;
    }
}
