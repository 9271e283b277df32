namespace Prover.Backends;

/// <summary>Σ scalarsᵢ·basesᵢ₋ₖ over i ≥ k.</summary>
/// <typeparam name="TPoint"><c>G1Affine</c> or <c>G2Affine</c>.</typeparam>
/// <param name="Bases">The bases.</param>
/// <param name="Scalars">The scalars, k more than there are bases.</param>
/// <param name="First">k, the number of scalars to pass over.</param>
/// <param name="IsLast">Whether nobody reads the scalars afterwards, so that the sum may use up their memory; the vector can then only be disposed of.</param>
public readonly record struct SumTerm<TPoint>(IPointTable<TPoint> Bases, IFieldVector Scalars, int First = 0, bool IsLast = false);

/// <summary>Sums of one term, waited for.</summary>
public static class BackendSums
{
    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public static G1Point Sum(this IProverBackend backend, IPointTable<G1Affine> bases, IFieldVector scalars) =>
        backend.SumAsync([new SumTerm<G1Affine>(bases, scalars)]).GetAwaiter().GetResult();

    /// <summary>Σ scalarsᵢ·basesᵢ in G2; both have the same length.</summary>
    public static G2Point Sum(this IProverBackend backend, IPointTable<G2Affine> bases, IFieldVector scalars) =>
        backend.SumAsync([new SumTerm<G2Affine>(bases, scalars)]).GetAwaiter().GetResult();
}
