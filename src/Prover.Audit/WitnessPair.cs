using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Two assignments that satisfy every row, agree on all inputs and differ elsewhere: the proof that a system is not unique.</summary>
public sealed class WitnessPair
{
    private WitnessPair(R1cs system, Fr[] first, Fr[] second)
    {
        (First, Second) = (first, second);
        DifferingWires = [.. Enumerable.Range(0, first.Length).Where(wire => first[wire] != second[wire])];
        DiffersInOutput = DifferingWires[0] <= system.PublicOutputCount;
    }

    /// <summary>One assignment.</summary>
    public IReadOnlyList<Fr> First { get; }

    /// <summary>The other one.</summary>
    public IReadOnlyList<Fr> Second { get; }

    /// <summary>The wires in which they differ, ascending; at least one.</summary>
    public IReadOnlyList<int> DifferingWires { get; }

    /// <summary>Whether an output is among them.</summary>
    public bool DiffersInOutput { get; }

    /// <summary>The pair, if it is one: both assignments satisfy the system, they differ, and they do not differ in an input.</summary>
    public static WitnessPair? Check(R1cs system, ReadOnlySpan<Fr> first, ReadOnlySpan<Fr> second)
    {
        ArgumentNullException.ThrowIfNull(system);
        var firstInput = 1 + system.PublicOutputCount;
        var inputs = firstInput..(firstInput + system.PublicInputCount + system.PrivateInputCount);
        return first.SequenceEqual(second)
            || !first[inputs].SequenceEqual(second[inputs])
            || system.FindViolation(first) is not null
            || system.FindViolation(second) is not null
            ? null
            : new(system, first.ToArray(), second.ToArray());
    }
}
