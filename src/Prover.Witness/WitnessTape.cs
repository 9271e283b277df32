using System.Numerics;
using Prover.Constraints;

namespace Prover.Witness;

/// <summary>
/// A straight-line program over slots that computes a circuit's assignment: slot 0 carries 1, then the inputs, the other wires, and
/// intermediate values that are no wires. Every instruction reads only slots written before it.
/// </summary>
/// <param name="WireCount">Slots that are wires.</param>
/// <param name="SlotCount">All slots, at least <paramref name="WireCount"/>.</param>
/// <param name="InputCount">Inputs, on slots 1, 2, ….</param>
/// <param name="Instructions">In execution order: level by level.</param>
/// <param name="LevelEnds">Behind each level's last instruction; no instruction reads what another of its level writes.</param>
/// <param name="Linear">The operands: each row a combination of slots.</param>
/// <param name="Integers">Bounds that instructions name.</param>
/// <param name="Requirements">What failing requirements say.</param>
public sealed record WitnessTape(
    int WireCount,
    int SlotCount,
    int InputCount,
    TapeInstruction[] Instructions,
    int[] LevelEnds,
    SparseMatrix Linear,
    BigInteger[] Integers,
    TapeRequirement[] Requirements)
{
    /// <summary>Computes the assignment, or the first requirement in program order that fails.</summary>
    /// <param name="inputs">One value for each input, in wire order.</param>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    public WitnessResult Solve(ReadOnlySpan<Fr> inputs)
    {
        var slots = Start(inputs);
        var failed = new TapeCrew(this, slots).Run(Environment.ProcessorCount);
        return failed is { } requirement
            ? new(null, MessageFormat.Describe(this, Requirements[requirement], slots))
            : new(Wires(slots), null);
    }

    /// <summary>The assignment without regard to requirements: if one fails, the constraints must refuse what this returns.</summary>
    /// <param name="inputs">One value for each input, in wire order.</param>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    public Fr[] SolveUnchecked(ReadOnlySpan<Fr> inputs)
    {
        var slots = Start(inputs);
        new TapeCrew(this, slots).Run(Environment.ProcessorCount);
        return Wires(slots);
    }

    /// <summary>How many slots an instruction writes.</summary>
    public int OutputCount(in TapeInstruction instruction) => instruction.Operation switch
    {
        TapeOperation.BoundedBits => new BoundedBitsLayout(Integers[instruction.Parameter]).SlotCount,
        TapeOperation.IsZero => 2,
        >= TapeOperation.RequireZero => 0,
        _ => 1,
    };

    private Fr[] Wires(Fr[] slots)
    {
        var wires = GC.AllocateUninitializedArray<Fr>(WireCount);
        slots.AsSpan(0, WireCount).CopyTo(wires);
        return wires;
    }

    private Fr[] Start(ReadOnlySpan<Fr> inputs)
    {
        if (inputs.Length != InputCount)
        {
            throw new ArgumentException($"The circuit has {InputCount:N0} inputs, got {inputs.Length:N0}.", nameof(inputs));
        }

        var slots = new Fr[SlotCount];
        slots[0] = Fr.One;
        inputs.CopyTo(slots.AsSpan(1));
        return slots;
    }
}
