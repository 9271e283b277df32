using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;
using Prover.Algebra;
using Prover.Testing;
using Fq2Element = Prover.Backends.Gpu.DeviceFq2;
using FqElement = Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>;
using FrElement = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// The field operations' PTX, carried out by the interpreter, against the host's field: on elements with awkward carries; on operands whose
/// result is as close to 0 or p as there is, where a last subtraction of p is decided by the lowest words; and on factors whose topmost partial
/// products have a lower word of ones, through which a carry goes that others meet once in 2³².
/// </summary>
public sealed class FieldLawTests
{
    private const int RandomRows = 1500;
    private const int CloseRows = 500;
    private const int CarryRows = 100;
    private const int Words = 8;

    public static TheoryData<string> Operations { get; } = [.. typeof(FieldKernels).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Ptx_computes_in_fr(string operation) => Check<Fr, FrElement>(operation, FieldGenerators.Scalars, Smallest<ScalarModulus>());

    [Theory]
    [MemberData(nameof(Operations))]
    public void Ptx_computes_in_fq(string operation) => Check<Fq, FqElement>(operation, FieldGenerators.Coordinates, Smallest<BaseModulus>());

    [Theory]
    [MemberData(nameof(Operations))]
    public void Ptx_computes_in_fq2(string operation) =>
        Check<Fq2, Fq2Element>(operation, FieldGenerators.QuadraticElements, new Fq2(Smallest<BaseModulus>(), Smallest<BaseModulus>()));

    private static void Check<THost, TDevice>(string operation, Gen<THost> elements, THost smallest)
        where THost : struct, IField<THost>
        where TDevice : unmanaged, IDeviceField<TDevice>
    {
        var operands = operation == nameof(FieldKernels.Square) ? [SquareOperands(elements, smallest)] : Operands(operation, elements, smallest);
        var buffers = operands.Select(column => (object)KernelInputs.Of(MemoryMarshal.Cast<THost, TDevice>(column).ToArray()));
        var count = operands[0].Length;
        var launch = KernelLaunch.Of(count, [.. buffers, KernelInputs.Unwritten<TDevice>(count)]);
        var method = typeof(FieldKernels).GetMethod(operation)!.MakeGenericMethod(typeof(TDevice));
        var text = KernelRunner.Translate(new KernelCase(operation, method, _ => launch), CudaArchitecture.SM_90, CudaInstructionSet.ISA_78);
        var results = (TDevice[])KernelRunner.Interpret(PtxModule.Parse(text), launch, seed: 0).Buffers[^1];
        var actual = MemoryMarshal.Cast<TDevice, THost>(results);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(Expected(operation, [.. operands.Select(column => column[i])]), actual[i]);
        }
    }

    private static THost Expected<THost>(string operation, THost[] operands)
        where THost : struct, IField<THost> => operation switch
        {
            nameof(FieldKernels.Add) => THost.Add(operands[0], operands[1]),
            nameof(FieldKernels.Subtract) => THost.Subtract(operands[0], operands[1]),
            nameof(FieldKernels.Multiply) => THost.Multiply(operands[0], operands[1]),
            nameof(FieldKernels.Square) => THost.Multiply(operands[0], operands[0]),
            _ => THost.Add(THost.Multiply(operands[0], operands[1]), THost.Multiply(operands[2], operands[3])),
        };

