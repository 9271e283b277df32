namespace Prover.Algebra;

/// <summary>The optimal ate pairing e: G1 × G2 → μᵣ ⊂ Fq12 of BN254.</summary>
/// <remarks>
/// Vercauteren, "Optimal Pairings" (2010), §IV: with T = (6x + 2)·Q,
/// e(P, Q) = (f_{6x+2,Q}(P) · l_{T, ψ(Q)}(P) · l_{T+ψ(Q), −ψ²(Q)}(P))^(c·(q¹² − 1)/r), c = 2x(6x² + 3x + 1).
/// The factor c, coprime to r, makes the last step cheaper and the value that of ffjavascript, libff and arkworks.
/// Arguments are points of the curve and the subgroup, as <c>G1Affine</c> and <c>G2Affine</c> promise.
/// </remarks>
public static class Pairing
{
    /// <summary>e(P, Q), an r-th root of unity; one if either point is at infinity.</summary>
    public static Fq12 Evaluate(in G1Affine p, in G2Affine q) => FinalExponentiation(MillerLoop([(p, q)]));

    /// <summary>Whether Π e(Pᵢ, Qᵢ) = 1, for the price of one final exponentiation; true of an empty product.</summary>
    public static bool ProductIsOne(ReadOnlySpan<(G1Affine P, G2Affine Q)> pairs) => FinalExponentiation(MillerLoop(pairs)) == Fq12.One;

    /// <summary>A representative of Π e(Pᵢ, Qᵢ) modulo r-th powers; pairs with a point at infinity contribute one.</summary>
    /// <remarks>The squarings of f are shared among the pairs.</remarks>
    public static Fq12 MillerLoop(ReadOnlySpan<(G1Affine P, G2Affine Q)> pairs)
    {
        var lines = new List<LineAccumulator>(pairs.Length);
        foreach (var (p, q) in pairs)
        {
            if (!p.IsInfinity && !q.IsInfinity)
            {
                lines.Add(new LineAccumulator(p, q));
            }
        }

        return MillerLoop(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lines));
    }

    /// <summary>f^(c·(q¹² − 1)/r) of a non-zero f.</summary>
    /// <remarks>
    /// (q¹² − 1)/r = (q⁶ − 1)·(q² + 1)·(q⁴ − q² + 1)/r; the first two factors cost an inversion and Frobenius maps.
    /// </remarks>
    public static Fq12 FinalExponentiation(in Fq12 f)
    {
        var unitary = f.Conjugate * f.InvertNonZero();
        return RaiseToHardPart(unitary.Frobenius().Frobenius() * unitary);
    }

    private static Fq12 MillerLoop(Span<LineAccumulator> lines)
    {
        var digits = BarretoNaehrig.MillerLoopDigits;
        var f = Fq12.One;
        for (var i = 1; i < digits.Length; i++)
        {
            f = f.Square();
            foreach (ref var line in lines)
            {
                line.Double(ref f);
                if (digits[i] != 0)
                {
                    line.Add(ref f, digits[i]);
                }
            }
        }

        foreach (ref var line in lines)
        {
            line.AddFrobeniusImages(ref f);
        }

        return f;
    }

    /// <summary>f^(c·(q⁴ − q² + 1)/r) of an f whose order divides q⁴ − q² + 1, so that conjugation inverts it and its powers.</summary>
    /// <remarks>
    /// Fuentes-Castañeda, Knapp, Rodríguez-Henríquez, "Faster Hashing to G2" (SAC 2011), §5: with a = 12x³ + 6x² + 6x and
    /// b = a − 2x the exponent is (a + 6x² + 1) + b·q + a·q² + (b − 1)·q³.
    /// </remarks>
    private static Fq12 RaiseToHardPart(in Fq12 f)
    {
        var f2x = f.Power(BarretoNaehrig.Parameter).Square();
        var f6x = f2x.Square() * f2x;
        var f6xx = f6x.Power(BarretoNaehrig.Parameter);
        var f12xxx = f6xx.Power(BarretoNaehrig.Parameter).Square();
        var fa = f12xxx * f6xx * f6x;
        var fb = fa * f2x.Conjugate;

        // Horner's rule in q.
        var result = (fb * f.Conjugate).Frobenius() * fa;
        result = result.Frobenius() * fb;
        return result.Frobenius() * (fa * f6xx * f);
    }
}
