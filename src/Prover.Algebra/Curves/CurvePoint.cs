namespace Prover.Algebra;

/// <summary>A point of the curve in Jacobian coordinates: (X/Z², Y/Z³), infinity where Z = 0.</summary>
/// <remarks>Formulas for a = 0 from the Explicit-Formulas Database. Use the aliases <c>G1Point</c> and <c>G2Point</c>.</remarks>
public readonly struct CurvePoint<TField, TCurve> : IEquatable<CurvePoint<TField, TCurve>>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly TField _x, _y, _z;

    /// <summary>The Jacobian form of an affine point.</summary>
    public CurvePoint(in AffinePoint<TField, TCurve> point)
        : this(point.X, point.Y, point.IsInfinity ? TField.Zero : TField.One)
    {
    }

    private CurvePoint(in TField x, in TField y, in TField z)
    {
        _x = x;
        _y = y;
        _z = z;
    }

    /// <summary>The neutral element.</summary>
    public static CurvePoint<TField, TCurve> Infinity => default;

    /// <summary>The standard generator of the subgroup of order r.</summary>
    public static CurvePoint<TField, TCurve> Generator => new(AffinePoint<TField, TCurve>.Generator);

    /// <summary>Whether this is the neutral element.</summary>
    public bool IsInfinity => _z.IsZero;

    /// <summary>The point (x/z², y/z³) that a kernel computed; the caller knows that it is on the curve.</summary>
    public static CurvePoint<TField, TCurve> FromJacobian(in TField x, in TField y, in TField z) => new(x, y, z);

    public static implicit operator CurvePoint<TField, TCurve>(in AffinePoint<TField, TCurve> point) => new(point);

    public static CurvePoint<TField, TCurve> operator -(in CurvePoint<TField, TCurve> a) =>
        new(a._x, TField.Subtract(TField.Zero, a._y), a._z);

    public static CurvePoint<TField, TCurve> operator -(in CurvePoint<TField, TCurve> a, in CurvePoint<TField, TCurve> b) => a + -b;

    /// <summary>a + b in 11 products and 5 squares (EFD add-2007-bl); equal, opposite and infinite points included.</summary>
    public static CurvePoint<TField, TCurve> operator +(in CurvePoint<TField, TCurve> a, in CurvePoint<TField, TCurve> b)
    {
        if (a.IsInfinity)
        {
            return b;
        }

        if (b.IsInfinity)
        {
            return a;
        }

        var z1z1 = a._z.Square();
        var z2z2 = b._z.Square();
        var u1 = TField.Multiply(a._x, z2z2);
        var u2 = TField.Multiply(b._x, z1z1);
        var s1 = TField.Multiply(TField.Multiply(a._y, b._z), z2z2);
        var s2 = TField.Multiply(TField.Multiply(b._y, a._z), z1z1);
        var h = TField.Subtract(u2, u1);
        var r = TField.Subtract(s2, s1).Double();
        if (h.IsZero)
        {
            return r.IsZero ? a.Double() : Infinity;
        }

        var i = h.Double().Square();
        var j = TField.Multiply(h, i);
        var v = TField.Multiply(u1, i);
        var x = TField.Subtract(TField.Subtract(r.Square(), j), v.Double());
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), TField.Multiply(s1, j).Double());
        var z = TField.Multiply(TField.Subtract(TField.Subtract(TField.Add(a._z, b._z).Square(), z1z1), z2z2), h);
        return new(x, y, z);
    }

    /// <summary>a + b for an affine b in 7 products and 4 squares (EFD madd-2007-bl).</summary>
    public static CurvePoint<TField, TCurve> operator +(in CurvePoint<TField, TCurve> a, in AffinePoint<TField, TCurve> b)
    {
        if (b.IsInfinity)
        {
            return a;
        }

        if (a.IsInfinity)
        {
            return new(b);
        }

        var z1z1 = a._z.Square();
        var u2 = TField.Multiply(b.X, z1z1);
        var s2 = TField.Multiply(TField.Multiply(b.Y, a._z), z1z1);
        var h = TField.Subtract(u2, a._x);
        var r = TField.Subtract(s2, a._y).Double();
        if (h.IsZero)
        {
            return r.IsZero ? a.Double() : Infinity;
        }

        var hh = h.Square();
        var i = hh.Double().Double();
        var j = TField.Multiply(h, i);
        var v = TField.Multiply(a._x, i);
        var x = TField.Subtract(TField.Subtract(r.Square(), j), v.Double());
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), TField.Multiply(a._y, j).Double());
        var z = TField.Subtract(TField.Subtract(TField.Add(a._z, h).Square(), z1z1), hh);
        return new(x, y, z);
    }

    /// <summary>k·P, by double and add.</summary>
    public static CurvePoint<TField, TCurve> operator *(in CurvePoint<TField, TCurve> point, in Fr scalar)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        scalar.ToCanonicalLimbs(limbs);
        return point.Multiply(limbs);
    }

    /// <summary>2P in 2 products and 5 squares (EFD dbl-2009-l). No point of order two exists on these curves.</summary>
    public CurvePoint<TField, TCurve> Double()
    {
        var a = _x.Square();
        var b = _y.Square();
        var c = b.Square();
        var d = TField.Subtract(TField.Subtract(TField.Add(_x, b).Square(), a), c).Double();
        var e = TField.Add(a.Double(), a);
        var x = TField.Subtract(e.Square(), d.Double());
        var y = TField.Subtract(TField.Multiply(e, TField.Subtract(d, x)), c.Double().Double().Double());
        var z = TField.Multiply(_y, _z).Double();
        return new(x, y, z);
    }

    /// <summary>r·P without reducing r modulo itself; infinity exactly for the points of the subgroup.</summary>
    public CurvePoint<TField, TCurve> MultiplyByOrder() =>
        Multiply([ScalarModulus.P0, ScalarModulus.P1, ScalarModulus.P2, ScalarModulus.P3]);

    /// <summary>The affine form.</summary>
    public AffinePoint<TField, TCurve> ToAffine() => Normalize(_z.InvertNonZero());

    /// <summary>The affine forms of many points, for the price of one inversion.</summary>
    public static AffinePoint<TField, TCurve>[] ToAffine(ReadOnlySpan<CurvePoint<TField, TCurve>> points)
    {
        var prefixes = new TField[points.Length];
        var product = TField.One;
        for (var i = 0; i < points.Length; i++)
        {
            prefixes[i] = product;
            product = points[i].IsInfinity ? product : TField.Multiply(product, points[i]._z);
        }

        var affine = new AffinePoint<TField, TCurve>[points.Length];
        var inverse = product.InvertNonZero();
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (!points[i].IsInfinity)
            {
                affine[i] = points[i].Normalize(TField.Multiply(inverse, prefixes[i]));
                inverse = TField.Multiply(inverse, points[i]._z);
            }
        }

        return affine;
    }

    public static bool operator ==(in CurvePoint<TField, TCurve> a, in CurvePoint<TField, TCurve> b) => a.Equals(b);

    public static bool operator !=(in CurvePoint<TField, TCurve> a, in CurvePoint<TField, TCurve> b) => !a.Equals(b);

    /// <summary>Whether both are the same point, whatever their coordinates' scale.</summary>
    public bool Equals(CurvePoint<TField, TCurve> other) => (this - other).IsInfinity;

    public override bool Equals(object? obj) => obj is CurvePoint<TField, TCurve> other && Equals(other);

    public override int GetHashCode() => ToAffine().GetHashCode();

    /// <summary>k·P for a k of little-endian limbs, not reduced modulo r.</summary>
    internal CurvePoint<TField, TCurve> Multiply(ReadOnlySpan<ulong> scalar)
    {
        var result = Infinity;
        for (var bit = 64 * scalar.Length - 1; bit >= 0; bit--)
        {
            result = result.Double();
            if (((scalar[bit >> 6] >> (bit & 63)) & 1) != 0)
            {
                result += this;
            }
        }

        return result;
    }

    private AffinePoint<TField, TCurve> Normalize(in TField inverse)
    {
        var squared = inverse.Square();
        return IsInfinity
            ? default
            : new(TField.Multiply(_x, squared), TField.Multiply(_y, TField.Multiply(squared, inverse)));
    }
}
