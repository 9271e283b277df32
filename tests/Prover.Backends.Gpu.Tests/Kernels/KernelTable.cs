using System.Reflection;
using Prover.Algebra;
using G1Coordinate = Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Every kernel that devices run, with inputs that reach each of its branches.</summary>
internal static class KernelTable
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static;

    public static IReadOnlyDictionary<string, KernelCase> Cases { get; } = TransformCases().Concat(SumCases()).ToDictionary(kernel => kernel.Name);

    /// <summary>The kernels that the backend has: public methods without a result in classes that are called so.</summary>
    public static IEnumerable<MethodInfo> Declared { get; } = typeof(TransformKernels).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Kernels", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(Public))
        .Where(method => method.ReturnType == typeof(void));

    private static IEnumerable<KernelCase> TransformCases()
    {
        const int LogSize = 4;
        const int Size = 1 << LogSize;
        foreach (var (name, inverse) in new[] { ("forward", 0), ("inverse", 1) })
        {
            yield return Transform(nameof(TransformKernels.InFrequency), name, random => KernelLaunch.Of(
                Size / 2, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size), 1 << random.Next(LogSize), inverse));
            yield return Transform(nameof(TransformKernels.InTime), name, random => KernelLaunch.Of(
                Size / 2, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size), 1 << random.Next(LogSize), inverse));
        }

        foreach (var (name, reversed) in new[] { ("in order", 0), ("reversed", 1) })
        {
            yield return Transform(nameof(TransformKernels.ShiftToOddCoset), name, random => KernelLaunch.Of(
                Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, 2 * Size), LogSize, reversed));
        }

        yield return Transform(nameof(TransformKernels.Scale), "", random => KernelLaunch.Of(
            Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, 1)));
        yield return Transform(nameof(TransformKernels.ReverseOrder), "", random => KernelLaunch.Of(Size, KernelInputs.Elements(random, Size), LogSize));
        yield return Transform(nameof(TransformKernels.MultiplySubtract), "", random => KernelLaunch.Of(
            Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size)));
    }

    private static IEnumerable<KernelCase> SumCases() =>
    [
        .. SumCases<G1Coordinate>("G1", KernelInputs.G1Bases, KernelInputs.G1Sums, mostCalls: 6),
        .. SumCases<DeviceFq2>("G2", KernelInputs.G2Bases, KernelInputs.G2Sums, mostCalls: 40),
    ];

    private static IEnumerable<KernelCase> SumCases<TField>(
        string group, Func<Random, int, KernelBuffer<DeviceAffine<TField>>> bases, Func<Random, int, KernelBuffer<DevicePoint<TField>>> sums, int mostCalls)
        where TField : unmanaged, IDeviceField<TField>
    {
        const int Terms = 40;
        int[] starts = [0, 4, 4, 5, 7, 15, 16, 28, Terms];
        yield return Case(nameof(SumKernels.SumBases), random => KernelLaunch.Of(
            starts.Length - 1,
            KernelInputs.Of(starts),
            KernelInputs.Of(Enumerable.Range(0, Terms).Select(i => random.Next(3) == 0 ? ~i : i).ToArray()),
            bases(random, Terms),
            KernelInputs.Unwritten<DevicePoint<TField>>(starts.Length - 1)));
        yield return Case(nameof(SumKernels.SumPoints), random => KernelLaunch.Of(
            starts.Length - 1, KernelInputs.Of(starts), sums(random, Terms), KernelInputs.Unwritten<DevicePoint<TField>>(starts.Length - 1)));
        yield return Case(nameof(SumKernels.SumByDigit), random => KernelLaunch.Of(
            2,
            KernelInputs.Of(0, 1, 1, 2, 3, 3, 3, 4, 5),
            sums(random, 5),
            4,
            KernelInputs.Unwritten<DevicePoint<TField>>(2),
            KernelInputs.Unwritten<DevicePoint<TField>>(2)));

        KernelCase Case(string name, Func<Random, KernelLaunch> inputs) =>
            new($"{name} in {group}", typeof(SumKernels).GetMethod(name, Public)!.MakeGenericMethod(typeof(TField)), inputs) { MostCalls = mostCalls };
    }

    private static KernelCase Transform(string name, string variant, Func<Random, KernelLaunch> inputs) =>
        new($"{name} {variant}".Trim(), typeof(TransformKernels).GetMethod(name, Public)!, inputs);
}
