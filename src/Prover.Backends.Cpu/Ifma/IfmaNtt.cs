using System.Collections.Concurrent;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Transforms over Fr, and the quotient made of six of them, in as few passes over memory as the cache allows.</summary>
/// <remarks>
/// <para>
/// Natural to bit-reversed order by butterflies in time, whose blocks have one factor each (<see cref="NttRoots"/>), and back by their mirror image, butterflies in
/// frequency. No element is moved for its own sake. A transform is one pass over columns, eight neighbours wide, and one over blocks:
/// </para>
/// <code>
///                     columns (stages 0 … RowBits − 1)      blocks (the other stages)
/// natural   ⇒         unpack, in time, pack          ⇒      unpack, in time, pack              ⇒  bit-reversed
/// natural   ⇐         pack, in frequency, unpack     ⇐      pack, in frequency, unpack         ⇐  bit-reversed
/// </code>
/// <para>
/// The quotient's interpolations end with blocks and its evaluations begin with them, so that takes three passes, each over all three polynomials:
/// a∘b is made in the first and used up in the last, and a block's factors serve all three.
/// </para>
/// </remarks>
/// <param name="workers">Who computes: columns and blocks are the pieces.</param>
/// <param name="cut">How a transform of a size is cut, if not in the usual way.</param>
internal sealed unsafe class IfmaNtt(Workers workers, Func<int, NttPlan>? cut = null) : IDisposable
{
    private readonly Lock _planning = new();
    private readonly NttPlan?[] _plans = new NttPlan?[NttPlan.LargestLogSize + 1];
    private readonly ConcurrentBag<NttScratch> _scratch = [];

    /// <summary>Whether these kernels take transforms of 2^<paramref name="logSize"/> elements; the smallest and the largest are left to others.</summary>
    public static bool Takes(int logSize) => logSize is >= NttPlan.SmallestLogSize and <= NttPlan.LargestLogSize;

    /// <summary>Transforms the vector in place and leaves it in the other order.</summary>
    public void Apply(Transform transform, CpuFieldVector vector, int logSize)
    {
        var plan = Plan(logSize);
        var roots = transform == Transform.Interpolate ? plan.Inverse : plan.Forward;
        var root = transform == Transform.EvaluateOnOddCoset ? 1 : 0;
        using var constants = NttFactors.Table([plan.SizeInverse]);
        var (elements, scale) = (vector.Elements, transform == Transform.Interpolate ? constants : null);
        if (vector.IsBitReversed)
        {
            ForEach(plan.Blocks, (scratch, block) => NttPasses.BlockInFrequency(plan, roots, root == 1, elements, block, Start(scale), scratch));
            ForEach(plan.ColumnGroups, (scratch, group) => NttPasses.ColumnsInFrequency(plan, roots, elements, group, scratch));
        }
        else
        {
            ForEach(plan.ColumnGroups, (scratch, group) => NttPasses.ColumnsInTime(plan, roots, root, elements, group, Start(scale), scratch));
            ForEach(plan.Blocks, (scratch, block) => NttPasses.BlockInTime(plan, roots, root, elements, block, scratch));
        }

        vector.IsBitReversed = !vector.IsBitReversed;
    }

    /// <summary>a ← A·B − C on the odd coset, where A and B have the values a and b on the domain, and C those of a∘b. All in natural order; b is used up.</summary>
    /// <remarks>
    /// With R = 2²⁵⁶ a product of two stored elements is xy·R²/2²⁶⁰ = xy·R/2⁴. So all three polynomials are multiplied by 4 on the way, and c is taken as
    /// 4·a∘b·R/2⁴ = a∘b·R/4: then 4A·4B·R/2⁴ − 4·C·R/4 is what is wanted.
    /// </remarks>
    public void Quotient(Memory<Fr> a, Memory<Fr> b, int logSize)
    {
        var plan = Plan(logSize);
        using var product = new AlignedMemory<Fr>(a.Length);
        var c = product.Memory;
        ForEach(plan.ColumnGroups, (scratch, group) => NttPasses.QuotientColumnsInTime(plan, a, b, c, group, scratch));
        ForEach(plan.Blocks, (scratch, block) => NttPasses.QuotientBlock(plan, [a, b, c], block, scratch));
        ForEach(plan.ColumnGroups, (scratch, group) => NttPasses.QuotientColumnsInFrequency(plan, a, b, c, group, scratch));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var plan in _plans)
        {
            plan?.Dispose();
        }

        while (_scratch.TryTake(out var scratch))
        {
            scratch.Dispose();
        }
    }

    private NttPlan Plan(int logSize)
    {
        lock (_planning)
        {
            return _plans[logSize] ??= cut?.Invoke(logSize) ?? new NttPlan(logSize);
        }
    }

    private static byte* Start(NativeBlock? factors) => factors is null ? null : factors.Start;

    private void ForEach(int pieces, Action<NttScratch, int> body) => workers.Run(pieces, piece =>
    {
        var scratch = _scratch.TryTake(out var kept) ? kept : new NttScratch();
        body(scratch, piece);
        _scratch.Add(scratch);
    });
}
