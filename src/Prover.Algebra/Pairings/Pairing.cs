namespace Prover.Algebra;

/// <summary>The optimal ate pairing e: G1 × G2 → μᵣ ⊂ Fq12 of BN254.</summary>
/// <remarks>
/// Vercauteren, "Optimal Pairings" (2010), §IV: with T = (6x + 2)·Q,
/// e(P, Q) = (f_{6x+2,Q}(P) · l_{T, ψ(Q)}(P) · l_{T+ψ(Q), −ψ²(Q)}(P))^((q¹² − 1)/r).
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

    /// <summary>f^((q¹² − 1)/r) of a non-zero f.</summary>
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

    /// <summary>f^((q⁴ − q² + 1)/r) of an f whose order divides q⁴ − q² + 1, so that conjugation inverts it and its powers.</summary>
    /// <remarks>
    /// Scott et al., "On the Final Exponentiation for Calculating Pairings on Ordinary Elliptic Curves" (Pairing 2009), §5:
    /// the exponent is q³ + (6x² + 1)q² − (36x³ + 18x² + 12x − 1)q − (36x³ + 30x² + 18x + 2), and
    /// y₀·y₁²·y₂⁶·y₃¹²·y₄¹⁸·y₅³⁰·y₆³⁶ takes the addition chain below.
    /// </remarks>
    private static Fq12 RaiseToHardPart(in Fq12 f)
    {
        var fx = f.Power(BarretoNaehrig.Parameter);
        var fxx = fx.Power(BarretoNaehrig.Parameter);
        var fxxx = fxx.Power(BarretoNaehrig.Parameter);
        var fq = f.Frobenius();
        var fqq = fq.Frobenius();

        var y0 = fq * fqq * fqq.Frobenius();
        var y1 = f.Conjugate;
        var y2 = fxx.Frobenius().Frobenius();
        var y3 = fx.Frobenius().Conjugate;
        var y4 = (fx * fxx.Frobenius()).Conjugate;
        var y5 = fxx.Conjugate;
        var y6 = (fxxx * fxxx.Frobenius()).Conjugate;

        var t0 = y6.Square() * y4 * y5;
        var t1 = (y3 * y5 * t0).Square() * (t0 * y2);
        t1 = t1.Square();
        return (t1 * y1).Square() * (t1 * y0);
    }
}
