using G1Coordinate = Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Kernels on points.</summary>
internal static partial class KernelTable
{
    private static IEnumerable<KernelCase> SumCases() =>
    [
        .. SumCases<G1Coordinate>("G1", KernelInputs.G1Bases, KernelInputs.G1Sums, mostCalls: 8),
        .. SumCases<DeviceFq2>("G2", KernelInputs.G2Bases, KernelInputs.G2Sums, mostCalls: 60),
    ];

    private static IEnumerable<KernelCase> SumCases<TField>(
        string group, Func<Random, int, KernelBuffer<DeviceAffine<TField>>> bases, Func<Random, int, KernelBuffer<DevicePoint<TField>>> sums, int mostCalls)
        where TField : unmanaged, IDeviceField<TField>
    {
        const int Terms = 30;
        yield return Sum(nameof(SumKernels.SumBases), "", random => KernelLaunch.Of(
            8,
            KernelInputs.Of(0, 2, 6),
            KernelInputs.Of(18, 0, 4, 16, 15, 5),
            KernelInputs.Of(12, 4, 1, 2, 1, 10),
            KernelInputs.Of(5, 0, 1, 4, 3, 2),
            KernelInputs.SignedIndices(random, Terms),
            bases(random, Terms),
            KernelInputs.Unwritten<DevicePoint<TField>>(6)));
        yield return Sum(nameof(SumKernels.SumListedBases), "", random => KernelLaunch.Of(
            3, KernelInputs.SignedIndices(random, 10), 4, bases(random, 10), KernelInputs.Unwritten<DevicePoint<TField>>(3)));
        yield return Sum(nameof(SumKernels.SumRuns), "", random => KernelLaunch.Of(
            5, KernelInputs.Of(0, 5, 5, 6), KernelInputs.Of(0, 2, 2, 3), 4, sums(random, 6), KernelInputs.Unwritten<DevicePoint<TField>>(3)));
        yield return Sum(nameof(SumKernels.SumInRows), "", random => KernelLaunch.Of(
            threads: 3, 4, sums(random, 10), KernelInputs.Unwritten<DevicePoint<TField>>(3)));
        foreach (var (name, logBuckets) in new[] { ("of two windows", 2), ("of one window", 3) })
        {
            yield return Sum(nameof(SumKernels.SumByDigit), name, random => KernelLaunch.Of(
                2, KernelInputs.Of(0, 1, 1, 2, 3, 3, 3, 4, 5), sums(random, 5), 4, logBuckets, KernelInputs.Unwritten<DevicePoint<TField>>(2)));
        }

        KernelCase Sum(string name, string variant, Func<Random, KernelLaunch> inputs) =>
            new($"{name} {variant} in {group}".Replace("  ", " ", StringComparison.Ordinal), typeof(SumKernels).GetMethod(name, Public)!.MakeGenericMethod(typeof(TField)), inputs) { MostCalls = mostCalls };
    }
}
