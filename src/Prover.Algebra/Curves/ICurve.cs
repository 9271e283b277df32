namespace Prover.Algebra;

/// <summary>The configuration of a short Weierstrass curve y² = x³ + b and its subgroup of order r.</summary>
/// <typeparam name="TField">The coordinates' field.</typeparam>
public interface ICurve<TField>
    where TField : struct, IField<TField>
{
    /// <summary>The constant b.</summary>
    static abstract TField B { get; }

    /// <summary>The generator's affine x.</summary>
    static abstract TField GeneratorX { get; }

    /// <summary>The generator's affine y.</summary>
    static abstract TField GeneratorY { get; }

    /// <summary>Whether a finite point on the curve, given by its affine coordinates, lies in the subgroup of order r.</summary>
    static abstract bool IsInSubgroup(in TField x, in TField y);

    /// <summary>"G1" or "G2", for messages.</summary>
    static abstract string Name { get; }
}

/// <summary>y² = x³ + 3 over Fq (EIP-196).</summary>
public readonly struct G1Curve : ICurve<Fq>
{
    public static Fq B { get; } = 3;
    public static Fq GeneratorX { get; } = 1;
    public static Fq GeneratorY { get; } = 2;
    public static string Name => "G1";

    /// <summary>True: the whole curve has order r.</summary>
    public static bool IsInSubgroup(in Fq x, in Fq y) => true;
}

/// <summary>y² = x³ + 3/(9+u) over Fq2, the sextic D-twist (EIP-197).</summary>
public readonly struct G2Curve : ICurve<Fq2>
{
    public static Fq2 B { get; } = new Fq2(3, 0) * new Fq2(9, 1).InvertNonZero();

    public static Fq2 GeneratorX { get; } = new(
        Parse("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
        Parse("11559732032986387107991004021392285783925812861821192530917403151452391805634"));

    public static Fq2 GeneratorY { get; } = new(
        Parse("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
        Parse("4082367875863433681332203403145435568316851327593401208105741076214120093531"));

    public static string Name => "G2";

    public static bool IsInSubgroup(in Fq2 x, in Fq2 y) => Twist.IsInSubgroup(new G2Affine(x, y));

    private static Fq Parse(string digits) => Fq.FromInteger(System.Numerics.BigInteger.Parse(digits, null));
}
