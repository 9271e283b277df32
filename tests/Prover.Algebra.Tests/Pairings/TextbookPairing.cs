using System.Numerics;

namespace Prover.Algebra.Tests;

/// <summary>The definition of the optimal ate pairing, word for word: affine points over Fq12, division at every line, one big power.</summary>
internal static class TextbookPairing
{
    private static readonly Fq12 W = new(Fq6.Zero, Fq6.One);

    private static readonly BigInteger X = BarretoNaehrig.Parameter;

    /// <summary>c·(q¹² − 1)/r with c = 2x(6x² + 3x + 1).</summary>
    public static BigInteger FinalExponent { get; } = 2 * X * (6 * X * X + 3 * X + 1) * ((BigInteger.Pow(Fq.Modulus, 12) - 1) / Fr.Modulus);

    /// <summary>(f_{6x+2,Q}(P) · l_{T, π(Q)}(P) · l_{T+π(Q), −π²(Q)}(P)) to the final exponent, for finite P and Q.</summary>
    public static Fq12 Evaluate(G1Affine p, G2Affine q) => MillerLoop(p, q).Power(FinalExponent);

    private static Fq12 MillerLoop(G1Affine p, G2Affine q)
    {
        (Fq12 X, Fq12 Y) at = (Embed(p.X), Embed(p.Y));
        var untwisted = (X: Embed(q.X) * W.Square(), Y: Embed(q.Y) * W.Square() * W);
        var multiplier = 6 * X + 2;
        var (f, t) = (Fq12.One, untwisted);
        for (var bit = (int)multiplier.GetBitLength() - 2; bit >= 0; bit--)
        {
            f = f.Square() * LineAndSum(ref t, t, at);
            f *= ((multiplier >> bit) & 1).IsOne ? LineAndSum(ref t, untwisted, at) : Fq12.One;
        }

        var image = (X: untwisted.X.Power(Fq.Modulus), Y: untwisted.Y.Power(Fq.Modulus));
        var minusSecondImage = (X: image.X.Power(Fq.Modulus), Y: -image.Y.Power(Fq.Modulus));
        f *= LineAndSum(ref t, image, at);
        return f * LineAndSum(ref t, minusSecondImage, at);
    }

    /// <summary>The line through t and s at a point, and t ← t + s.</summary>
    private static Fq12 LineAndSum(ref (Fq12 X, Fq12 Y) t, (Fq12 X, Fq12 Y) s, (Fq12 X, Fq12 Y) at)
    {
        var square = t.X.Square();
        var slope = t == s
            ? (square.Double() + square) * t.Y.Double().InvertNonZero()
            : (s.Y - t.Y) * (s.X - t.X).InvertNonZero();
        var line = at.Y - t.Y - slope * (at.X - t.X);
        var x = slope.Square() - t.X - s.X;
        t = (x, slope * (t.X - x) - t.Y);
        return line;
    }

    private static Fq12 Embed(Fq value) => Embed(new Fq2(value, Fq.Zero));

    private static Fq12 Embed(Fq2 value) => new(new Fq6(value, Fq2.Zero, Fq2.Zero), Fq6.Zero);
}
