namespace Prover.Algebra;

/// <summary>An element c₀ + c₁·v + c₂·v² of Fq6 = Fq2[v]/(v³ − ξ), ξ = 9 + u.</summary>
/// <param name="C0">The coefficient of 1.</param>
/// <param name="C1">The coefficient of v.</param>
/// <param name="C2">The coefficient of v².</param>
public readonly record struct Fq6(Fq2 C0, Fq2 C1, Fq2 C2) : IField<Fq6>
{
    // Fields rather than properties, so that formulas pass them by reference instead of copying 32 bytes and more.
    public readonly Fq2 C0 = C0, C1 = C1, C2 = C2;

    /// <inheritdoc/>
    public static Fq6 Zero => default;

    /// <inheritdoc/>
    public static Fq6 One => new(Fq2.One, Fq2.Zero, Fq2.Zero);

    /// <inheritdoc/>
    public bool IsZero => C0.IsZero && C1.IsZero && C2.IsZero;

    public static Fq6 operator +(in Fq6 a, in Fq6 b) => new(a.C0 + b.C0, a.C1 + b.C1, a.C2 + b.C2);

    public static Fq6 operator -(in Fq6 a, in Fq6 b) => new(a.C0 - b.C0, a.C1 - b.C1, a.C2 - b.C2);

    public static Fq6 operator -(in Fq6 a) => new(-a.C0, -a.C1, -a.C2);

    /// <summary>a·b with six products (Karatsuba; Devegili et al., "Multiplication and Squaring on Pairing-Friendly Fields", §4).</summary>
    public static Fq6 operator *(in Fq6 a, in Fq6 b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        var p2 = a.C2 * b.C2;
        return new(
            p0 + ((a.C1 + a.C2) * (b.C1 + b.C2) - p1 - p2).MultiplyByXi(),
            (a.C0 + a.C1) * (b.C0 + b.C1) - p0 - p1 + p2.MultiplyByXi(),
            (a.C0 + a.C2) * (b.C0 + b.C2) - p0 - p2 + p1);
    }

    /// <summary>a scaled by an element of Fq2.</summary>
    public static Fq6 operator *(in Fq6 a, in Fq2 scalar) => new(a.C0 * scalar, a.C1 * scalar, a.C2 * scalar);

    /// <inheritdoc/>
    public Fq6 Square() => this * this;

    /// <inheritdoc/>
    public Fq6 Double() => this + this;

    /// <summary>a·(b₀ + b₁·v) with five products.</summary>
    public Fq6 MultiplyBySparse(in Fq2 b0, in Fq2 b1)
    {
        var p0 = C0 * b0;
        var p1 = C1 * b1;
        return new(p0 + (C2 * b1).MultiplyByXi(), (C0 + C1) * (b0 + b1) - p0 - p1, p1 + C2 * b0);
    }

    /// <summary>a·v.</summary>
    public Fq6 MultiplyByV() => new(C2.MultiplyByXi(), C0, C1);

    /// <inheritdoc/>
    /// <remarks>
    /// With t₀ = c₀² − ξc₁c₂, t₁ = ξc₂² − c₀c₁ and t₂ = c₁² − c₀c₂ (the adjugate of multiplication by a), a·(t₀ + t₁v + t₂v²)
    /// is the norm c₀t₀ + ξ(c₂t₁ + c₁t₂), an element of Fq2.
    /// </remarks>
    public Fq6 InvertNonZero()
    {
        var t0 = C0.Square() - (C1 * C2).MultiplyByXi();
        var t1 = C2.Square().MultiplyByXi() - C0 * C1;
        var t2 = C1.Square() - C0 * C2;
        var norm = C0 * t0 + (C2 * t1 + C1 * t2).MultiplyByXi();
        return new Fq6(t0, t1, t2) * norm.InvertNonZero();
    }

    /// <summary>The canonical coefficients in decimal.</summary>
    public override string ToString() => $"{C0} + ({C1})·v + ({C2})·v²";

    static Fq6 IField<Fq6>.Add(in Fq6 a, in Fq6 b) => a + b;

    static Fq6 IField<Fq6>.Subtract(in Fq6 a, in Fq6 b) => a - b;

    static Fq6 IField<Fq6>.Multiply(in Fq6 a, in Fq6 b) => a * b;
}
