using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Prover.Backends.Gpu.Ptx;

namespace Prover.Backends.Gpu.Tests;

/// <summary>What the driver's assembler made of each kernel: registers, and bytes of local memory, where values lie that have no register.</summary>
public sealed class CudaKernelTests : IDisposable
{
    // CUfunction_attribute of the driver's interface.
    private const int LocalBytes = 3;
    private const int Registers = 4;

    private readonly Context _context;
    private readonly Accelerator _accelerator;

    public CudaKernelTests()
    {
        RealGpu.Require();
        _context = Context.Create(builder => builder.ForKernels().Cuda());
        var devices = _context.GetCudaDevices();
        Assert.SkipUnless(devices.Count > 0, "This machine's GPU is not CUDA's.");
        _accelerator = devices[0].CreateAccelerator(_context);
    }

    private delegate int GetAttribute(out int value, int attribute, nint function);

    [Fact]
    public void No_kernel_of_g1_or_fr_spills()
    {
        var library = NativeLibrary.Load(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");
        var getAttribute = Marshal.GetDelegateForFunctionPointer<GetAttribute>(NativeLibrary.GetExport(library, "cuFuncGetAttribute"));
        var spills = new List<string>();
        _accelerator.Bind();
        foreach (var kernel in KernelTable.Cases.Values.DistinctBy(kernel => kernel.Method))
        {
            var isGrouped = typeof(IIndex).IsAssignableFrom(kernel.Method.GetParameters()[0].ParameterType);
            var compiled = (CudaKernel)(isGrouped ? _accelerator.LoadAutoGroupedKernel(kernel.Method) : _accelerator.LoadKernel(kernel.Method));
            Assert.Equal(0, getAttribute(out var registers, Registers, compiled.FunctionPtr));
            Assert.Equal(0, getAttribute(out var local, LocalBytes, compiled.FunctionPtr));
            TestContext.Current.TestOutputHelper!.WriteLine($"{kernel.Name}: {registers} registers, {local} bytes of local memory");
            Assert.True(registers > 0);
            if (local > 0 && !kernel.Name.EndsWith("in G2", StringComparison.Ordinal))
                spills.Add($"{kernel.Name}: {local} bytes");
        }

        Assert.Empty(spills);
    }

    public void Dispose()
    {
        _accelerator.Dispose();
        _context.Dispose();
    }
}
