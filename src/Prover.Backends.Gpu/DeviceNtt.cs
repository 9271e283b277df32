using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>Transforms of vectors on the device, one launch a stage; the order of elements is kept as a state, as on the CPU.</summary>
internal sealed class DeviceNtt : IDisposable
{
    private readonly ButterflyRoots _roots = new();
    private readonly DeviceArray<Element> _deviceRoots;
    private readonly DeviceArray<Element> _factor;
    private readonly Action<Index1D, ArrayView<Element>, ArrayView<Element>, int, int> _inFrequency;
    private readonly Action<Index1D, ArrayView<Element>, ArrayView<Element>, int, int> _inTime;
    private readonly Action<Index1D, ArrayView<Element>, ArrayView<Element>, int, int> _shift;
    private readonly Action<Index1D, ArrayView<Element>, ArrayView<Element>> _scale;
    private readonly Action<Index1D, ArrayView<Element>, int> _reverse;
    private int _rootsLength;

    public DeviceNtt(Accelerator accelerator)
    {
        _deviceRoots = new DeviceArray<Element>(accelerator);
        _factor = new DeviceArray<Element>(accelerator);
        _inFrequency = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, int>(TransformKernels.InFrequency);
        _inTime = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, int>(TransformKernels.InTime);
        _shift = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, int>(TransformKernels.ShiftToOddCoset);
        _scale = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, ArrayView<Element>>(TransformKernels.Scale);
        _reverse = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, int>(TransformKernels.ReverseOrder);
    }

    /// <summary>Transforms the vector in place and leaves it in the other order.</summary>
    public void Apply(Transform transform, GpuFieldVector vector, int logSize)
    {
        var roots = RootsFor(logSize);
        var elements = vector.Elements.Take(vector.Count);
        var inverse = transform == Transform.Interpolate ? 1 : 0;
        if (transform == Transform.EvaluateOnOddCoset)
            _shift(vector.Count, elements, roots, logSize, vector.IsBitReversed ? 1 : 0);

        if (vector.IsBitReversed)
        {
            for (var half = 1; half < vector.Count; half *= 2)
            {
                _inTime(vector.Count / 2, elements, roots, half, inverse);
            }
        }
        else
        {
            for (var half = vector.Count / 2; half > 0; half /= 2)
            {
                _inFrequency(vector.Count / 2, elements, roots, half, inverse);
            }
        }

        vector.IsBitReversed = !vector.IsBitReversed;
        if (inverse != 0)
            _scale(vector.Count, elements, _factor.Write<Fr>([new EvaluationDomain(logSize).SizeInverse]));
    }

    /// <summary>The elements of a vector, brought to natural order.</summary>
    public ArrayView<Element> InNaturalOrder(GpuFieldVector vector)
    {
        var elements = vector.Elements.Take(vector.Count);
        if (vector.IsBitReversed)
            _reverse(vector.Count, elements, System.Numerics.BitOperations.Log2((uint)vector.Count));

        vector.IsBitReversed = false;
        return elements;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _deviceRoots.Dispose();
        _factor.Dispose();
    }

    private ArrayView<Element> RootsFor(int logSize)
    {
        var roots = _roots.ForTransform(logSize);
        if (roots.Length > _rootsLength)
        {
            _rootsLength = roots.Length;
            _deviceRoots.Write<Fr>(roots);
        }

        return _deviceRoots.Take(_rootsLength);
    }
}
