using System.Numerics;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using Prover.Backends.Gpu.Ptx;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Runs kernels as PTX in the interpreter, and as ordinary methods on ILGPU's CPU accelerator.</summary>
internal static class KernelRunner
{
    /// <summary>The PTX that ILGPU makes of a kernel.</summary>
    public static string Translate(KernelCase kernel, CudaArchitecture architecture, CudaInstructionSet instructionSet)
    {
        using var context = Context.Create(builder => builder.ForKernels());
        using var backend = new PTXBackend(context, architecture, instructionSet, null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPoint(kernel), new KernelSpecialization())).PTXAssembly;
    }

    /// <summary>How ILGPU shall look at a kernel: one whose first parameter is an index leaves the groups to ILGPU.</summary>
    public static EntryPointDescription EntryPoint(KernelCase kernel) =>
        kernel.Method.GetParameters()[0].ParameterType.IsAssignableTo(typeof(IIndex))
            ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel.Method)
            : EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method);

    /// <summary>What a kernel's PTX leaves in each buffer, and how many instructions that took.</summary>
    public static (Array[] Buffers, long Instructions) Interpret(PtxModule module, KernelLaunch launch, int seed)
    {
        var memory = new PtxMemory();
        var regions = new List<(KernelBuffer Buffer, PtxRegion Region)>();
        var arguments = new List<byte[]>();
        if (launch.Extent is not null)
            arguments.Add(Bytes(launch.Extent));

        foreach (var argument in launch.Arguments)
        {
            if (argument is KernelBuffer buffer)
            {
                // A view is a pointer and a 64-bit length.
                var region = buffer.Place(memory, $"buffer {regions.Count}");
                regions.Add((buffer, region));
                arguments.Add([.. BitConverter.GetBytes(region.Address), .. BitConverter.GetBytes((long)buffer.Length)]);
            }
            else
            {
                arguments.Add(Bytes(argument));
            }
        }

        // What an implicitly grouped kernel does with idle threads is CUDA's affair; in others OpenCL's barriers would wait for ended threads.
        var grid = new PtxLaunch(launch.Groups, launch.GroupSize, [.. arguments]) { DynamicSharedBytes = launch.SharedBytes, Seed = seed, EndedThreadsArrive = false };
        var instructions = PtxGrid.Run(module, memory, grid);
        return ([.. regions.Select(placed => placed.Buffer.Read(placed.Region))], instructions);
    }

    /// <summary>What a kernel leaves in each buffer on the CPU accelerator.</summary>
    public static Array[] RunOnCpu(KernelCase kernel, KernelLaunch launch)
    {
        using var context = Context.Create(builder => builder.ForKernels().CPU(new CPUDevice(4, (int)BitOperations.RoundUpToPowerOf2((uint)launch.GroupSize.Count / 4 + 1), 1)));
        using var accelerator = context.GetCPUDevice(0).CreateCPUAccelerator(context);
        var buffers = new List<(KernelBuffer Buffer, MemoryBuffer Memory)>();
        try
        {
            var arguments = new List<object>();
            foreach (var argument in launch.Arguments)
            {
                if (argument is KernelBuffer buffer)
                {
                    var (memory, view) = buffer.Place(accelerator);
                    buffers.Add((buffer, memory));
                    arguments.Add(view);
                }
                else
                {
                    arguments.Add(argument);
                }
            }

            Launch(accelerator, kernel, launch, [.. arguments]);
            accelerator.Synchronize();
            return [.. buffers.Select(placed => placed.Buffer.Read(placed.Memory))];
        }
        finally
        {
            buffers.ForEach(placed => placed.Memory.Dispose());
        }
    }

    private static void Launch(Accelerator accelerator, KernelCase kernel, KernelLaunch launch, object[] arguments)
    {
        var stream = accelerator.DefaultStream;
        switch (launch.Extent)
        {
            case Index1D extent:
                accelerator.LoadAutoGroupedKernel(kernel.Method).Launch(stream, extent, arguments);
                break;
            case Index2D extent:
                accelerator.LoadAutoGroupedKernel(kernel.Method).Launch(stream, extent, arguments);
                break;
            default:
                var shared = launch.SharedBytes > 0 ? SharedMemoryConfig.RequestDynamic<byte>(launch.SharedBytes) : default;
                accelerator.LoadKernel(kernel.Method).Launch(stream, new KernelConfig(launch.Groups.X, launch.GroupSize.X, shared), arguments);
                break;
        }
    }

    private static byte[] Bytes(object value)
    {
        var bytes = new byte[Marshal.SizeOf(value)];
        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        Marshal.StructureToPtr(value, handle.AddrOfPinnedObject(), fDeleteOld: false);
        handle.Free();
        return bytes;
    }
}
