using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Prover.Backends.Gpu;

/// <summary>An affine point on a device, (0, 0) being infinity; in memory as the host's <c>AffinePoint</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DeviceAffine<TField>
    where TField : unmanaged, IDeviceField<TField>
{
    /// <summary>A point from its coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceAffine(TField x, TField y)
    {
        X = x;
        Y = y;
    }

    /// <summary>Abscissa.</summary>
    public readonly TField X;

    /// <summary>Ordinate.</summary>
    public readonly TField Y;
}

/// <summary>A point on a device in Jacobian coordinates, (X/Z², Y/Z³), infinity where Z = 0.</summary>
/// <remarks>Formulas for a = 0 from the Explicit-Formulas Database, as in the host's <c>CurvePoint</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DevicePoint<TField>
    where TField : unmanaged, IDeviceField<TField>
{
    /// <summary>A point from its coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DevicePoint(TField x, TField y, TField z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    /// <summary>The first coordinate.</summary>
    public readonly TField X;

    /// <summary>The second coordinate.</summary>
    public readonly TField Y;

    /// <summary>The coordinate that scales the other two.</summary>
    public readonly TField Z;

    /// <summary>a ± b for an affine b (madd-2007-bl); equal, opposite and infinite points included.</summary>
    public static DevicePoint<TField> AddAffine(DevicePoint<TField> a, DeviceAffine<TField> b, bool negate)
    {
        if (TField.IsZero(b.X) && TField.IsZero(b.Y))
            return a;

        var y2 = negate ? TField.Subtract(default, b.Y) : b.Y;
        if (TField.IsZero(a.Z))
            return new(b.X, y2, TField.One);

        var z1z1 = Square(a.Z);
        var h = TField.Subtract(TField.Multiply(b.X, z1z1), a.X);
        var r = Twice(TField.Subtract(TField.Multiply(TField.Multiply(y2, a.Z), z1z1), a.Y));
        if (TField.IsZero(h))
            return TField.IsZero(r) ? Double(a) : default;

        var hh = Square(h);
        var i = Twice(Twice(hh));
        var j = TField.Multiply(h, i);
        var v = TField.Multiply(a.X, i);
        var x = TField.Subtract(TField.Subtract(Square(r), j), Twice(v));
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), Twice(TField.Multiply(a.Y, j)));
        var z = TField.Subtract(TField.Subtract(Square(TField.Add(a.Z, h)), z1z1), hh);
        return new(x, y, z);
    }

    /// <summary>a + b (add-2007-bl); equal, opposite and infinite points included.</summary>
    /// <remarks>Kept out of line, as is the rare doubling: device compilers take seconds over a kernel with several copies.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DevicePoint<TField> Add(DevicePoint<TField> a, DevicePoint<TField> b)
    {
        if (TField.IsZero(a.Z))
            return b;

        if (TField.IsZero(b.Z))
            return a;

        var z1z1 = Square(a.Z);
        var z2z2 = Square(b.Z);
        var u1 = TField.Multiply(a.X, z2z2);
        var s1 = TField.Multiply(TField.Multiply(a.Y, b.Z), z2z2);
        var h = TField.Subtract(TField.Multiply(b.X, z1z1), u1);
        var r = Twice(TField.Subtract(TField.Multiply(TField.Multiply(b.Y, a.Z), z1z1), s1));
        if (TField.IsZero(h))
            return TField.IsZero(r) ? Double(a) : default;

        var i = Square(Twice(h));
        var j = TField.Multiply(h, i);
        var v = TField.Multiply(u1, i);
        var x = TField.Subtract(TField.Subtract(Square(r), j), Twice(v));
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), Twice(TField.Multiply(s1, j)));
        var z = TField.Multiply(TField.Subtract(TField.Subtract(Square(TField.Add(a.Z, b.Z)), z1z1), z2z2), h);
        return new(x, y, z);
    }

    /// <summary>2a (dbl-2009-l).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DevicePoint<TField> Double(DevicePoint<TField> p)
    {
        var a = Square(p.X);
        var b = Square(p.Y);
        var c = Square(b);
        var d = Twice(TField.Subtract(TField.Subtract(Square(TField.Add(p.X, b)), a), c));
        var e = TField.Add(Twice(a), a);
        var x = TField.Subtract(Square(e), Twice(d));
        var y = TField.Subtract(TField.Multiply(e, TField.Subtract(d, x)), Twice(Twice(Twice(c))));
        var z = Twice(TField.Multiply(p.Y, p.Z));
        return new(x, y, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TField Square(TField a) => TField.Multiply(a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TField Twice(TField a) => TField.Add(a, a);
}
