using System.Runtime.InteropServices;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The code that multiplies slices of rows with a vector, eight rows at a time, one in each lane.</summary>
/// <remarks>
/// <para>A slice is a list of terms of 64 bytes, each the columns of eight rows' terms and the numbers of their coefficients:</para>
/// <code>
///            row 0  row 1 … row 7   row 0  row 1 … row 7
/// term 0  [ column column … column |  id     id  …  id  ]
/// term 1  [ column column … column |  id     id  …  id  ]
///   ⋮
/// </code>
/// <para>
/// Vectors keep the form they are stored in, x·2²⁵⁶, and coefficients are kept as c·2²⁶⁰, so that a product reduced by 2²⁶⁰ is cx·2²⁵⁶.
/// </para>
/// <para>
/// Ranges: factors are below p, so a sum of 128 products is below 128p². As 2²⁶⁰ is above 84p, reduction leaves less than
/// (128/84 + 1)·p &lt; 2.6p. That is brought below (1 + 2⁻³⁹)·p and then below p.
/// </para>
/// </remarks>
internal sealed unsafe class RowCode
{
    /// <summary>How many terms a row in a slice may have: what a column of 64 bits holds.</summary>
    public const int LongestRow = 128;

    /// <summary>Bytes of a term of eight rows.</summary>
    public const int TermBytes = 64;

    /// <summary>How many terms ahead the vector's elements are fetched; as many must follow the last slice.</summary>
    public const int Lookahead = 8;

    private const int IdOffset = TermBytes / 2;
    private const int SliceBytes = 8 * 32;

    private static readonly Lazy<RowCode> Lazy = new(() => new RowCode());

    private RowCode()
    {
        var data = new KernelData(Fr.Modulus);
        Multiply = Emit(data);
        Constants = data.Build();
    }

    /// <summary>The code, assembled when first asked for.</summary>
    public static RowCode Instance => Lazy.Value;

    /// <summary>What the kernel reads: <see cref="RowArguments.Constants"/>.</summary>
    public NativeBlock Constants { get; }

    /// <summary>The products of one or more slices.</summary>
    public delegate* unmanaged<void*, void> Multiply { get; }

    private static delegate* unmanaged<void*, void> Emit(KernelData data)
    {
        var packingOrder = InstructionStream.PackingOrder(data);
        var assembler = new Assembler(64);
        assembler.mov(rax, rdi);
        AssemblerRegister64[] registers = [rdi, rsi, rdx, r8, rcx, r9, r10];
        for (var i = 0; i < registers.Length; i++)
        {
            assembler.mov(registers[i], __qword_ptr[rax + sizeof(ulong) * i]);
        }

        var (slice, term, reduction) = (assembler.CreateLabel(), assembler.CreateLabel(), assembler.CreateLabel());
        var stream = new InstructionStream(data, registers: 32);
        var sum = stream.TakeSum();
        stream.Do(c => c.Label(ref slice));
        stream.Clear(sum);
        stream.Do(c =>
        {
            c.mov(r11d, __dword_ptr[r9]);
            c.test(r11d, r11d);
            c.jz(reduction);
            c.Label(ref term);
        });
        var elements = stream.GatherElements(rdx, 0);
        stream.PrefetchElements(rdx, Lookahead * TermBytes);
        var coefficients = stream.GatherElements(r8, IdOffset);
        stream.AddProduct(sum, elements, coefficients);
        stream.Do(c =>
        {
            c.add(rsi, TermBytes);
            c.dec(r11d);
            c.jnz(term);
            c.Label(ref reduction);
        });
        var products = stream.ReduceSum(sum);
        stream.Normalise(products);
        stream.Reduce(products);
        stream.SubtractModulusOnce(products, mask: 1);
        stream.Pack(products, quarter => __zmmword_ptr[rdi + quarter * KernelData.VectorBytes], packingOrder);
        stream.Do(c =>
        {
            c.add(rdi, SliceBytes);
            c.add(r9, sizeof(int));
            c.dec(rcx);
            c.jnz(slice);
        });
        InstructionStream.Interleave(assembler, stream);
        assembler.vzeroupper();
        assembler.ret();
        return MachineCode.Load(assembler);
    }
}

/// <summary>What the kernel of <see cref="RowCode"/> is given: registers rdi, rsi, rdx, r8, rcx, r9, r10 in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RowArguments
{
    /// <summary>Where the products go, in the order of rows: eight for each slice.</summary>
    public Fr* Products;

    /// <summary>The slices' terms, one slice after the other.</summary>
    public int* Terms;

    /// <summary>The vector.</summary>
    public Fr* Vector;

    /// <summary>16 times the coefficients.</summary>
    public Fr* Coefficients;

    /// <summary>Number of slices, at least one.</summary>
    public nint Count;

    /// <summary>Number of terms of each slice, at most <see cref="RowCode.LongestRow"/>.</summary>
    public int* Lengths;

    public byte* Constants;
}
