using System.Diagnostics;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>Times single kernels on a backend's device, from the launch until the device is done: what the calls of <see cref="IProverBackend"/> consist of.</summary>
/// <remarks>Inputs are copied and kernels compiled before the clock starts, and each is launched once before, which is not measured.</remarks>
public sealed class GpuMeasurements
{
    /// <summary>How many chains of products that do not wait for each other a thread can be given at most.</summary>
    public const int MostChains = 4;

    private readonly GpuBackend _backend;
    private readonly DeviceMemory _memory;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int, ArrayView<Element>> _oneChain;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int, ArrayView<Element>> _fourChains;

    /// <summary>Compiles the kernels that only measurements need.</summary>
    /// <param name="backend">Whose device to measure.</param>
    public GpuMeasurements(GpuBackend backend)
    {
        (_backend, _memory) = (backend, backend.Memory);
        _oneChain = _memory.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int, ArrayView<Element>>(MeasureKernels.MultiplyInOneChain);
        _fourChains = _memory.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int, ArrayView<Element>>(MeasureKernels.MultiplyInFourChains);
    }

    /// <summary>What the driver says of the device.</summary>
    public GpuDescription Describe()
    {
        var accelerator = _memory.Accelerator;
        var cuda = accelerator as CudaAccelerator;
        return new(
            accelerator.Name,
            $"{accelerator.AcceleratorType}",
            accelerator.MemorySize,
            accelerator.NumMultiprocessors,
            cuda?.ClockRate ?? 0,
            cuda is null ? "" : $"{cuda.Architecture}",
            cuda is null ? "" : $"{cuda.DriverVersion}");
    }

    /// <summary>Has threads multiply powers of elements of Fr by these again and again.</summary>
    /// <param name="elements">Elements that the chains begin with, one for each chain.</param>
    /// <param name="chains">Chains of a thread, 1 or 4; they divide the elements.</param>
    /// <param name="products">Products of each chain.</param>
    /// <param name="rounds">How often to measure.</param>
    /// <returns>Each round's seconds, for elements·products of them.</returns>
    /// <exception cref="ArgumentException">Another number of chains, or elements that they do not divide.</exception>
    public IReadOnlyList<double> Products(ReadOnlySpan<Fr> elements, int chains, int products, int rounds)
    {
        if (chains is not (1 or MostChains) || elements.Length % chains != 0)
            throw new ArgumentException($"A thread has 1 or {MostChains} chains, which divide the elements; got {chains} chains and {elements.Length:N0} elements.", nameof(chains));

        using var stream = _memory.Accelerator.CreateStream();
        using var factors = new DeviceArray<Element>(_memory);
        using var powers = new DeviceArray<Element>(_memory);
        var threads = elements.Length / chains;
        var from = factors.Write(stream, elements);
        var to = powers.Take(threads);
        return Time(stream, rounds, () => (chains == 1 ? _oneChain : _fourChains)(stream, threads, from, products, to));
    }

    /// <summary>Has each thread add up a run of a table's points.</summary>
    /// <param name="bases">A table of the backend, none of its points at infinity.</param>
    /// <param name="signedIndices">Which points, complemented where they count negatively.</param>
    /// <param name="runLength">Points of a run.</param>
    /// <param name="rounds">How often to measure.</param>
    /// <returns>Each round's seconds.</returns>
    /// <exception cref="DeviceMemoryException">The table or the sums have no room on the device.</exception>
    public IReadOnlyList<double> AddInG1(IPointTable<G1Affine> bases, ReadOnlySpan<int> signedIndices, int runLength, int rounds) =>
        Add(OwnedHandle.Of<GpuPointTable<DeviceField<BaseModulus>, Fq, G1Curve>>(_backend, bases), signedIndices, runLength, rounds);

    /// <summary>The same in G2.</summary>
    /// <inheritdoc cref="AddInG1"/>
    public IReadOnlyList<double> AddInG2(IPointTable<G2Affine> bases, ReadOnlySpan<int> signedIndices, int runLength, int rounds) =>
        Add(OwnedHandle.Of<GpuPointTable<DeviceFq2, Fq2, G2Curve>>(_backend, bases), signedIndices, runLength, rounds);

    private IReadOnlyList<double> Add<TDevice, TField, TCurve>(
        GpuPointTable<TDevice, TField, TCurve> table, ReadOnlySpan<int> signedIndices, int runLength, int rounds)
        where TDevice : unmanaged, IDeviceField<TDevice>
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        if (!table.IsResident)
            throw new DeviceMemoryException($"{_memory.Accelerator.Name} has no room for {table.Count:N0} points.");

        var launches = new SumLaunches<TDevice>(_memory.Accelerator);
        using var room = new SumRoom<TDevice>(_memory);
        var (bases, _) = table.Piece(0, table.FiniteCount, room);
        var indices = room.SignedIndices.Write(room.Stream, signedIndices);
        return Time(room.Stream, rounds, () => launches.SumListedBases(room, indices, runLength, bases));
    }

    private static IReadOnlyList<double> Time(AcceleratorStream stream, int rounds, Action launch)
    {
        var seconds = new double[rounds];
        for (var round = -1; round < rounds; round++)
        {
            stream.Synchronize();
            var start = Stopwatch.GetTimestamp();
            launch();
            stream.Synchronize();
            if (round >= 0)
                seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }
}

/// <summary>A device as its driver describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"Cuda", "OpenCL" or "CPU".</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Multiprocessors">Its multiprocessors.</param>
/// <param name="ClockMegahertz">Their highest clock; 0 where that is not told.</param>
/// <param name="Architecture">The architecture that kernels are compiled for; empty off CUDA.</param>
/// <param name="Driver">The newest version of CUDA that the driver serves; empty off CUDA.</param>
public sealed record GpuDescription(
    string Name, string Kind, long MemoryBytes, int Multiprocessors, int ClockMegahertz, string Architecture, string Driver);
