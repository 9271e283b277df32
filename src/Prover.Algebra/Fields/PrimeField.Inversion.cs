namespace Prover.Algebra;

public readonly partial struct PrimeField<TModulus>
{
    /// <inheritdoc/>
    /// <remarks>
    /// Binary Euclid without halving modulo p (Kaliski, "The Montgomery Inverse and Its Applications", 1995). For the limbs m = x·R
    /// of this element x, every step keeps m·s ≡ v·2ᵏ and m·r ≡ −u·2ᵏ modulo p, and u·s + v·r = p, so that r and s never exceed p.
    /// Since p is prime it ends with u = v = 1 and s = m⁻¹·2ᵏ = x⁻¹·R⁻¹·2ᵏ; the Montgomery product with 2⁵¹²⁻ᵏ is x⁻¹·R.
    /// Each factor of two taken from u·v &lt; 2⁵⁰⁸ adds one to k, so k &lt; 512.
    /// </remarks>
    public PrimeField<TModulus> InvertNonZero()
    {
        if (IsZero)
        {
            return Zero;
        }

        var u = new UInt256(TModulus.P0, TModulus.P1, TModulus.P2, TModulus.P3);
        var v = new UInt256(_l0, _l1, _l2, _l3);
        var r = default(UInt256);
        var s = new UInt256(1, 0, 0, 0);
        var k = UInt256.MoveFactorsOfTwo(ref v, ref r);
        while (true)
        {
            if (u > v)
            {
                u.Subtract(v);
                r.Add(s);
                k += UInt256.MoveFactorsOfTwo(ref u, ref s);
            }
            else if (v > u)
            {
                v.Subtract(u);
                s.Add(r);
                k += UInt256.MoveFactorsOfTwo(ref v, ref r);
            }
            else
            {
                return new PrimeField<TModulus>(s.L0, s.L1, s.L2, s.L3) * PowersOfTwo[512 - k];
            }
        }
    }

    /// <summary>Replaces every element by its inverse and leaves zeros as they are.</summary>
    /// <remarks>Montgomery's trick: one inversion and three products per element (Cohen, Algorithm 10.3.4).</remarks>
    public static void InvertAll(Span<PrimeField<TModulus>> elements)
    {
        var prefixes = new PrimeField<TModulus>[elements.Length];
        var product = One;
        for (var i = 0; i < elements.Length; i++)
        {
            prefixes[i] = product;
            product = elements[i].IsZero ? product : product * elements[i];
        }

        var inverse = product.InvertNonZero();
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            if (!elements[i].IsZero)
            {
                var element = elements[i];
                elements[i] = inverse * prefixes[i];
                inverse *= element;
            }
        }
    }

    private static PrimeField<TModulus>[] DoublingsOfOne(int count)
    {
        var powers = new PrimeField<TModulus>[count];
        powers[0] = One;
        for (var i = 1; i < count; i++)
        {
            powers[i] = powers[i - 1].Double();
        }

        return powers;
    }
}
