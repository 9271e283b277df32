namespace Prover.Algebra;

/// <summary>An element c₀ + c₁·u of Fq2 = Fq[u]/(u² + 1), the field of G2's coordinates.</summary>
/// <param name="C0">The real part.</param>
/// <param name="C1">The coefficient of u. EIP-197 writes it first; here and in iden3 files it comes second.</param>
public readonly record struct Fq2(Fq C0, Fq C1) : IField<Fq2>
{
    // Fields rather than properties, so that formulas pass them by reference instead of copying 32 bytes and more.
    public readonly Fq C0 = C0, C1 = C1;

    /// <inheritdoc/>
    public static Fq2 Zero => default;

    /// <inheritdoc/>
    public static Fq2 One => new(Fq.One, Fq.Zero);

    /// <inheritdoc/>
    public bool IsZero => C0.IsZero && C1.IsZero;

    /// <summary>c₀ − c₁·u, also the q-power Frobenius map.</summary>
    public Fq2 Conjugate => new(C0, -C1);

    public static Fq2 operator +(in Fq2 a, in Fq2 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fq2 operator -(in Fq2 a, in Fq2 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fq2 operator -(in Fq2 a) => new(-a.C0, -a.C1);

    /// <summary>a·b with three products (Karatsuba).</summary>
    public static Fq2 operator *(in Fq2 a, in Fq2 b)
    {
        var real = a.C0 * b.C0;
        var imaginary = a.C1 * b.C1;
        var cross = (a.C0 + a.C1) * (b.C0 + b.C1);
        return new(real - imaginary, cross - real - imaginary);
    }

    /// <summary>a scaled by an element of Fq.</summary>
    public static Fq2 operator *(in Fq2 a, in Fq scalar) => new(a.C0 * scalar, a.C1 * scalar);

    /// <summary>a², with two products: (c₀+c₁)(c₀−c₁) + 2c₀c₁·u.</summary>
    public Fq2 Square() => new((C0 + C1) * (C0 - C1), (C0 * C1).Double());

    /// <inheritdoc/>
    public Fq2 Double() => this + this;

    /// <summary>a·ξ for the ξ = 9 + u that is neither a square nor a cube and so generates the tower and the twist.</summary>
    public Fq2 MultiplyByXi()
    {
        var nineTimes = Double().Double().Double() + this;
        return new(nineTimes.C0 - C1, nineTimes.C1 + C0);
    }

    /// <inheritdoc/>
    /// <remarks>a⁻¹ = ā / (c₀² + c₁²); the norm of a non-zero element is non-zero because −1 is no square in Fq.</remarks>
    public Fq2 InvertNonZero() => Conjugate * (C0.Square() + C1.Square()).InvertNonZero();

    /// <summary>The canonical coefficients in decimal, c₀ + c₁·u.</summary>
    /// <remarks>What a record would print includes its conjugate, whose own conjugate follows, without end.</remarks>
    public override string ToString() => $"{C0} + {C1}·u";

    static Fq2 IField<Fq2>.Add(in Fq2 a, in Fq2 b) => a + b;

    static Fq2 IField<Fq2>.Subtract(in Fq2 a, in Fq2 b) => a - b;

    static Fq2 IField<Fq2>.Multiply(in Fq2 a, in Fq2 b) => a * b;
}
