using Prover.Algebra;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Kernels on vectors of scalars.</summary>
internal static partial class KernelTable
{
    private static IEnumerable<KernelCase> TransformCases()
    {
        const int LogSize = 4;
        const int Size = 1 << LogSize;
        var plan = new TransformPlan(LogSize + 2, TileBits: 4);
        var passes = new Dictionary<string, TransformPass>
        {
            ["low, there and back"] = plan.Low(TransformPass.Inverse, TransformPass.FactorEach, TransformPass.Forward),
            ["low, inverse"] = plan.Low(TransformPass.Inverse, TransformPass.OneFactor, TransformPass.None),
            ["low, inverse from reversed"] = plan.Low(TransformPass.None, TransformPass.OneFactor, TransformPass.Inverse),
            ["high, in frequency"] = plan.High(TransformPass.Forward, TransformPass.None)[0],
            ["high, in time"] = plan.High(TransformPass.None, TransformPass.Forward)[0],
        };
        foreach (var (name, pass) in passes)
        {
            yield return Transform(nameof(TransformKernels.Pass), name, random => KernelLaunch.Grouped(
                plan.Tiles,

                // In fours each thread would keep its columns through all stages of a high pass, and no barrier would matter.
                groupSize: 3,
                sharedBytes: 32 * plan.TileSize,
                KernelInputs.Elements(random, 4 * Size),
                KernelInputs.Elements(random, 8 * Size),
                KernelInputs.Elements(random, 4 * Size),
                pass));
        }

        foreach (var (name, reversed) in new[] { ("in order", 0), ("reversed", 1) })
        {
            yield return Transform(nameof(TransformKernels.ShiftToOddCoset), name, random => KernelLaunch.Of(
                Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, 2 * Size), LogSize, reversed));
        }

        yield return Transform(nameof(TransformKernels.ReverseOrder), "", random => KernelLaunch.Of(Size, KernelInputs.Elements(random, Size), LogSize));
        yield return Transform(nameof(TransformKernels.Multiply), "", random => KernelLaunch.Of(
            Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size), KernelInputs.Unwritten<DeviceField<ScalarModulus>>(Size)));
        yield return Transform(nameof(TransformKernels.MultiplySubtract), "", random => KernelLaunch.Of(
            Size, KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size), KernelInputs.Elements(random, Size)));
        yield return Transform(nameof(TransformKernels.Extend), "", random => KernelLaunch.Of(
            4, KernelInputs.Elements(random, 8), 4, KernelInputs.Elements(random, 1)));
        yield return Transform(nameof(TransformKernels.FillRoots), "", random => KernelLaunch.Of(Size, KernelInputs.Elements(random, 2 * Size), LogSize));
        yield return Transform(nameof(TransformKernels.FillShifts), "", random => KernelLaunch.Of(
            Size, KernelInputs.Unwritten<DeviceField<ScalarModulus>>(Size), KernelInputs.Elements(random, 2 * Size), LogSize, KernelInputs.Elements(random, 1)));

        static KernelCase Transform(string name, string variant, Func<Random, KernelLaunch> inputs) => Case(typeof(TransformKernels), name, variant, inputs);
    }

    private static IEnumerable<KernelCase> RowCases()
    {
        yield return Case(typeof(RowKernels), nameof(RowKernels.Multiply), "rows", random => KernelLaunch.Of(
            3,
            KernelInputs.Of(0, 2, 2),
            KernelInputs.Of(2, 0, 3),
            KernelInputs.Of(1, 0, 2),
            KernelInputs.Of(3, 0, 1, 1, 2),
            KernelInputs.Of(0, 1, 1, 0, 1),
            KernelInputs.Elements(random, 2),
            KernelInputs.Elements(random, 4),
            KernelInputs.Unwritten<DeviceField<ScalarModulus>>(3)));
        yield return Case(typeof(RowKernels), nameof(RowKernels.AddPieces), "", random => KernelLaunch.Of(
            2, KernelInputs.Of(1, 0), KernelInputs.Of(2, 4, 7), KernelInputs.Elements(random, 7)));
    }

    private static IEnumerable<KernelCase> MeasureCases()
    {
        foreach (var (name, chains) in new[] { (nameof(MeasureKernels.MultiplyInOneChain), 1), (nameof(MeasureKernels.MultiplyInFourChains), 4) })
        {
            yield return Case(typeof(MeasureKernels), name, "", random => KernelLaunch.Of(
                5, KernelInputs.Elements(random, 5 * chains), 3, KernelInputs.Unwritten<DeviceField<ScalarModulus>>(5)));
        }
    }
}
