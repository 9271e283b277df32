using System.Reflection;
using ILGPU;

namespace Prover.Backends.Gpu.Tests;

/// <summary>A kernel and how to make inputs for it.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Method">The kernel, with its type arguments.</param>
/// <param name="Inputs">Makes a launch from a source of randomness.</param>
internal sealed record KernelCase(string Name, MethodInfo Method, Func<Random, KernelLaunch> Inputs)
{
    /// <summary>How many calls its PTX may have at most, those in the functions that it calls included; for each the assembler has to clear registers.</summary>
    public int MostCalls { get; init; }
}

/// <summary>A kernel's launch on any device.</summary>
/// <param name="Groups">How many groups.</param>
/// <param name="GroupSize">Threads a group.</param>
/// <param name="SharedBytes">Bytes of dynamic shared memory.</param>
/// <param name="Extent">The index space of an implicitly grouped kernel, an <c>Index1D</c> or <c>Index2D</c>; null for an explicitly grouped one.</param>
/// <param name="Arguments">What comes after the index: buffers and values without references.</param>
internal sealed record KernelLaunch(PtxExtent Groups, PtxExtent GroupSize, int SharedBytes, object? Extent, object[] Arguments)
{
    /// <summary>
    /// Turns what the kernel left in each buffer into something that does not depend on the order in which threads came, for kernels that
    /// hand out places to whoever comes first.
    /// </summary>
    public Func<Array[], Array[]> WithoutOrder { get; init; } = buffers => buffers;

    /// <summary>So many threads, in groups of an odd size, so that the last of them has idle threads.</summary>
    public static KernelLaunch Of(int threads, params object[] arguments)
    {
        const int Size = 7;
        return new(new PtxExtent((threads + Size - 1) / Size), new PtxExtent(Size), 0, new Index1D(threads), arguments);
    }

    /// <summary>The same with threads in two directions.</summary>
    public static KernelLaunch Of(int x, int y, params object[] arguments)
    {
        const int Size = 3;
        return new(new PtxExtent((x + Size - 1) / Size, (y + Size - 1) / Size), new PtxExtent(Size, Size), 0, new Index2D(x, y), arguments);
    }

    /// <summary>So many groups of so many threads each, for a kernel that is grouped explicitly.</summary>
    public static KernelLaunch Grouped(int groups, int groupSize, int sharedBytes, params object[] arguments) =>
        new(new PtxExtent(groups), new PtxExtent(groupSize), sharedBytes, null, arguments);
}