    /// <summary>
    /// Columns of operands: random rows, then rows whose result is a small multiple of the smallest element or of its opposite, then rows of
    /// factors a and b with a₇·bᵢ ≡ −1 modulo 2³².
    /// </summary>
    private static THost[][] Operands<THost>(string operation, Gen<THost> elements, THost smallest)
        where THost : struct, IField<THost>
    {
        var source = new PCG(1, 1);
        THost Draw() => elements.Generate(source, null, out _);
        var columns = operation == nameof(FieldKernels.SumOfProducts) ? 4 : 2;
        var rows = Enumerable.Range(0, RandomRows).Select(_ => Enumerable.Range(0, columns).Select(_ => Draw()).ToArray()).ToList();
        var wanted = THost.Subtract(THost.Zero, THost.Add(smallest, smallest));
        while (rows.Count < RandomRows + CloseRows)
        {
            var row = Enumerable.Range(0, columns).Select(_ => Draw()).ToArray();
            var result = (rows.Count % 5) switch
            {
                0 => wanted,
                1 => THost.Add(wanted, smallest),
                2 => THost.Zero,
                3 => smallest,
                _ => THost.Add(smallest, smallest),
            };
            row[1] = operation switch
            {
                nameof(FieldKernels.Add) => THost.Subtract(result, row[0]),
                nameof(FieldKernels.Subtract) => THost.Subtract(row[0], result),
                nameof(FieldKernels.Multiply) => THost.Multiply(result, row[0].InvertNonZero()),
                _ => THost.Multiply(THost.Subtract(result, THost.Multiply(row[2], row[3])), row[0].InvertNonZero()),
            };
            rows.Add(row);
        }

        var random = new Random(1);
        for (var i = 0; i < CarryRows; i++)
        {
            var row = Enumerable.Range(0, columns).Select(_ => Draw()).ToArray();
            (row[0], row[1]) = FactorsThatCarry<THost>(random);
            rows.Add(row);
        }

        return [.. Enumerable.Range(0, columns).Select(column => rows.Select(row => row[column]).ToArray())];
    }

    /// <summary>Factors of hard products, and elements whose words are all ones or zeros, as far as they are below p: their partial sums carry the furthest.</summary>
    private static THost[] SquareOperands<THost>(Gen<THost> elements, THost smallest)
        where THost : struct, IField<THost>
    {
        var products = Operands(nameof(FieldKernels.Multiply), elements, smallest);
        var extremes = new THost[1 << Words];
        for (var i = 0; i < extremes.Length; i++)
        {
            var words = MemoryMarshal.Cast<THost, uint>(extremes.AsSpan(i, 1));
            for (var word = 0; word < words.Length; word++)
            {
                words[word] = (i >> (word % Words) & 1) == 0 ? 0 : word % Words == Words - 1 ? 0x2fff_ffff : ~0u;
            }
        }

        return [.. products[0], .. products[1], .. extremes];
    }

    private static (THost A, THost B) FactorsThatCarry<THost>(Random random)
        where THost : struct
    {
        // Less than the topmost word of either prime, 0x30644e72.
        const int Top = 0x3000_0000;
        var a = new THost[1];
        var b = new THost[1];
        var aWords = MemoryMarshal.Cast<THost, uint>(a.AsSpan());
        var bWords = MemoryMarshal.Cast<THost, uint>(b.AsSpan());
        for (var i = 0; i < aWords.Length; i += Words)
        {
            random.NextBytes(MemoryMarshal.AsBytes(aWords.Slice(i, Words)));
            uint negativeInverse;
            do
            {
                aWords[i + Words - 1] = (uint)random.Next(Top) | 1;
                negativeInverse = 0 - Inverse(aWords[i + Words - 1]);
            }
            while (negativeInverse >= Top);

            bWords.Slice(i, Words).Fill(negativeInverse);
        }

        return (a[0], b[0]);
    }

    /// <summary>Of an odd number modulo 2³²: Newton's iteration doubles the bits that are right, of which there are three at first.</summary>
    private static uint Inverse(uint odd)
    {
        var inverse = odd;
        for (var bits = 3; bits < 32; bits *= 2)
        {
            inverse *= 2 - odd * inverse;
        }

        return inverse;
    }

    /// <summary>The element whose Montgomery form is 1.</summary>
    private static PrimeField<TModulus> Smallest<TModulus>()
        where TModulus : struct, IModulus
    {
        var bytes = new byte[PrimeField<TModulus>.ByteCount];
        bytes[0] = 1;
        Assert.True(PrimeField<TModulus>.TryReadMontgomery(bytes, out var element));
        return element;
    }
}
