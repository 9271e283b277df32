using ILGPU;

namespace Prover.Backends.Gpu;

/// <summary>Prefix sums on a device, in place: every number becomes the sum of those before it.</summary>
/// <remarks>Three steps: the sum of each tile of <see cref="PerThread"/> numbers a thread, prefix sums of these by one group, prefix sums within tiles.</remarks>
internal static class ScanKernels
{
    /// <summary>Numbers that each thread looks after.</summary>
    public const int PerThread = 8;

    /// <summary>The sum of each group's tile. Shared memory: a word a thread.</summary>
    public static void SumTiles(ArrayView<int> numbers, int count, ArrayView<int> tileSums)
    {
        var total = ScanGroup(SumOfThread(numbers, count)).Total;
        if (Group.IdxX == 0)
            tileSums[Grid.IdxX] = total;
    }

    /// <summary>Prefix sums of any count of numbers by one group.</summary>
    public static void ScanTileSums(ArrayView<int> numbers, int count)
    {
        var carry = 0;
        for (var start = 0; start < count; start += Group.DimX)
        {
            var i = start + Group.IdxX;
            var (before, total) = ScanGroup(i < count ? numbers[i] : 0);
            if (i < count)
                numbers[i] = carry + before;

            carry += total;
        }
    }

    /// <summary>Prefix sums of each group's tile on top of what comes before the tile.</summary>
    public static void ScanTiles(ArrayView<int> numbers, int count, ArrayView<int> tileStarts)
    {
        var sum = tileStarts[Grid.IdxX] + ScanGroup(SumOfThread(numbers, count)).Before;
        var start = Grid.GlobalIndex.X * PerThread;
        for (var i = start; i < start + PerThread; i++)
        {
            if (i < count)
            {
                var number = numbers[i];
                numbers[i] = sum;
                sum += number;
            }
        }
    }

    private static int SumOfThread(ArrayView<int> numbers, int count)
    {
        var start = Grid.GlobalIndex.X * PerThread;
        var sum = 0;
        for (var i = start; i < start + PerThread; i++)
        {
            if (i < count)
                sum += numbers[i];
        }

        return sum;
    }

    /// <summary>What the threads before this one bring, and what all bring (Hillis and Steele 1986).</summary>
    private static (int Before, int Total) ScanGroup(int own)
    {
        var shared = SharedMemory.GetDynamic<int>();
        var thread = Group.IdxX;
        Group.Barrier();
        shared[thread] = own;
        for (var distance = 1; distance < Group.DimX; distance *= 2)
        {
            Group.Barrier();
            var before = thread >= distance ? shared[thread - distance] : 0;
            Group.Barrier();
            shared[thread] += before;
        }

        Group.Barrier();
        return (shared[thread] - own, shared[Group.DimX - 1]);
    }
}
