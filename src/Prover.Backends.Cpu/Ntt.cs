using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu;

/// <summary>Radix-2 transforms on several threads: the longest stages are shared out, then each block is finished by one thread in its cache.</summary>
/// <remarks>
/// Natural to bit-reversed order by decimation in frequency (Gentleman, Sande 1966), back by decimation in time (Cooley, Tukey 1965).
/// Blocks are halved depth first, so that all stages of a block that fits a level of cache run there.
/// </remarks>
internal sealed class Ntt(Workers workers)
{
    /// <summary>Fewer butterflies than this are not worth a thread of their own.</summary>
    private const int SmallestShare = 1 << 10;

    private readonly ButterflyRoots _roots = new();

    /// <summary>Transforms the vector in place and leaves it in the other order.</summary>
    public void Apply(Transform transform, CpuFieldVector vector, int logSize)
    {
        var roots = _roots.ForTransform(logSize);
        var elements = vector.Elements;
        var inverse = transform == Transform.Interpolate;
        if (transform == Transform.EvaluateOnOddCoset)
            ShiftToOddCoset(elements, roots, vector.IsBitReversed ? logSize : null);

        if (vector.IsBitReversed)
            FromReversed(elements, roots, logSize, inverse);
        else
            ToReversed(elements, roots, logSize, inverse);

        vector.IsBitReversed = !vector.IsBitReversed;
        if (inverse)
            Scale(elements, new EvaluationDomain(logSize).SizeInverse);
    }

    private void ToReversed(Memory<Fr> elements, Fr[] roots, int logSize, bool inverse)
    {
        var shared = SharedStages(logSize);
        for (var stage = 0; stage < shared; stage++)
        {
            ShareStage(elements, elements.Length >> (stage + 1), (low, high, half, first) => Butterflies.InFrequency(low, high, roots, half, first, inverse));
        }

        var size = elements.Length >> shared;
        workers.Run(1 << shared, block => ToReversed(elements.Span.Slice(block * size, size), roots, inverse));
    }

    private void FromReversed(Memory<Fr> elements, Fr[] roots, int logSize, bool inverse)
    {
        var shared = SharedStages(logSize);
        var size = elements.Length >> shared;
        workers.Run(1 << shared, block => FromReversed(elements.Span.Slice(block * size, size), roots, inverse));
        for (var stage = shared - 1; stage >= 0; stage--)
        {
            ShareStage(elements, elements.Length >> (stage + 1), (low, high, half, first) => Butterflies.InTime(low, high, roots, half, first, inverse));
        }
    }

    private static void ToReversed(Span<Fr> block, Fr[] roots, bool inverse)
    {
        if (block.Length < 2)
            return;

        var half = block.Length / 2;
        Butterflies.InFrequency(block[..half], block[half..], roots, half, 0, inverse);
        ToReversed(block[..half], roots, inverse);
        ToReversed(block[half..], roots, inverse);
    }

    private static void FromReversed(Span<Fr> block, Fr[] roots, bool inverse)
    {
        if (block.Length < 2)
            return;

        var half = block.Length / 2;
        FromReversed(block[..half], roots, inverse);
        FromReversed(block[half..], roots, inverse);
        Butterflies.InTime(block[..half], block[half..], roots, half, 0, inverse);
    }

    /// <summary>Enough stages to cut the vector into a few blocks for every thread, none if it is small.</summary>
    private int SharedStages(int logSize) =>
        workers.Count == 1 || 1 << logSize < 2 * SmallestShare ? 0 : Math.Min(logSize - 4, (int)Math.Ceiling(Math.Log2(workers.Count)) + 1);

    /// <summary>Runs the butterflies of all blocks of 2·<paramref name="half"/> elements, numbered block by block, in ranges.</summary>
    private void ShareStage(Memory<Fr> elements, int half, StagePart butterflies) =>
        workers.RunRanges(elements.Length / 2, SmallestShare, (from, to) =>
        {
            while (from < to)
            {
                var first = from % half;
                var count = Math.Min(half - first, to - from);
                var start = 2 * (from - first) + first;
                butterflies(elements.Span.Slice(start, count), elements.Span.Slice(start + half, count), half, first);
                from += count;
            }
        });

    /// <summary>Coefficient i becomes coefficient·gⁱ, so that evaluating at ωʲ evaluates at g·ωʲ.</summary>
    private void ShiftToOddCoset(Memory<Fr> elements, Fr[] roots, int? reversedBits) =>
        workers.RunRanges(elements.Length, SmallestShare, (from, to) =>
        {
            var coefficients = elements.Span;
            for (var i = from; i < to; i++)
            {
                var exponent = reversedBits is { } bits ? BitReversal.Of(i, bits) : i;
                coefficients[i] *= roots[elements.Length + exponent];
            }
        });

    private void Scale(Memory<Fr> elements, Fr factor) =>
        workers.RunRanges(elements.Length, SmallestShare, (from, to) =>
        {
            var done = Avx2.IsSupported ? LaneButterflies.Scale(elements.Span.Slice(from, to - from), factor) : 0;
            foreach (ref var element in elements.Span.Slice(from + done, to - from - done))
            {
                element *= factor;
            }
        });

    private delegate void StagePart(Span<Fr> low, Span<Fr> high, int half, int first);
}
