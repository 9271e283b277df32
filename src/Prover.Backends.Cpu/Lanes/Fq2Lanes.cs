using System.Runtime.CompilerServices;
using Prover.Algebra;
using FqLanes = Prover.Backends.Cpu.Lanes.FieldLanes<Prover.Algebra.BaseModulus>;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>Four elements c₀ + c₁·u of Fq2. Bounds are those of both components; results may take the place of operands.</summary>
[SkipLocalsInit]
internal struct Fq2Lanes : ILanes<Fq2Lanes, Fq2>
{
    public FqLanes C0;
    public FqLanes C1;

    /// <inheritdoc/>
    public static void Load(in Fq2 e0, in Fq2 e1, in Fq2 e2, in Fq2 e3, out Fq2Lanes lanes)
    {
        FqLanes.Load(e0.C0, e1.C0, e2.C0, e3.C0, out lanes.C0);
        FqLanes.Load(e0.C1, e1.C1, e2.C1, e3.C1, out lanes.C1);
    }

    /// <inheritdoc/>
    public static void Store(in Fq2Lanes lanes, out Fq2 e0, out Fq2 e1, out Fq2 e2, out Fq2 e3)
    {
        FqLanes.Store(lanes.C0, out var a0, out var a1, out var a2, out var a3);
        FqLanes.Store(lanes.C1, out var b0, out var b1, out var b2, out var b3);
        (e0, e1, e2, e3) = (new(a0, b0), new(a1, b1), new(a2, b2), new(a3, b3));
    }

    /// <inheritdoc/>
    public static void Add(in Fq2Lanes a, in Fq2Lanes b, out Fq2Lanes sum)
    {
        FqLanes.Add(a.C0, b.C0, out sum.C0);
        FqLanes.Add(a.C1, b.C1, out sum.C1);
    }

    /// <summary>difference ← a − b, below a + 32p, for b at most 32p.</summary>
    public static void Subtract(in Fq2Lanes a, in Fq2Lanes b, out Fq2Lanes difference)
    {
        FqLanes.Subtract(a.C0, b.C0, out difference.C0);
        FqLanes.Subtract(a.C1, b.C1, out difference.C1);
    }

    /// <summary>product ← a·b, below a·16p/2²⁶¹ + p, for b at most 8p: two reductions for four products.</summary>
    public static void Multiply(in Fq2Lanes a, in Fq2Lanes b, out Fq2Lanes product)
    {
        FqLanes.Negate(b.C1, out var negative);
        FqLanes.SumOfProducts(a.C0, b.C0, a.C1, negative, out var real);
        FqLanes.SumOfProducts(a.C0, b.C1, a.C1, b.C0, out product.C1);
        product.C0 = real;
    }

    /// <summary>square ← a² = (c₀ + c₁)(c₀ − c₁) + 2c₀c₁·u, below 16p·40p/2²⁶¹ + p &lt; 5p, for a at most 8p.</summary>
    public static void Square(in Fq2Lanes a, out Fq2Lanes square)
    {
        FqLanes.Add(a.C0, a.C1, out var sum);
        FqLanes.Subtract(a.C0, a.C1, out var difference);
        FqLanes.Add(a.C0, a.C0, out var twice);
        FqLanes.Multiply(twice, a.C1, out square.C1);
        FqLanes.Multiply(sum, difference, out square.C0);
    }

    /// <summary>norm ← c₀² + c₁², below 2a²/2²⁶¹ + p.</summary>
    public static void Norm(in Fq2Lanes a, out FqLanes norm) => FqLanes.SumOfProducts(a.C0, a.C0, a.C1, a.C1, out norm);

    /// <summary>inverse ← (c₀ − c₁·u)/norm, at most 8p, for a·inverseNorm/2²⁶¹ at most 7p.</summary>
    public static void Invert(in Fq2Lanes a, in FqLanes inverseNorm, out Fq2Lanes inverse)
    {
        FqLanes.Multiply(a.C0, inverseNorm, out inverse.C0);
        FqLanes.Multiply(a.C1, inverseNorm, out inverse.C1);
        FqLanes.Negate(inverse.C1, out inverse.C1);
    }
}
