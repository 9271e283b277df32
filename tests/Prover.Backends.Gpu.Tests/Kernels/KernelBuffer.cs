using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Prover.Backends.Gpu.Tests;

/// <summary>A kernel's argument that is a view of memory: what the memory holds before, or that it holds nothing.</summary>
internal abstract class KernelBuffer
{
    /// <summary>Elements of the view.</summary>
    public abstract int Length { get; }

    /// <summary>The memory on the interpreter's device.</summary>
    public abstract PtxRegion Place(PtxMemory memory, string name);

    /// <summary>The memory on one of ILGPU's devices, and the view that a kernel takes.</summary>
    public abstract (MemoryBuffer Buffer, object View) Place(Accelerator accelerator);

    /// <summary>What the memory holds after a kernel, as an array of the elements.</summary>
    public abstract Array Read(PtxRegion region);

    /// <summary>The same from one of ILGPU's devices.</summary>
    public abstract Array Read(MemoryBuffer buffer);
}

/// <summary>A view of elements of some type.</summary>
/// <param name="length">How many.</param>
/// <param name="initial">What they are before; null for memory that the kernel must write all of before anyone reads it.</param>
internal sealed class KernelBuffer<T>(int length, T[]? initial) : KernelBuffer
    where T : unmanaged
{
    public override int Length => length;

    public override PtxRegion Place(PtxMemory memory, string name) =>
        initial is null ? memory.AllocateUnwritten(name, length * Unsafe.SizeOf<T>()) : memory.Allocate<T>(name, initial);

    public override (MemoryBuffer Buffer, object View) Place(Accelerator accelerator)
    {
        var buffer = initial is null ? accelerator.Allocate1D<T>(length) : accelerator.Allocate1D(initial);
        return (buffer, buffer.AsArrayView<T>(0, length));
    }

    public override Array Read(PtxRegion region) => region.ToArray<T>();

    public override Array Read(MemoryBuffer buffer) => ((MemoryBuffer1D<T, Stride1D.Dense>)buffer).GetAsArray1D();
}
