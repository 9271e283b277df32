using System.Reflection;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Every kernel that devices run, with inputs that reach each of its branches.</summary>
internal static partial class KernelTable
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static;

    public static IReadOnlyDictionary<string, KernelCase> Cases { get; } =
        TransformCases().Concat(RowCases()).Concat(DigitCases()).Concat(ScanCases()).Concat(RunCases()).Concat(SumCases()).Concat(MeasureCases()).ToDictionary(kernel => kernel.Name);

    /// <summary>The kernels that the backend has: public methods without a result in classes that are called so.</summary>
    public static IEnumerable<MethodInfo> Declared { get; } = typeof(TransformKernels).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Kernels", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(Public))
        .Where(method => method.ReturnType == typeof(void));

    private static KernelCase Case(Type kernels, string name, string variant, Func<Random, KernelLaunch> inputs) =>
        new($"{name} {variant}".Trim(), kernels.GetMethod(name, Public)!, inputs);
}
