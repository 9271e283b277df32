using Iced.Intel;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>
/// A sequence of vector instructions that owns some of the registers. Two streams that are emitted interleaved keep both multipliers
/// busy: while one waits for a product's carry, the other multiplies.
/// </summary>
/// <remarks>
/// An element is five vectors, limb i of eight elements in vector i:
/// <code>
///          lane 0   lane 1  …  lane 7
/// limb 0 [  a₀    |   b₀   | … |  h₀  ]     a = Σ aᵢ·2⁵²ⁱ
/// limb 1 [  a₁    |   b₁   | … |  h₁  ]
///   ⋮
/// limb 4 [  a₄    |   b₄   | … |  h₄  ]
/// </code>
/// A limb is normalised if it is in [0, 2⁵²). Limbs of sums and products are signed and wider; <see cref="Normalise"/> carries them.
/// Only normalised elements may be factors, since VPMADD52 reads 52 bits. The top limb keeps what is beyond, so that a value
/// in [0, 2²⁶⁰) is what normalisation needs to have no more than 52 bits there.
/// </remarks>
/// <param name="data">Where constants and scratch space are.</param>
/// <param name="firstRegister">The first of the stream's registers zmm0 … zmm31.</param>
/// <param name="registers">How many it has.</param>
internal sealed partial class InstructionStream(KernelData data, int firstRegister = 0, int registers = 16)
{
    private const int Limbs = KernelData.Limbs;

    private KernelData Data => data;

    private readonly List<Action<Assembler>> _instructions = [];
    private readonly Stack<Vector> _free = new(Enumerable.Range(firstRegister, registers).Reverse().Select(i => new Vector(Register.ZMM0 + i)));

    /// <summary>Bit i: zmm i is taken.</summary>
    private uint _taken;

    /// <summary>Appends an instruction.</summary>
    public void Do(Action<Assembler> instruction) => _instructions.Add(instruction);

    /// <summary>Takes a register.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public Vector Take()
    {
        var vector = _free.Pop();
        _taken |= Bit(vector);
        return vector;
    }

    /// <summary>Gives registers back.</summary>
    /// <exception cref="InvalidOperationException">
    /// One of them is not taken from this stream: another's would be written to while that stream is using it.
    /// </exception>
    public void Release(params ReadOnlySpan<Vector> vectors)
    {
        foreach (var vector in vectors)
        {
            if ((_taken & Bit(vector)) == 0)
                throw new InvalidOperationException($"zmm{Number(vector)} is given back, but was not taken from this stream");

            _taken &= ~Bit(vector);
            _free.Push(vector);
        }
    }

    /// <summary>Loads an element.</summary>
    public Vector[] Load(Func<int, Memory> limb)
    {
        var element = new Vector[Limbs];
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, source) = (element[i] = Take(), limb(i));
            Do(c => c.vmovdqu64(vector, source));
        }

        return element;
    }

    /// <summary>Stores an element and gives its registers back.</summary>
    public void Store(Vector[] element, Func<int, Memory> limb)
    {
        Save(element, limb);
        Release(element);
    }

    /// <summary>Stores an element and keeps it.</summary>
    public void Save(Vector[] element, Func<int, Memory> limb)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, target) = (element[i], limb(i));
            Do(c => c.vmovdqu64(target, vector));
        }
    }

    /// <summary>element ← element + addend, limb by limb, without carries.</summary>
    public void Add(Vector[] element, Func<int, Memory> addend)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, limb) = (element[i], addend(i));
            Do(c => c.vpaddq(vector, vector, limb));
        }
    }

    /// <summary>element ← element − subtrahend, limb by limb, without borrows.</summary>
    public void Subtract(Vector[] element, Func<int, Memory> subtrahend)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, limb) = (element[i], subtrahend(i));
            Do(c => c.vpsubq(vector, vector, limb));
        }
    }

    /// <summary>element ← element − subtrahend, both in registers.</summary>
    public void Subtract(Vector[] element, Vector[] subtrahend)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, limb) = (element[i], subtrahend[i]);
            Do(c => c.vpsubq(vector, vector, limb));
        }
    }

    /// <summary>element ← 2·element, limb by limb.</summary>
    public void Double(Vector[] element)
    {
        foreach (var vector in element)
        {
            Do(c => c.vpaddq(vector, vector, vector));
        }
    }

    /// <summary>element ← 4·element, limb by limb.</summary>
    public void Quadruple(Vector[] element)
    {
        foreach (var vector in element)
        {
            Do(c => c.vpsllq(vector, vector, 2));
        }
    }

    /// <summary>Adds the entry of a table of eight that the bits of the top limb from <paramref name="shift"/> on select.</summary>
    public void AddFromTable(Vector[] element, int table, int shift)
    {
        var (selector, entry, top) = (Take(), Take(), element[^1]);
        Do(c => c.vpsrlq(selector, top, (byte)shift));
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, row) = (element[i], KernelData.At(table + KernelData.VectorBytes * i));
            Do(c => c.vpermq(entry, selector, row));
            Do(c => c.vpaddq(vector, vector, entry));
        }

        Release(selector, entry);
    }

    /// <summary>Reads a mask of eight lanes.</summary>
    public void LoadMask(int mask, Memory source) => Do(c => c.kmovb(MaskRegister(mask), source));

    /// <summary>Takes the lanes of a mask from memory.</summary>
    public void Blend(Vector[] element, Func<int, Memory> other, int mask)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (vector, limb) = (element[i], other(i));
            Do(c => c.vmovdqu64(Masked(vector, mask), limb));
        }
    }

    /// <summary>Carries signed limbs upwards, so that the lower four are in [0, 2⁵²) and the top one has the rest of the value.</summary>
    public void Normalise(Vector[] element)
    {
        var carry = Take();
        for (var i = 0; i + 1 < Limbs; i++)
        {
            var (low, high) = (element[i], element[i + 1]);
            Do(c => c.vpsraq(carry, low, KernelData.LimbBits));
            Do(c => c.vpandq(low, low, data.Mask));
            Do(c => c.vpaddq(high, high, carry));
        }

        Release(carry);
    }

    /// <summary>Appends streams to the code in proportion to their lengths, so that they run side by side from the first to the last.</summary>
    public static void Interleave(Assembler assembler, params ReadOnlySpan<InstructionStream> streams)
    {
        var next = new int[streams.Length];
        while (true)
        {
            var furthestBehind = -1;
            var least = 1.0;
            for (var i = 0; i < streams.Length; i++)
            {
                var progress = (next[i] + 0.5) / streams[i]._instructions.Count;
                if (progress < least)
                    (furthestBehind, least) = (i, progress);
            }

            if (furthestBehind < 0)
                return;

            streams[furthestBehind]._instructions[next[furthestBehind]++](assembler);
        }
    }

    private static int Number(Vector vector) => (Register)vector - Register.ZMM0;

    private static uint Bit(Vector vector) => 1u << Number(vector);
}
