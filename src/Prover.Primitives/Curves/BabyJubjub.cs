using System.Globalization;
using System.Numerics;
using Prover.Algebra;

namespace Prover.Primitives;

/// <summary>An affine point of Baby Jubjub.</summary>
/// <param name="X">Abscissa.</param>
/// <param name="Y">Ordinate.</param>
public readonly record struct EdwardsPoint(Fr X, Fr Y);

/// <summary>The twisted Edwards curve a·x² + y² = 1 + d·x²·y² over Fr.</summary>
/// <remarks>EIP-2494. The addition law is complete, since a is a square in Fr and d is not.</remarks>
public static class BabyJubjub
{
    private static readonly Fr A = 168700;
    private static readonly Fr D = 168696;

    /// <summary>The order of the subgroup that <see cref="Base8"/> generates.</summary>
    public static BigInteger SubgroupOrder { get; } =
        BigInteger.Parse("2736030358979909402780800718157159386076813972158567259200215660948447373041", CultureInfo.InvariantCulture);

    /// <summary>(0, 1).</summary>
    public static EdwardsPoint Identity => new(Fr.Zero, Fr.One);

    /// <summary>Eight times the curve's generator; it has prime order.</summary>
    public static EdwardsPoint Base8 { get; } = new(
        Parse("5299619240641551281634865583518297030282874472190772894086521144482721001553"),
        Parse("16950150798460657717958625567821834550301663161624707787222815936182638968203"));

    /// <summary>Whether a point satisfies the curve's equation.</summary>
    public static bool IsOnCurve(EdwardsPoint point)
    {
        var (xx, yy) = (point.X.Square(), point.Y.Square());
        return (A * xx) + yy == Fr.One + (D * xx * yy);
    }

    /// <summary>p + q; both must be on the curve.</summary>
    public static EdwardsPoint Add(EdwardsPoint p, EdwardsPoint q) => Projective.From(p).Add(Projective.From(q)).ToAffine();

    /// <summary>k·p for a non-negative k; p must be on the curve.</summary>
    public static EdwardsPoint Multiply(EdwardsPoint p, BigInteger k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var sum = Projective.From(Identity);
        var point = Projective.From(p);
        for (var bit = (int)k.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Add(sum);
            if (!(k >> bit).IsEven)
            {
                sum = sum.Add(point);
            }
        }

        return sum.ToAffine();
    }

    private static Fr Parse(string digits) => Fr.FromInteger(BigInteger.Parse(digits, CultureInfo.InvariantCulture));

    /// <summary>(X/Z, Y/Z); addition by Bernstein, Birkner, Joye, Lange, Peters 2008, §6.</summary>
    private readonly record struct Projective(Fr X, Fr Y, Fr Z)
    {
        public static Projective From(EdwardsPoint point) => new(point.X, point.Y, Fr.One);

        public Projective Add(Projective other)
        {
            var a = Z * other.Z;
            var b = a.Square();
            var c = X * other.X;
            var d = Y * other.Y;
            var e = D * c * d;
            var f = b - e;
            var g = b + e;
            return new(a * f * (((X + Y) * (other.X + other.Y)) - c - d), a * g * (d - (A * c)), f * g);
        }

        public EdwardsPoint ToAffine()
        {
            var inverse = Z.InvertNonZero();
            return new(X * inverse, Y * inverse);
        }
    }
}
