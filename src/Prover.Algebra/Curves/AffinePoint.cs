using System.Runtime.InteropServices;

namespace Prover.Algebra;

/// <summary>A point of the curve in affine coordinates; the point at infinity is (0, 0), which no curve here contains.</summary>
/// <remarks>
/// A value of this type is on the curve: readers of files and messages check that before they make one (and the subgroup,
/// for G2). In memory it is x then y in Montgomery form, exactly as iden3's .zkey files hold it.
/// Use the aliases <c>G1Affine</c> and <c>G2Affine</c>.
/// </remarks>
/// <param name="X">Abscissa.</param>
/// <param name="Y">Ordinate.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct AffinePoint<TField, TCurve>(TField X, TField Y)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    // Fields rather than properties, so that formulas pass them by reference instead of copying 32 bytes and more.
    public readonly TField X = X, Y = Y;

    /// <summary>The neutral element.</summary>
    public static AffinePoint<TField, TCurve> Infinity => default;

    /// <summary>The standard generator of the subgroup of order r.</summary>
    public static AffinePoint<TField, TCurve> Generator => new(TCurve.GeneratorX, TCurve.GeneratorY);

    /// <summary>Whether this is the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    public static AffinePoint<TField, TCurve> operator -(in AffinePoint<TField, TCurve> point) =>
        new(point.X, TField.Subtract(TField.Zero, point.Y));

    /// <summary>Whether the coordinates satisfy y² = x³ + b, or are the point at infinity.</summary>
    public bool IsOnCurve() =>
        IsInfinity || Y.Square().Equals(TField.Add(TField.Multiply(X.Square(), X), TCurve.B));

    /// <summary>Whether a point on the curve lies in the subgroup of order r.</summary>
    public bool IsInSubgroup() => IsInfinity || TCurve.IsInSubgroup(X, Y);
}
