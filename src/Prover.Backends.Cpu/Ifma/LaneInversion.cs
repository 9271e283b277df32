using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Inverts the eight lanes of a product of two elements, and from that both of them, for one scalar inversion.</summary>
/// <remarks>
/// The lanes are multiplied together in three steps, each with the lanes of the step before swapped:
/// <code>
/// c  = a·b                c₀ c₁ c₂ c₃ c₄ c₅ c₆ c₇
/// d  = c·swap₄(c)         d₀ = c₀c₄ = d₄, …         halves swapped
/// e  = d·swap₂(d)         e₀ = c₀c₂c₄c₆ = e₂, …     quarters swapped
/// f  = e·swap₁(e)         the product of all, in every lane
/// </code>
/// The product of all lanes but its own is swap₄(c)·swap₂(d)·swap₁(e) in every lane; with 1/f that makes 1/c, and 1/a = b/c, 1/b = a/c.
/// </remarks>
internal sealed unsafe class LaneInversion
{
    private readonly KernelData _data;
    private readonly int _first, _second, _swapped;

    /// <param name="data">Where a and b lie.</param>
    /// <param name="first">a's offset.</param>
    /// <param name="second">b's offset.</param>
    /// <param name="inverse">Where 1/a goes, and 1/b behind it.</param>
    /// <param name="ofProduct">Whether 1/c goes there instead.</param>
    public LaneInversion(KernelData data, int first, int second, int inverse, bool ofProduct)
    {
        (_data, _first, _second) = (data, first, second);
        _swapped = data.Scratch(3 * KernelData.Limbs);
        Total = data.Scratch(KernelData.Limbs);
        Seed = data.Scratch(1);
        Fold = Emit(FoldLanes());
        Share = Emit(ShareOut(inverse, ofProduct));
    }

    /// <summary>Multiplies all lanes together. Called with a thread's data.</summary>
    public delegate* unmanaged<void*, void> Fold { get; }

    /// <summary>Offset of f, the same in all lanes.</summary>
    public int Total { get; }

    /// <summary>Offset of five words, the limbs of what is to take the place of 1/f.</summary>
    public int Seed { get; }

    /// <summary>Shares the seed out to all lanes. Called with a thread's data.</summary>
    public delegate* unmanaged<void*, void> Share { get; }

    private InstructionStream FoldLanes()
    {
        var stream = new InstructionStream(_data, 0, 32);
        var product = stream.Load(At(_first));
        product = Multiply(stream, product, At(_second));
        for (var step = 0; step < 3; step++)
        {
            stream.Store(Swapped(stream, product, step), At(Step(step)));
            product = Multiply(stream, product, At(Step(step)));
        }

        stream.Store(product, At(Total));
        return stream;
    }

    private InstructionStream ShareOut(int inverse, bool ofProduct)
    {
        var stream = new InstructionStream(_data, 0, 32);
        var share = stream.Load(At(Step(0)));
        share = Multiply(stream, share, limb => __qword_ptr[r10 + Seed + sizeof(ulong) * limb], broadcast: true);
        share = Multiply(stream, share, At(Step(1)));
        share = Multiply(stream, share, At(Step(2)));
        if (ofProduct)
        {
            stream.Store(share, At(inverse));
            return stream;
        }

        foreach (var (other, target) in new[] { (_second, inverse), (_first, inverse + KernelData.BlockBytes) })
        {
            var result = stream.Multiply(share, At(other));
            stream.Normalise(result);
            stream.Store(result, At(target));
        }

        return stream;
    }

    private int Step(int step) => _swapped + step * KernelData.BlockBytes;

    private static Vector[] Multiply(InstructionStream stream, Vector[] b, Func<int, Memory> a, bool broadcast = false)
    {
        var product = stream.Multiply(b, a, broadcast);
        stream.Release(b);
        stream.Normalise(product);
        return product;
    }

    /// <summary>A copy with halves, quarters or neighbouring lanes swapped.</summary>
    private static Vector[] Swapped(InstructionStream stream, Vector[] element, int step) => [.. element.Select(limb =>
    {
        var swapped = stream.Take();
        stream.Do(step switch
        {
            0 => c => c.vshufi64x2(swapped, limb, limb, 0b01_00_11_10),
            1 => c => c.vpermq(swapped, limb, 0b01_00_11_10),
            _ => c => c.vpermq(swapped, limb, 0b10_11_00_01),
        });
        return swapped;
    })];

    private static Func<int, Memory> At(int offset) => i => KernelData.At(offset + KernelData.VectorBytes * i);

    private static delegate* unmanaged<void*, void> Emit(InstructionStream stream)
    {
        var assembler = new Assembler(64);
        assembler.mov(r10, rdi);
        InstructionStream.Interleave(assembler, stream);
        assembler.vzeroupper();
        assembler.ret();
        return MachineCode.Load(assembler);
    }
}
