namespace Prover.Algebra;

/// <summary>What curve formulas need of a field, so that G1 over Fq and G2 over Fq2 are one piece of code.</summary>
/// <typeparam name="TSelf">The element type.</typeparam>
public interface IField<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IField<TSelf>
{
    /// <summary>The neutral element of addition; also <c>default</c>.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The neutral element of multiplication.</summary>
    static abstract TSelf One { get; }

    /// <summary>Whether the element is zero.</summary>
    bool IsZero { get; }

    /// <summary>a + b.</summary>
    static abstract TSelf Add(in TSelf a, in TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf Subtract(in TSelf a, in TSelf b);

    /// <summary>a·b.</summary>
    static abstract TSelf Multiply(in TSelf a, in TSelf b);

    /// <summary>a².</summary>
    TSelf Square();

    /// <summary>2a.</summary>
    TSelf Double();

    /// <summary>a⁻¹ of an element the caller knows to be non-zero; zero maps to zero.</summary>
    TSelf InvertNonZero();
}
