using Prover.Algebra;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Kernels that sort points by the digits of their scalars.</summary>
internal static partial class KernelTable
{
    private static IEnumerable<KernelCase> DigitCases()
    {
        const int Points = 11;
        foreach (var (name, hasPlaces) in new[] { ("of all", 0), ("of some", 1) })
        {
            // Which ones come first is left open.
            yield return Digits(nameof(DigitKernels.ToMagnitudes), name, random => KernelLaunch.Grouped(
                3,
                groupSize: 4,
                sharedBytes: 4 * DigitKernels.SharedWords,
                KernelInputs.Elements(0, 1, 7, -Fr.One, 5, 1, 0, -(Fr)2, Fr.FromInteger(Fr.Modulus / 2), Fr.FromInteger(Fr.Modulus / 2 + 1), 1, -Fr.One, 3),
                KernelInputs.Of(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11),
                hasPlaces,
                1,
                Points,
                KernelInputs.Unwritten<uint>(8 * Points),
                KernelInputs.Zeros(Points),
                KernelInputs.Zeros(1)) with
            {
                WithoutOrder = buffers => Sorted(buffers, 3, Points),
            });
        }

        const int Bits = 5;
        const int Windows = 3;
        const int Buckets = Windows << (Bits - 1);
        foreach (var (name, firstWindow) in new[] { ("the lowest", 0), ("across words", 6), ("the highest", DigitKernels.MagnitudeBits / Bits + 1 - Windows) })
        {
            yield return Digits(nameof(DigitKernels.CountDigits), name, random => KernelLaunch.Of(
                Points, Windows, KernelInputs.Magnitudes(random, Points), firstWindow, Bits, KernelInputs.Zeros(Buckets)));
            yield return Digits(nameof(DigitKernels.PlaceDigits), name, random => KernelLaunch.Of(
                Points,
                Windows,
                KernelInputs.Magnitudes(random, Points),
                firstWindow,
                Bits,
                KernelInputs.Of(Enumerable.Range(0, Buckets).Select(bucket => bucket * Points).ToArray()),
                KernelInputs.Zeros(Buckets * Points)) with
            {
                WithoutOrder = buffers => Sorted(buffers, 2, Points),
            });
        }

        static KernelCase Digits(string name, string variant, Func<Random, KernelLaunch> inputs) => Case(typeof(DigitKernels), name, variant, inputs);
    }

    private static IEnumerable<KernelCase> ScanCases()
    {
        const int Count = 90;
        yield return Scan(nameof(ScanKernels.SumTiles), random => KernelLaunch.Grouped(
            3, groupSize: 4, sharedBytes: 16, KernelInputs.Digits(random, Count), Count, KernelInputs.Unwritten<int>(3)));
        yield return Scan(nameof(ScanKernels.ScanTileSums), random => KernelLaunch.Grouped(
            1, groupSize: 4, sharedBytes: 16, KernelInputs.Digits(random, 11), 11));
        yield return Scan(nameof(ScanKernels.ScanTiles), random => KernelLaunch.Grouped(
            3, groupSize: 4, sharedBytes: 16, KernelInputs.Digits(random, Count), Count, KernelInputs.Digits(random, 3)));

        static KernelCase Scan(string name, Func<Random, KernelLaunch> inputs) => Case(typeof(ScanKernels), name, "", inputs);
    }

    private static IEnumerable<KernelCase> RunCases()
    {
        // Lists of 0, 3, 0, 17, 1 and 19 terms, whose runs of at most eight are 0, 1, 0, 3, 1 and 3: four of eight terms, two of three, two of one.
        int[] ends = [0, 3, 3, 20, 21, 40];
        int[] runStarts = [0, 0, 1, 1, 4, 5, 8];
        int[] next = [0, 4, 4, 4, 4, 4, 6, 6];
        const int Longest = 8;
        yield return Run(nameof(RunKernels.CountRuns), _ => KernelLaunch.Grouped(
            2, groupSize: 4, sharedBytes: 4 * Longest, KernelInputs.Of(ends), Longest, KernelInputs.Unwritten<int>(ends.Length), KernelInputs.Zeros(Longest), KernelInputs.Zeros(1)));
        yield return Run(nameof(RunKernels.OrderRuns), _ => KernelLaunch.Grouped(
            4,
            groupSize: 3,
            sharedBytes: 4 * Longest,
            KernelInputs.Of(ends),
            KernelInputs.Of(runStarts),
            Longest,
            KernelInputs.Of(next),
            KernelInputs.Unwritten<int>(8),
            KernelInputs.Unwritten<int>(8),
            KernelInputs.Unwritten<int>(8)) with
        {
            WithoutOrder = buffers => [.. buffers[..3], ByNumber(buffers[3], buffers[5]), ByNumber(buffers[4], buffers[5]), ByNumber(buffers[5], buffers[5])],
        });
        yield return Run(nameof(RunKernels.CountNextRuns), _ => KernelLaunch.Of(
            runStarts.Length - 1, KernelInputs.Of(runStarts), 2, KernelInputs.Unwritten<int>(runStarts.Length - 1)));

        static KernelCase Run(string name, Func<Random, KernelLaunch> inputs) => Case(typeof(RunKernels), name, "", inputs);

        static Array ByNumber(Array values, Array numbers)
        {
            var (sorted, keys) = ((int[])values.Clone(), (int[])numbers.Clone());
            Array.Sort(keys, sorted);
            return sorted;
        }
    }

    /// <summary>The buffers with every piece of <paramref name="length"/> elements of one of them sorted.</summary>
    private static Array[] Sorted(Array[] buffers, int which, int length)
    {
        var sorted = ((int[])buffers[which]).Chunk(length).SelectMany(piece => piece.Order()).ToArray();
        return [.. buffers[..which], sorted, .. buffers[(which + 1)..]];
    }
}
