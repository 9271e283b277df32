using ILGPU;

namespace Prover.Backends.Gpu.Tests;

/// <summary>One field operation a thread, for tests of the operations alone.</summary>
internal static class FieldKernels
{
    public static void Add<TField>(Index1D i, ArrayView<TField> a, ArrayView<TField> b, ArrayView<TField> results)
        where TField : unmanaged, IDeviceField<TField> => results[i] = TField.Add(a[i], b[i]);

    public static void Subtract<TField>(Index1D i, ArrayView<TField> a, ArrayView<TField> b, ArrayView<TField> results)
        where TField : unmanaged, IDeviceField<TField> => results[i] = TField.Subtract(a[i], b[i]);

    public static void Multiply<TField>(Index1D i, ArrayView<TField> a, ArrayView<TField> b, ArrayView<TField> results)
        where TField : unmanaged, IDeviceField<TField> => results[i] = TField.Multiply(a[i], b[i]);

    public static void Square<TField>(Index1D i, ArrayView<TField> a, ArrayView<TField> results)
        where TField : unmanaged, IDeviceField<TField> => results[i] = TField.Square(a[i]);

    public static void SumOfProducts<TField>(
        Index1D i, ArrayView<TField> a, ArrayView<TField> b, ArrayView<TField> c, ArrayView<TField> d, ArrayView<TField> results)
        where TField : unmanaged, IDeviceField<TField> => results[i] = TField.SumOfProducts(a[i], b[i], c[i], d[i]);
}
