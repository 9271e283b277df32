using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Prover.Backends.Gpu;

/// <summary>A point on a device in the coordinates X/ZZ, Y/ZZZ with ZZ³ = ZZZ², infinity where ZZ = 0.</summary>
/// <remarks>
/// Formulas for a = 0 and extended Jacobian coordinates ("XYZZ") from the Explicit-Formulas Database, the ordinate as one sum of products. No
/// set of coordinates adds an affine point in fewer products without an inversion.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DevicePoint<TField>
    where TField : unmanaged, IDeviceField<TField>
{
    /// <summary>A point from its coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DevicePoint(TField x, TField y, TField zz, TField zzz)
    {
        X = x;
        Y = y;
        ZZ = zz;
        ZZZ = zzz;
    }

    /// <summary>The abscissa times <see cref="ZZ"/>.</summary>
    public readonly TField X;

    /// <summary>The ordinate times <see cref="ZZZ"/>.</summary>
    public readonly TField Y;

    /// <summary>The square of what Jacobian coordinates call Z.</summary>
    public readonly TField ZZ;

    /// <summary>Its cube.</summary>
    public readonly TField ZZZ;

    /// <summary>a ± b for an affine b (madd-2008-s); equal, opposite and infinite points included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DevicePoint<TField> AddAffine(DevicePoint<TField> a, DeviceAffine<TField> b, bool negate)
    {
        if (TField.IsZero(b.X) && TField.IsZero(b.Y))
            return a;

        var y2 = negate ? TField.Subtract(default, b.Y) : b.Y;
        if (TField.IsZero(a.ZZ))
            return new(b.X, y2, TField.One, TField.One);

        var p = TField.Subtract(TField.Multiply(b.X, a.ZZ), a.X);
        var r = TField.Subtract(TField.Multiply(y2, a.ZZZ), a.Y);
        if (TField.IsZero(p))
            return TField.IsZero(r) ? Double(a) : default;

        var pp = TField.Square(p);
        var ppp = TField.Multiply(p, pp);
        var q = TField.Multiply(a.X, pp);
        var x = TField.Subtract(TField.Subtract(TField.Square(r), ppp), TField.Add(q, q));
        var y = TField.SumOfProducts(r, TField.Subtract(q, x), ppp, TField.Subtract(default, a.Y));
        return new(x, y, TField.Multiply(a.ZZ, pp), TField.Multiply(a.ZZZ, ppp));
    }

    /// <summary>a + b (add-2008-s); equal, opposite and infinite points included.</summary>
    /// <remarks>Kept out of line, as is the rare doubling: device compilers take seconds over a kernel with several copies.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DevicePoint<TField> Add(DevicePoint<TField> a, DevicePoint<TField> b)
    {
        if (TField.IsZero(a.ZZ))
            return b;

        if (TField.IsZero(b.ZZ))
            return a;

        var u = TField.Multiply(a.X, b.ZZ);
        var s = TField.Multiply(a.Y, b.ZZZ);
        var p = TField.Subtract(TField.Multiply(b.X, a.ZZ), u);
        var r = TField.Subtract(TField.Multiply(b.Y, a.ZZZ), s);
        if (TField.IsZero(p))
            return TField.IsZero(r) ? Double(a) : default;

        var pp = TField.Square(p);
        var ppp = TField.Multiply(p, pp);
        var q = TField.Multiply(u, pp);
        var x = TField.Subtract(TField.Subtract(TField.Square(r), ppp), TField.Add(q, q));
        var y = TField.SumOfProducts(r, TField.Subtract(q, x), ppp, TField.Subtract(default, s));
        return new(x, y, TField.Multiply(TField.Multiply(a.ZZ, b.ZZ), pp), TField.Multiply(TField.Multiply(a.ZZZ, b.ZZZ), ppp));
    }

    /// <summary>2a (dbl-2008-s-1).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DevicePoint<TField> Double(DevicePoint<TField> a)
    {
        var u = TField.Add(a.Y, a.Y);
        var v = TField.Square(u);
        var w = TField.Multiply(u, v);
        var s = TField.Multiply(a.X, v);
        var xx = TField.Square(a.X);
        var m = TField.Add(TField.Add(xx, xx), xx);
        var x = TField.Subtract(TField.Square(m), TField.Add(s, s));
        var y = TField.SumOfProducts(m, TField.Subtract(s, x), w, TField.Subtract(default, a.Y));
        return new(x, y, TField.Multiply(v, a.ZZ), TField.Multiply(w, a.ZZZ));
    }
}
