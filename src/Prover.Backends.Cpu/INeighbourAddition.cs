using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu;

/// <summary>Many additions of affine points at a time. Not for two threads at once.</summary>
internal interface INeighbourAddition<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>
    /// targetᵢ ← source[firstᵢ] + source[firstᵢ + 1] for every i; the targets lie in another memory than the source.
    /// </summary>
    void AddNeighbours(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets);
}

/// <summary>Chooses how to add.</summary>
internal static class NeighbourAddition
{
    /// <summary>In lanes of AVX2 where the processor has them.</summary>
    public static INeighbourAddition<TField, TCurve> Create<TField, TCurve>()
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        object? lanes = !Avx2.IsSupported ? null
            : typeof(TCurve) == typeof(G1Curve) ? new LaneAddition<Fq, G1Curve, FieldLanes<BaseModulus>>()
            : typeof(TCurve) == typeof(G2Curve) ? new LaneAddition<Fq2, G2Curve, Fq2Lanes>()
            : null;
        return (INeighbourAddition<TField, TCurve>?)lanes ?? new AffineAddition<TField, TCurve>();
    }
}
