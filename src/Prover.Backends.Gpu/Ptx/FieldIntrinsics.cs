using System.Collections.Immutable;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using Prover.Algebra;
using Registers = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>;

namespace Prover.Backends.Gpu.Ptx;

/// <summary>Puts <see cref="FieldCode"/> in the place of <see cref="DeviceField{TModulus}"/>'s operations wherever ILGPU translates a kernel to PTX.</summary>
internal static class FieldIntrinsics
{
    /// <summary>Prepares a context for kernels: both fields' operations as carry chains, and no more optimisation than is sound.</summary>
    /// <remarks>
    /// ILGPU 1.5.3's O2 moves a load to where its value is used, past stores to the same place: of "number = numbers[i]; numbers[i] = sum;
    /// sum += number" it made sum += sum, as tests that carry out the PTX showed. The assembler behind it optimises anyway.
    /// </remarks>
    public static Context.Builder ForKernels(this Context.Builder builder)
    {
        builder.Optimize(OptimizationLevel.O1);
        var manager = builder.GetIntrinsicManager();
        Register<ScalarModulus>(manager);
        Register<BaseModulus>(manager);
        Register<BaseModulus>(manager, typeof(DeviceFq2), nameof(DeviceFq2.Product), nameof(DeviceFq2.ProductPortably), nameof(FieldIntrinsics<>.QuadraticProduct));
        return builder;
    }

    private static void Register<TModulus>(IntrinsicImplementationManager manager)
        where TModulus : struct, IModulus
    {
        var field = typeof(DeviceField<TModulus>);
        Register<TModulus>(manager, field, nameof(DeviceField<>.Add), nameof(DeviceField<>.AddPortably), nameof(FieldIntrinsics<>.Add));
        Register<TModulus>(manager, field, nameof(DeviceField<>.Subtract), nameof(DeviceField<>.SubtractPortably), nameof(FieldIntrinsics<>.Subtract));
        Register<TModulus>(manager, field, nameof(DeviceField<>.Multiply), nameof(DeviceField<>.MultiplyPortably), nameof(FieldIntrinsics<>.Multiply));
        Register<TModulus>(manager, field, nameof(DeviceField<>.Square), nameof(DeviceField<>.SquarePortably), nameof(FieldIntrinsics<>.Square));
        Register<TModulus>(manager, field, nameof(DeviceField<>.SumOfProducts), nameof(DeviceField<>.SumOfProductsPortably), nameof(FieldIntrinsics<>.SumOfProducts));
    }

    private static void Register<TModulus>(IntrinsicImplementationManager manager, Type type, string operation, string portable, string handler)
        where TModulus : struct, IModulus
    {
        var method = Method(type, operation);
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(FieldIntrinsics<TModulus>), handler, IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new CLIntrinsic(Method(type, portable), IntrinsicImplementationMode.Redirect));
    }

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!;
}

/// <summary>What ILGPU calls to translate one operation of one field.</summary>
internal static class FieldIntrinsics<TModulus>
    where TModulus : struct, IModulus
{
    public static void Add(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Emit(generator, value, (code, operands) => code.Sum(operands[0], operands[1]));

    public static void Subtract(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Emit(generator, value, (code, operands) => code.Difference(operands[0], operands[1]));

    public static void Multiply(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Emit(generator, value, (code, operands) => code.Product(operands[0], operands[1]));

    public static void Square(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Emit(generator, value, (code, operands) => code.Square(operands[0]));

    public static void SumOfProducts(PTXBackend backend, PTXCodeGenerator generator, Value value) =>
        Emit(generator, value, (code, operands) => code.SumOfProducts(operands[0], operands[1], operands[2], operands[3]));

    public static void QuadraticProduct(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit(generator, value, (code, operands) =>
    {
        var (a, b) = (operands[0], operands[1]);
        var (real, imaginary) = code.QuadraticProduct(a[..FieldCode.Words], a[FieldCode.Words..], b[..FieldCode.Words], b[FieldCode.Words..]);
        return [.. real, .. imaginary];
    });

    private static void Emit(PTXCodeGenerator generator, Value value, Func<FieldCode, string[][], string[]> operation)
    {
        var call = (MethodCall)value;
        var operands = new string[call.Nodes.Length][];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = Words(generator.LoadAs<Registers.CompoundRegister>(call[i]).Children);
        }

        var text = new PtxText();
        var result = operation(FieldCode.For<TModulus>(text), operands);
        var destination = Words(((Registers.CompoundRegister)generator.Allocate(value)).Children);
        for (var i = 0; i < destination.Length; i++)
        {
            text.Add("mov.b32", destination[i], result[i]);
        }

        generator.Builder.Append(text);
    }

    private static string[] Words(ImmutableArray<Registers.Register> registers)
    {
        var names = new string[registers.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = registers[i] switch
            {
                Registers.ConstantRegister constant => PtxText.Literal((uint)constant.Value.RawValue),
                Registers.HardwareRegister register => $"%{PTXRegisterAllocator.GetStringRepresentation(register)}",
                var other => throw new NotSupportedException($"An element's word cannot be a register of type {other.Type}."),
            };
        }

        return names;
    }
}
