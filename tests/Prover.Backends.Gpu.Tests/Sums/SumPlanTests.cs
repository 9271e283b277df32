using System.Numerics;
using Prover.Testing;

namespace Prover.Backends.Gpu.Tests;

/// <summary>The arithmetic of indices of sums, at sizes that no test could run.</summary>
public sealed class SumPlanTests
{
    public static TheoryData<int> Sizes { get; } = [1, 2, 100, 1 << 10, 1 << 16, (1 << 20) - 1, 1 << 22, 1 << 24, 1 << 27, int.MaxValue];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Everything_that_is_addressed_by_32_bits_fits_them(int points)
    {
        for (var plan = SumPlan.For(points); plan is not null; plan = plan.Smaller())
        {
            Assert.InRange((long)plan.PointsAtATime * plan.WindowsAtATime, 1, int.MaxValue);
            Assert.InRange((long)plan.WindowsAtATime * plan.Buckets, 1, int.MaxValue - 1);
            Assert.InRange((long)DeviceField<Algebra.ScalarModulus>.Words * plan.PointsAtATime, 1, int.MaxValue);
            Assert.InRange((long)plan.BucketsAtATime + (plan.EntriesAtATime / plan.LongestRun), 1, int.MaxValue);
            Assert.InRange(2L * (plan.PointsAtATime / plan.Buckets), 0, int.MaxValue);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Windows_reach_beyond_the_longest_magnitude(int points)
    {
        for (var plan = SumPlan.For(points); plan is not null; plan = plan.Smaller())
        {
            Assert.True(plan.Windows * plan.Bits > DigitKernels.MagnitudeBits);
            Assert.True((plan.Windows - 1) * plan.Bits <= DigitKernels.MagnitudeBits);
            Assert.InRange(plan.WindowsAtATime, 1, plan.Windows);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Smaller_plans_take_less_memory_down_to_little(int points)
    {
        const int pointBytes = 256;
        var plan = SumPlan.For(points);
        while (plan.Smaller() is { } smaller)
        {
            Assert.True(smaller.Bytes(pointBytes) < plan.Bytes(pointBytes));
            plan = smaller;
        }

        Assert.InRange(plan.Bytes(pointBytes), 0, 2 << 20);
    }

    [Theory]
    [InlineData(18, "2¹⁸")]
    [InlineData(20, "2²⁰")]
    [InlineData(22, "2²²")]
    [InlineData(24, "2²⁴")]
    public void The_documentation_says_how_much_memory_sums_take(int logSize, string size)
    {
        var row = File.ReadLines(Repository.PathOf("docs/gpu.md")).Single(line => line.StartsWith($"| {size} |", StringComparison.Ordinal));
        var plan = SumPlan.For(1 << logSize);
        Assert.Equal([Words(plan.Bytes(128)), Words(plan.Bytes(256))], row.Split('|')[^3..^1].Select(cell => cell.Trim()));

        static string Words(long bytes) => bytes < 1 << 30 ? $"{bytes >> 20} MiB" : FormattableString.Invariant($"{bytes / (double)(1 << 30):0.0} GiB");
    }

    [Fact]
    public void More_points_have_longer_digits()
    {
        var bits = Enumerable.Range(4, 23).Select(logSize => SumPlan.For(1 << logSize).Bits).ToArray();
        Assert.Equal(bits.Order(), bits);
        Assert.InRange(bits[0], 3, 5);
        Assert.InRange(bits[20 - 4], 14, 17);
    }

    [Fact]
    public void Digits_add_up_to_their_number()
    {
        var random = new Random(1);
        for (var bits = 1; bits <= 31; bits++)
        {
            var number = new BigInteger(random.NextInt64()) * random.NextInt64() * random.NextInt64() * random.NextInt64() & (BigInteger.One << DigitKernels.MagnitudeBits) - 1;
            var words = Enumerable.Range(0, 9).Select(i => (uint)(number >> (32 * i) & uint.MaxValue)).ToArray();
            var sum = BigInteger.Zero;
            for (var window = DigitKernels.MagnitudeBits / bits; window >= 0; window--)
            {
                var lowest = window * bits - 1;
                var digit = lowest < 0
                    ? DigitKernels.Booth(words[0] << 1, words[0] >> 31, 0, bits)
                    : DigitKernels.Booth(words[lowest / 32], words[lowest / 32 + 1], lowest % 32, bits);
                Assert.InRange(digit, -(1L << (bits - 1)), 1L << (bits - 1));
                sum = (sum << bits) + digit;
            }

            Assert.Equal(number, sum);
        }
    }
}
