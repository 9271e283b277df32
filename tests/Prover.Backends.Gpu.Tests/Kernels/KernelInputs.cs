using System.Runtime.InteropServices;
using Prover.Algebra;
using Prover.Testing;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;
using G1Coordinate = Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Makes arguments for kernels.</summary>
internal static class KernelInputs
{
    public static KernelBuffer<T> Of<T>(params T[] values)
        where T : unmanaged => new(values.Length, values);

    /// <summary>Memory that the kernel must write all of.</summary>
    public static KernelBuffer<T> Unwritten<T>(int length)
        where T : unmanaged => new(length, null);

    /// <summary>Elements of Fr, those with awkward carries among them.</summary>
    public static KernelBuffer<Element> Elements(Random random, int count) => Of(OnDevice<Fr, Element>(Draw(FieldGenerators.Scalars, random, count)));

    /// <summary>Given elements of Fr.</summary>
    public static KernelBuffer<Element> Elements(params Fr[] values) => Of(OnDevice<Fr, Element>(values));

    /// <summary>Zeros.</summary>
    public static KernelBuffer<int> Zeros(int count) => Of(new int[count]);

    /// <summary>Numbers from 0 to 9.</summary>
    public static KernelBuffer<int> Digits(Random random, int count) => Of(Enumerable.Range(0, count).Select(_ => random.Next(10)).ToArray());

    /// <summary>Indices in their order, some complemented.</summary>
    public static KernelBuffer<int> SignedIndices(Random random, int count) => Of(Enumerable.Range(0, count).Select(i => random.Next(3) == 0 ? ~i : i).ToArray());

    /// <summary>Magnitudes below 2²⁵³ with signs, laid out as <see cref="DigitKernels"/> says.</summary>
    public static KernelBuffer<uint> Magnitudes(Random random, int count) =>
        Of(Enumerable.Range(0, Element.Words * count).Select(i => (uint)random.NextInt64(1L << 32) & (i / count == Element.Words - 1 ? 0x9fff_ffff : ~0u)).ToArray());

    /// <summary>Points of G1, infinity and neighbours that are equal or opposite among them.</summary>
    public static KernelBuffer<DeviceAffine<G1Coordinate>> G1Bases(Random random, int count) =>
        Of(OnDevice<G1Affine, DeviceAffine<G1Coordinate>>(Bases(CurveGenerators.G1Points, random, count)));

    /// <summary>The same in G2.</summary>
    public static KernelBuffer<DeviceAffine<DeviceFq2>> G2Bases(Random random, int count) =>
        Of(OnDevice<G2Affine, DeviceAffine<DeviceFq2>>(Bases(CurveGenerators.G2Points, random, count)));

    /// <summary>The same points with coordinates scaled at random, as sums have them.</summary>
    public static KernelBuffer<DevicePoint<G1Coordinate>> G1Sums(Random random, int count) =>
        Of(OnDevice<Fq, DevicePoint<G1Coordinate>>(Scaled(Bases(CurveGenerators.G1Points, random, count), FieldGenerators.Coordinates, random)));

    /// <summary>The same in G2.</summary>
    public static KernelBuffer<DevicePoint<DeviceFq2>> G2Sums(Random random, int count) =>
        Of(OnDevice<Fq2, DevicePoint<DeviceFq2>>(Scaled(Bases(CurveGenerators.G2Points, random, count), FieldGenerators.QuadraticElements, random)));

    /// <summary>Values that are the same bytes on a device.</summary>
    private static TDevice[] OnDevice<THost, TDevice>(THost[] values)
        where THost : struct
        where TDevice : struct => MemoryMarshal.Cast<THost, TDevice>(values).ToArray();

    private static T[] Draw<T>(Gen<T> generator, Random random, int count)
    {
        var source = new PCG((uint)random.Next(), (ulong)random.NextInt64());
        return [.. Enumerable.Range(0, count).Select(_ => generator.Generate(source, null, out var _))];
    }

    private static AffinePoint<TField, TCurve>[] Bases<TField, TCurve>(Gen<AffinePoint<TField, TCurve>> generator, Random random, int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = Draw(generator, random, count);
        for (var i = 2; i < count; i += 4)
        {
            points[i] = random.Next(2) == 0 ? points[i - 1] : -points[i - 1];
        }

        points[random.Next(count)] = AffinePoint<TField, TCurve>.Infinity;
        return points;
    }

    /// <summary>(x·z², y·z³, z², z³) of each point, infinity with z = 0.</summary>
    private static TField[] Scaled<TField, TCurve>(AffinePoint<TField, TCurve>[] points, Gen<TField> scales, Random random)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField> =>
        [
            .. points.Zip(Draw(scales, random, points.Length)).SelectMany(pair =>
            {
                var (point, scale) = pair;
                var z = point.IsInfinity ? TField.Zero : scale.IsZero ? TField.One : scale;
                var zz = z.Square();
                var zzz = TField.Multiply(zz, z);
                return new[] { TField.Multiply(point.X, zz), TField.Multiply(point.Y, zzz), zz, zzz };
            }),
        ];
}
