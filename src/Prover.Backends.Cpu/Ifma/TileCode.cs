using System.Numerics;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The code of a tile's passes over its groups: what those of G1 and G2 have in common. Each is called with <see cref="PassArguments"/>.</summary>
internal abstract unsafe class TileCode
{
    /// <summary>Bits from which on the top limb of a sum selects the multiple of p to subtract: 2²⁵³ = 2⁴·⁵²·2⁴⁵.</summary>
    private const int SelectorShift = 45;

    private readonly int _multiples;

    protected TileCode() => _multiples = Data.NegatedTable(k => ((BigInteger)k << 253) / Fq.Modulus * Fq.Modulus);

    /// <summary>What a pass does with each group.</summary>
    [Flags]
    protected enum Steps
    {
        /// <summary>Finishes the addition begun on the way before.</summary>
        Add = 1,

        /// <summary>Reads the next point.</summary>
        Gather = 2,

        /// <summary>Takes its differences to the sum, and collects the product of their denominators.</summary>
        Differences = 4,

        /// <summary>Collects the product of denominators that are there already.</summary>
        Chain = 8,

        /// <summary>Replaces operands by those that double the latest point.</summary>
        Double = 16,
    }

    /// <summary>Reads each list's first point.</summary>
    public delegate* unmanaged<void*, void> First { get; private set; }

    /// <summary>Reads each list's second point; the first becomes the sum.</summary>
    public delegate* unmanaged<void*, void> Collect { get; private set; }

    /// <summary>Finishes an addition and reads the next point.</summary>
    public delegate* unmanaged<void*, void> Round { get; private set; }

    /// <summary>Finishes an addition and leaves the sum as the list's point.</summary>
    public delegate* unmanaged<void*, void> Finish { get; private set; }

    /// <summary>Collects the product of denominators anew, after some have been changed.</summary>
    public delegate* unmanaged<void*, void> Chain { get; private set; }

    /// <summary>Lets the lanes that are not kept double their latest points: see <see cref="BucketTile{TField, TCurve}"/>.</summary>
    public delegate* unmanaged<void*, void> Double { get; private set; }

    /// <summary>Inverts the products of denominators.</summary>
    public abstract LaneInversion Inversion { get; }

    /// <summary>Constants and the layout of scratch space.</summary>
    protected KernelData Data { get; } = new(Fq.Modulus);

    /// <summary>Constants and scratch space for one thread.</summary>
    public NativeBlock NewData() => Data.Build();

    /// <summary>Assembles all passes, once constants and scratch space have their places.</summary>
    protected void EmitPasses()
    {
        First = Emit(Steps.Gather);
        Collect = Emit(Steps.Gather | Steps.Differences);
        Round = Emit(Steps.Add | Steps.Gather | Steps.Differences);
        Finish = Emit(Steps.Add);
        Chain = Emit(Steps.Chain);
        Double = Emit(Steps.Double);
    }

    /// <summary>What a pass does with the group at rdi, whose indices are at rsi.</summary>
    protected abstract void EmitGroup(Assembler assembler, Steps steps);

    /// <summary>Takes a sum in (0.01p, 5.29p) to one in (0, 1.66p), limbs not normalised.</summary>
    /// <remarks>
    /// Bits 253 and up, k &lt; 8, select the greatest multiple of p that is not above k·2²⁵³. That leaves k·2²⁵³ mod p, in (0.3p, 0.99p) unless k = 0,
    /// and the lower bits, below 2²⁵³ &lt; 0.662p. Carries that the lower limbs still owe, below 2⁻³⁸·2²⁵³, change neither end.
    /// </remarks>
    protected void SubtractMultiple(InstructionStream stream, Vector[] sum) => stream.AddFromTable(sum, _multiples, SelectorShift);

    /// <summary>The limbs of eight elements at an offset in a thread's data.</summary>
    protected static Func<int, Memory> InData(int offset) => i => KernelData.At(offset + KernelData.VectorBytes * i);

    /// <summary>The limbs of eight elements at an offset in the group's state.</summary>
    protected static Func<int, Memory> InState(int offset) => i => __zmmword_ptr[rdi + offset + KernelData.VectorBytes * i];

    /// <summary>Carries the limbs of an element, stores it and gives its registers back.</summary>
    protected static void Store(InstructionStream stream, Vector[] element, Func<int, Memory> target)
    {
        stream.Normalise(element);
        stream.Store(element, target);
    }

    /// <summary>Carries the limbs of an element, stores it in all lanes but those of a mask, and gives its registers back.</summary>
    protected static void Replace(InstructionStream stream, Vector[] element, Func<int, Memory> target, int kept)
    {
        stream.Normalise(element);
        stream.Blend(element, target, kept);
        stream.Store(element, target);
    }

    private delegate* unmanaged<void*, void> Emit(Steps steps)
    {
        var assembler = new Assembler(64);
        assembler.mov(rax, rdi);
        AssemblerRegister64[] arguments = [rdi, rsi, rdx, r11, r10, rcx, r8, r9];
        for (var i = 0; i < arguments.Length; i++)
        {
            assembler.mov(arguments[i], __qword_ptr[rax + 8 * i]);
        }

        var top = assembler.CreateLabel();
        assembler.Label(ref top);
        EmitGroup(assembler, steps);
        assembler.add(rdi, r8);
        assembler.add(rsi, r9);
        assembler.add(r11, r9);
        assembler.dec(rcx);
        assembler.jnz(top);
        assembler.vzeroupper();
        assembler.ret();
        return MachineCode.Load(assembler);
    }
}
