using System.Numerics;

namespace Prover.Witness;

/// <summary>Executes a tape over a slot array whose inputs are set.</summary>
internal readonly ref struct TapeInterpreter(WitnessTape tape, Span<Fr> slots)
{
    private readonly Span<Fr> _slots = slots;

    /// <summary>Runs to the end and returns null, or stops at the first requirement that fails if asked to.</summary>
    public RequirementFailure? Run(bool stopAtFailure)
    {
        foreach (ref readonly var instruction in tape.Instructions.AsSpan())
        {
            if (!Execute(instruction) && stopAtFailure)
            {
                return MessageFormat.Describe(tape, tape.Requirements[instruction.Parameter], _slots);
            }
        }

        return null;
    }

    private bool Execute(in TapeInstruction instruction)
    {
        var destination = instruction.Destination;
        var x = tape.Linear.Evaluate(instruction.X, _slots);
        switch (instruction.Operation)
        {
            case TapeOperation.Linear:
                _slots[destination] = x;
                return true;
            case TapeOperation.Product:
                _slots[destination] = instruction.X == instruction.Y ? x.Square() : x * tape.Linear.Evaluate(instruction.Y, _slots);
                return true;
            case TapeOperation.BoundedBits:
                WriteBits(_slots[destination..], x, tape.Integers[instruction.Parameter]);
                return true;
            case TapeOperation.IsZero:
                _slots[destination] = InverseOrZero(x);
                _slots[destination + 1] = x.IsZero ? Fr.One : Fr.Zero;
                return true;
            case TapeOperation.Inverse:
                _slots[destination] = InverseOrZero(x);
                return true;
            case TapeOperation.FloorDivide:
                _slots[destination] = FloorDivide(x, tape.Linear.Evaluate(instruction.Y, _slots));
                return true;
            case TapeOperation.RequireZero:
                return x.IsZero || IsUnguarded(instruction);
            case TapeOperation.RequireNonZero:
                return !x.IsZero || IsUnguarded(instruction);
            case TapeOperation.RequireRange:
                var requirement = tape.Requirements[instruction.Parameter];
                var value = x.ToSignedInteger();
                return (requirement.Low <= value && value <= requirement.High) || IsUnguarded(instruction);
            default:
                throw new InvalidOperationException($"Unknown tape operation {instruction.Operation}.");
        }
    }

    /// <summary>Whether the requirement's guard is false, so that it does not count.</summary>
    private bool IsUnguarded(in TapeInstruction instruction) =>
        instruction.Y >= 0 && tape.Linear.Evaluate(instruction.Y, _slots).IsZero;

    private static Fr InverseOrZero(in Fr x) => x.IsZero || x.IsOne ? x : x.InvertNonZero();

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
