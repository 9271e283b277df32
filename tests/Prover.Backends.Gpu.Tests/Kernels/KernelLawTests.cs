using System.Reflection;
using ILGPU.Runtime.Cuda;

namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// Every kernel's PTX, carried out by the interpreter, leaves in each buffer what the same kernel leaves there as an ordinary method. The PTX
/// that a GPU gets is thereby checked to the last carry on machines without one; what stays unchecked is the assembler's and the GPU's part.
/// </summary>
public sealed class KernelLawTests
{
    private static readonly Dictionary<string, (CudaArchitecture Architecture, CudaInstructionSet InstructionSet)> Targets = new()
    {
        ["sm_80"] = (CudaArchitecture.SM_80, CudaInstructionSet.ISA_70),
        ["sm_90"] = (CudaArchitecture.SM_90, CudaInstructionSet.ISA_78),
    };

    public static TheoryData<string> Kernels { get; } = [.. KernelTable.Cases.Keys];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Ptx_does_what_the_method_does(string name)
    {
        var kernel = KernelTable.Cases[name];
        var modules = Targets.ToDictionary(
            target => target.Key, target => PtxModule.Parse(KernelRunner.Translate(kernel, target.Value.Architecture, target.Value.InstructionSet)));
        for (var seed = 0; seed < 3; seed++)
        {
            var launch = kernel.Inputs(new Random(seed));
            var expected = launch.WithoutOrder(KernelRunner.RunOnCpu(kernel, launch));
            foreach (var (target, module) in modules)
            {
                var actual = launch.WithoutOrder(KernelRunner.Interpret(module, launch, seed).Buffers);
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.True(expected[i].Cast<object>().SequenceEqual(actual[i].Cast<object>()), $"Seed {seed}, {target}: buffer {i} differs.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Registers_hold_everything(string name)
    {
        var kernel = KernelTable.Cases[name];
        var text = KernelRunner.Translate(kernel, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        var module = PtxModule.Parse(text);
        Assert.Equal(0, module.LocalSize);
        Assert.True(module.CallCount <= kernel.MostCalls, $"{module.CallCount} calls, at most {kernel.MostCalls} are allowed.");
    }

    [Fact]
    public void Every_kernel_has_a_case()
    {
        var cases = KernelTable.Cases.Values.Select(kernel => Definition(kernel.Method)).ToHashSet();
        Assert.Equal([], KernelTable.Declared.Where(method => !cases.Contains(Definition(method))).Select(method => method.Name));
    }

    private static MethodInfo Definition(MethodInfo method) => method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
}
