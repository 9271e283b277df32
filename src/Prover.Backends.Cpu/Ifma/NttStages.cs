namespace Prover.Backends.Cpu.Ifma;

/// <summary>Runs kernels on rows in cache: single ones, and all stages between rows.</summary>
internal static unsafe class NttStages
{
    /// <summary>Stages that leave out the factor 1 of their first block; what is not reduced doubles with each.</summary>
    private const int StagesWithoutFactor = 4;

    /// <summary>Runs a kernel.</summary>
    public static void Run(
        delegate* unmanaged<void*, void> kernel, byte* target, nint count, byte* source = null, byte* factors = null, nint stride = 0, nint pairs = 0)
    {
        var arguments = new NttArguments
        {
            Target = target,
            Source = source,
            Factors = factors,
            Stride = stride,
            Count = count,
            Pairs = pairs,
            Constants = NttCode.Instance.Constants.Start,
        };
        kernel(&arguments);
    }

    /// <summary>Natural to bit-reversed order between 2^<paramref name="bits"/> rows.</summary>
    /// <param name="rows">In [0, 1.05p). Afterwards in (−32p, 46p).</param>
    /// <param name="bits">From 2 to 12.</param>
    /// <param name="factors">Block l of stage s takes number root·2ˢ + l.</param>
    /// <param name="root">0 or 1; the factors numbered 0 are 1.</param>
    public static void InTime(byte* rows, int bits, byte* factors, int root)
    {
        var code = NttCode.Instance;
        for (var stage = 0; stage < bits; stage++)
        {
            var (blocks, half, first) = (1 << stage, 1 << (bits - 1 - stage), 0);
            var stride = (nint)half * KernelData.BlockBytes;
            if (root == 0 && stage < StagesWithoutFactor && half > 1)
            {
                Run(code.InTimeWithoutFactor, rows, 1, factors: factors, stride: stride, pairs: half / 2);
                first = 1;
            }

            if (first < blocks)
                code.InTime.Run(rows + 2 * first * stride, blocks - first, half, NttFactors.Address(factors, (root << stage) + first));
        }
    }

    /// <summary>Bit-reversed to natural order between 2^<paramref name="bits"/> rows.</summary>
    /// <remarks>
    /// A row's bound, in units of p, is 2 when it was last a product, and doubles with each sum. Before every second stage, counted so that the last but one is
    /// among them, those rows are reduced that have not been products in the four stages before, and those that have been are below 16; so the bound is 32 before
    /// the stage after it, and 64 when that is done. In stage 0 it is 16 at most, since three stages within rows may have gone before. Hence the differences of a
    /// block whose factor is 1 are in (0, 32) with 16 added in the last but one stage, and in (0, 64) with 32 added in the last.
    /// </remarks>
    /// <param name="rows">In [0, 16p). Afterwards in [0, 64p).</param>
    /// <param name="bits">2 at least.</param>
    /// <param name="factors">Block l of stage q, which joins rows 2^q apart, takes number root·2ˢ + l with s = bits − 1 − q.</param>
    /// <param name="root">0 or 1; the factors numbered 0 are 1.</param>
    public static void InFrequency(byte* rows, int bits, byte* factors, int root)
    {
        var code = NttCode.Instance;
        for (var q = 0; q < bits; q++)
        {
            var (blocks, half, first) = (1 << (bits - 1 - q), 1 << q, 0);
            var stride = (nint)half * KernelData.BlockBytes;
            if (q > 0 && (bits - q) % 2 == 0)
                ReduceSums(rows, 2 * blocks, half);

            if (root == 0 && blocks <= 2 && half > 1)
            {
                Run(code.InFrequencyWithoutFactor, rows, 1, factors: blocks == 1 ? code.LastOffset : code.LastOffsetButOne, stride: stride, pairs: half / 2);
                first = 1;
            }

            if (first < blocks)
                code.InFrequency.Run(rows + 2 * first * stride, blocks - first, half, NttFactors.Address(factors, root * blocks + first));
        }
    }

    /// <summary>Reduces the first rows of each of <paramref name="count"/> blocks of <paramref name="length"/> rows: one, or a sixteenth if that is more.</summary>
    private static void ReduceSums(byte* rows, int count, int length)
    {
        var code = NttCode.Instance;
        var stride = (nint)length * KernelData.BlockBytes;
        if (length <= 16)
        {
            Run(code.Reduce, rows, count, stride: stride);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Run(code.Reduce, rows + i * stride, length / 16, stride: KernelData.BlockBytes);
        }
    }
}
