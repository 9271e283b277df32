using System.Numerics;
using Prover.Algebra;

namespace Prover.Witness;

/// <summary>Executes a tape over a slot array whose inputs are set.</summary>
internal readonly ref partial struct TapeInterpreter
{
    private readonly WitnessTape _tape;
    private readonly Span<Fr> _slots;
    private readonly ReadOnlySpan<int> _rowStarts;
    private readonly ReadOnlySpan<int> _rowSlots;
    private readonly ReadOnlySpan<int> _coefficientIds;
    private readonly ReadOnlySpan<Fr> _coefficients;
    private readonly TapeCoefficients _known;
    private readonly InversionBatch _batch;
    private readonly FrLanes? _lanes;

    /// <param name="tape">What to execute.</param>
    /// <param name="slots">The values.</param>
    /// <param name="known">What is known of the tape's coefficients.</param>
    /// <param name="batch">Makes inversions together.</param>
    /// <param name="lanes">Executes instructions that are alike together; null if they are to be executed one by one.</param>
    public TapeInterpreter(WitnessTape tape, Span<Fr> slots, TapeCoefficients known, InversionBatch batch, FrLanes? lanes)
    {
        _tape = tape;
        _slots = slots;
        _rowStarts = tape.Linear.RowStarts.Span;
        _rowSlots = tape.Linear.Wires.Span;
        _coefficientIds = tape.Linear.CoefficientIds.Span;
        _coefficients = tape.Linear.Coefficients.Span;
        (_known, _batch, _lanes) = (known, batch, lanes);
    }

    /// <summary>Executes instructions of one level and returns the least requirement that fails, or the greatest integer.</summary>
    public int Run(int start, int end)
    {
        var failed = int.MaxValue;
        var instructions = _tape.Instructions.AsSpan(start, end - start);
        for (var i = Invert(instructions); i < instructions.Length;)
        {
            var alike = _lanes is null ? 1 : CountAlike(instructions[i..]);
            if (alike >= FewestTogether)
            {
                ExecuteTogether(instructions.Slice(i, alike));
                i += alike;
                continue;
            }

            if (!Execute(instructions[i]) && instructions[i].Parameter < failed)
            {
                failed = instructions[i].Parameter;
            }

            i++;
        }

        return failed;
    }

    /// <summary>Executes the inversions, which come first, together and returns how many they are.</summary>
    private int Invert(ReadOnlySpan<TapeInstruction> level)
    {
        var count = 0;
        while (count < level.Length && level[count].Operation is TapeOperation.Inverse or TapeOperation.IsZero)
        {
            _batch.Add(Evaluate(level[count++].X));
        }

        var inverses = _batch.Invert();
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
        var one = _known.One;
        for (var term = _rowStarts[row]; term < _rowStarts[row + 1]; term++)
        {
            var (slot, id) = (_rowSlots[term], _coefficientIds[term]);
            sum += slot == 0 ? _coefficients[id] : id == one ? _slots[slot] : _coefficients[id] * _slots[slot];
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
