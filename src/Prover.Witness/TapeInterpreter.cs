using System.Numerics;

namespace Prover.Witness;

/// <summary>Executes a tape over a slot array whose inputs are set.</summary>
internal readonly ref struct TapeInterpreter
{
    private readonly WitnessTape _tape;
    private readonly Span<Fr> _slots;
    private readonly ReadOnlySpan<int> _rowStarts;
    private readonly ReadOnlySpan<int> _rowSlots;
    private readonly ReadOnlySpan<int> _coefficientIds;
    private readonly ReadOnlySpan<Fr> _coefficients;
    private readonly int _one;

    /// <param name="tape">What to execute.</param>
    /// <param name="slots">The values.</param>
    /// <param name="one">The number of the coefficient 1 in the linear table; −1 if it does not occur.</param>
    public TapeInterpreter(WitnessTape tape, Span<Fr> slots, int one)
    {
        _tape = tape;
        _slots = slots;
        _rowStarts = tape.Linear.RowStarts.Span;
        _rowSlots = tape.Linear.Wires.Span;
        _coefficientIds = tape.Linear.CoefficientIds.Span;
        _coefficients = tape.Linear.Coefficients.Span;
        _one = one;
    }

    /// <summary>Executes instructions of one level and returns the least requirement that fails, or the greatest integer.</summary>
    public int Run(int start, int end, InversionBatch batch)
    {
        var failed = int.MaxValue;
        var instructions = _tape.Instructions.AsSpan(start, end - start);
        instructions = instructions[Invert(instructions, batch)..];
        foreach (ref readonly var instruction in instructions)
        {
            if (!Execute(instruction) && instruction.Parameter < failed)
            {
                failed = instruction.Parameter;
            }
        }

        return failed;
    }

    /// <summary>Executes the inversions, which come first, together and returns how many they are.</summary>
    private int Invert(ReadOnlySpan<TapeInstruction> level, InversionBatch batch)
    {
        var count = 0;
        while (count < level.Length && level[count].Operation is TapeOperation.Inverse or TapeOperation.IsZero)
        {
            batch.Add(Evaluate(level[count++].X));
        }

        var inverses = batch.Invert();
        for (var i = 0; i < count; i++)
        {
            var destination = level[i].Destination;
            _slots[destination] = inverses[i];
            if (level[i].Operation == TapeOperation.IsZero)
            {
                _slots[destination + 1] = inverses[i].IsZero ? Fr.One : Fr.Zero;
            }
        }

        return count;
    }

    /// <summary>Σ coefficient·slot over a row of the linear table.</summary>
    private Fr Evaluate(int row)
    {
        var sum = Fr.Zero;
        for (var term = _rowStarts[row]; term < _rowStarts[row + 1]; term++)
        {
            var (slot, id) = (_rowSlots[term], _coefficientIds[term]);
            sum += slot == 0 ? _coefficients[id] : id == _one ? _slots[slot] : _coefficients[id] * _slots[slot];
        }

        return sum;
    }

    private bool Execute(in TapeInstruction instruction)
    {
        var destination = instruction.Destination;
        var x = Evaluate(instruction.X);
        switch (instruction.Operation)
        {
            case TapeOperation.Linear:
                _slots[destination] = x;
                return true;
            case TapeOperation.Product:
                _slots[destination] = instruction.X == instruction.Y ? x.Square() : x * Evaluate(instruction.Y);
                return true;
            case TapeOperation.BoundedBits:
                WriteBits(_slots[destination..], x, _tape.Integers[instruction.Parameter]);
                return true;
            case TapeOperation.FloorDivide:
                _slots[destination] = FloorDivide(x, Evaluate(instruction.Y));
                return true;
            case TapeOperation.RequireZero:
                return x.IsZero || IsUnguarded(instruction);
            case TapeOperation.RequireNonZero:
                return !x.IsZero || IsUnguarded(instruction);
            case TapeOperation.RequireRange:
                var requirement = _tape.Requirements[instruction.Parameter];
                var value = x.ToSignedInteger();
                return (requirement.Low <= value && value <= requirement.High) || IsUnguarded(instruction);
            default:
                throw new InvalidOperationException($"Unknown tape operation {instruction.Operation}.");
        }
    }

    /// <summary>Whether the requirement's guard is false, so that it does not count.</summary>
    private bool IsUnguarded(in TapeInstruction instruction) =>
        instruction.Y >= 0 && Evaluate(instruction.Y).IsZero;

    private static void WriteBits(Span<Fr> destination, in Fr x, BigInteger bound)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        x.ToCanonicalLimbs(limbs);
        Span<ulong> boundLimbs = stackalloc ulong[4];
        boundLimbs.Clear();
        bound.TryWriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(boundLimbs), out _, isUnsigned: true);
        var layout = new BoundedBitsLayout(bound);
        var count = layout.BitCount;
        for (var i = 1; i < count; i++)
        {
            destination[i - 1] = Bit(limbs, i) ? Fr.One : Fr.Zero;
        }

        var product = Bit(limbs, count - 1);
        var next = count - 1;
        for (var i = count - 2; i >= layout.TrailingOnes; i--)
        {
            if (Bit(boundLimbs, i))
            {
                product &= Bit(limbs, i);
                destination[next++] = product ? Fr.One : Fr.Zero;
            }
        }
    }

    private static bool Bit(ReadOnlySpan<ulong> limbs, int index) => ((limbs[index >> 6] >> (index & 63)) & 1) != 0;

    private static Fr FloorDivide(in Fr x, in Fr y)
    {
        Span<ulong> a = stackalloc ulong[4];
        Span<ulong> b = stackalloc ulong[4];
        x.ToCanonicalLimbs(a);
        y.ToCanonicalLimbs(b);
        if ((a[2] | a[3] | b[2] | b[3]) == 0 && (b[0] | b[1]) != 0)
        {
            var small = new UInt128(a[1], a[0]) / new UInt128(b[1], b[0]);
            return Fr.TryFromCanonicalLimbs([(ulong)small, (ulong)(small >> 64), 0, 0], out var result)
                ? result
                : throw new InvalidOperationException("A number below 2¹²⁸ is canonical.");
        }

        var divisor = y.ToSignedInteger();
        if (divisor.Sign <= 0)
        {
            return Fr.Zero;
        }

        var quotient = BigInteger.DivRem(x.ToSignedInteger(), divisor, out var remainder);
        return Fr.FromInteger(remainder.Sign < 0 ? quotient - 1 : quotient);
    }
}
