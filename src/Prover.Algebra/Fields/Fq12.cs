namespace Prover.Algebra;

/// <summary>An element c₀ + c₁·w of Fq12 = Fq6[w]/(w² − v), the field in which pairings take their values.</summary>
/// <param name="C0">The coefficient of 1: those of w⁰, w², w⁴ over Fq2.</param>
/// <param name="C1">The coefficient of w: those of w¹, w³, w⁵ over Fq2.</param>
public readonly record struct Fq12(Fq6 C0, Fq6 C1) : IField<Fq12>
{
    // Fields rather than properties, so that formulas pass them by reference instead of copying 32 bytes and more.
    public readonly Fq6 C0 = C0, C1 = C1;

    /// <inheritdoc/>
    public static Fq12 Zero => default;

    /// <inheritdoc/>
    public static Fq12 One => new(Fq6.One, Fq6.Zero);

    /// <inheritdoc/>
    public bool IsZero => C0.IsZero && C1.IsZero;

    /// <summary>c₀ − c₁·w, which is a^(q⁶); the inverse of an element whose order divides q⁶ + 1.</summary>
    public Fq12 Conjugate => new(C0, -C1);

    public static Fq12 operator +(in Fq12 a, in Fq12 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fq12 operator -(in Fq12 a, in Fq12 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fq12 operator -(in Fq12 a) => new(-a.C0, -a.C1);

    /// <summary>a·b with three products in Fq6 (Karatsuba).</summary>
    public static Fq12 operator *(in Fq12 a, in Fq12 b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        return new(p0 + p1.MultiplyByV(), (a.C0 + a.C1) * (b.C0 + b.C1) - p0 - p1);
    }

    /// <summary>a², with two products in Fq6: (c₀ + c₁)(c₀ + v·c₁) = c₀² + v·c₁² + (1 + v)·c₀c₁.</summary>
    public Fq12 Square()
    {
        var cross = C0 * C1;
        return new((C0 + C1) * (C0 + C1.MultiplyByV()) - cross - cross.MultiplyByV(), cross.Double());
    }

    /// <inheritdoc/>
    public Fq12 Double() => this + this;

    /// <summary>a·(l₀ + l₁·w + l₃·w³), the shape of a line function, with 13 products in Fq2.</summary>
    public Fq12 MultiplyByLine(in Fq2 l0, in Fq2 l1, in Fq2 l3)
    {
        var p0 = C0 * l0;
        var p1 = C1.MultiplyBySparse(l1, l3);
        return new(p0 + p1.MultiplyByV(), (C0 + C1).MultiplyBySparse(l0 + l1, l3) - p0 - p1);
    }

    /// <summary>a^q.</summary>
    /// <remarks>
    /// Over Fq2, a = Σ aᵢwⁱ for i = 0…5, and (aᵢwⁱ)^q = āᵢ·(w^(q−1))ⁱ·wⁱ, where w^(q−1) = ξ^((q−1)/6) lies in Fq2.
    /// </remarks>
    public Fq12 Frobenius()
    {
        var gamma = Twist.FrobeniusPowers;
        return new(
            new Fq6(C0.C0.Conjugate, C0.C1.Conjugate * gamma[2], C0.C2.Conjugate * gamma[4]),
            new Fq6(C1.C0.Conjugate * gamma[1], C1.C1.Conjugate * gamma[3], C1.C2.Conjugate * gamma[5]));
    }

    /// <inheritdoc/>
    /// <remarks>a⁻¹ = (c₀ − c₁w) / (c₀² − v·c₁²).</remarks>
    public Fq12 InvertNonZero()
    {
        var inverse = (C0.Square() - C1.Square().MultiplyByV()).InvertNonZero();
        return new(C0 * inverse, -(C1 * inverse));
    }

    /// <summary>The canonical coefficients in decimal.</summary>
    /// <remarks>What a record would print includes its conjugate, whose own conjugate follows, without end.</remarks>
    public override string ToString() => $"({C0}) + ({C1})·w";

    static Fq12 IField<Fq12>.Add(in Fq12 a, in Fq12 b) => a + b;

    static Fq12 IField<Fq12>.Subtract(in Fq12 a, in Fq12 b) => a - b;

    static Fq12 IField<Fq12>.Multiply(in Fq12 a, in Fq12 b) => a * b;
}
