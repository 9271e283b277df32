namespace Prover.Algebra;

/// <summary>
/// A multiple T of Q that a Miller loop carries along in homogeneous coordinates (X/Z, Y/Z), and the line functions that it
/// meets, evaluated at P.
/// </summary>
/// <remarks>
/// Costello, Lange, Naehrig, "Faster Pairing Computations on Curves with High-Degree Twists" (PKC 2010), in the form of
/// Aranha et al., "Faster Explicit Formulas for Computing Pairings over Ordinary Curves" (Eurocrypt 2011), §4. Lines are
/// scaled by elements of Fq2, which the final exponentiation sends to one.
/// </remarks>
internal struct LineAccumulator(in G1Affine p, in G2Affine q)
{
    private static readonly Fq Half = ((Fq)2).Invert();
    private static readonly Fq2 ThreeB = G2Curve.B.Double() + G2Curve.B;

    private readonly Fq _px = p.X, _py = p.Y;
    private readonly G2Affine _q = q;
    private Fq2 _x = q.X, _y = q.Y, _z = Fq2.One;

    /// <summary>Multiplies <paramref name="f"/> by the tangent at T and doubles T.</summary>
    public void Double(ref Fq12 f)
    {
        var b = _y.Square();
        var c = _z.Square();
        var e = ThreeB * c;
        var threeE = e.Double() + e;
        var g = (b + threeE) * Half;
        var h = (_y + _z).Square() - b - c;
        var xx = _x.Square();
        var ee = e.Square();

        f = f.MultiplyByLine(-h * _py, (xx.Double() + xx) * _px, e - b);
        _x = _x * _y * Half * (b - threeE);
        _y = g.Square() - ee.Double() - ee;
        _z = b * h;
    }

    /// <summary>Multiplies <paramref name="f"/> by the line through T and ±Q, the sign that of the digit, and adds ±Q to T.</summary>
    public void Add(ref Fq12 f, int digit) => Add(ref f, digit < 0 ? -_q : _q);

    /// <summary>The two last lines of the optimal ate pairing: through T and ψ(Q), then through their sum and −ψ²(Q).</summary>
    public void AddFrobeniusImages(ref Fq12 f)
    {
        var image = Twist.Frobenius(_q);
        Add(ref f, image);
        Add(ref f, -Twist.Frobenius(image));
    }

    private void Add(ref Fq12 f, in G2Affine s)
    {
        var theta = _y - s.Y * _z;
        var lambda = _x - s.X * _z;
        var d = lambda.Square();
        var e = lambda * d;
        var g = _x * d;
        var h = e + _z * theta.Square() - g.Double();

        f = f.MultiplyByLine(lambda * _py, -theta * _px, theta * s.X - lambda * s.Y);
        _x = lambda * h;
        _y = theta * (g - h) - e * _y;
        _z *= e;
    }
}
