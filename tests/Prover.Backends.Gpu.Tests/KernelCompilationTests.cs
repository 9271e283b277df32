using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Prover.Backends.Gpu.Ptx;

namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// Every kernel is translated for CUDA and for OpenCL, which needs no device: the CPU accelerator runs kernels as ordinary methods and would
/// not notice what the compilers refuse.
/// </summary>
public sealed class KernelCompilationTests
{
    public static TheoryData<string> Kernels { get; } = [.. KernelTable.Cases.Values.DistinctBy(kernel => kernel.Method).Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Compiles_to_ptx(string kernel)
    {
        using var context = Context.Create(builder => builder.ForKernels());
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        var compiled = Compile(backend, kernel);
        var ptx = ((PTXCompiledKernel)compiled).PTXAssembly;
        Assert.Contains(".entry", ptx, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Compiles_to_opencl(string kernel)
    {
        using var context = Context.Create(builder => builder.ForKernels());
        var capabilities = new CLCapabilityContext(true, false, true, true, true);
        using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Nvidia, CLCVersion.CL20);
        var compiled = Compile(backend, kernel);
        Assert.Contains("kernel void", ((CLCompiledKernel)compiled).Source, StringComparison.Ordinal);
    }

    private static CompiledKernel Compile(Backend backend, string kernel) =>
        backend.Compile(KernelRunner.EntryPoint(KernelTable.Cases[kernel]), new KernelSpecialization());
}
