using System.Runtime.CompilerServices;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Formats;

/// <summary>Checks that the parts of a circuit that was read fit each other: after this nothing can index out of range.</summary>
internal sealed partial class CircuitChecker
{
    private readonly string _path;

    private CircuitChecker(string path) => _path = path;

    /// <exception cref="MalformedFileException">They do not, or the hash is another one.</exception>
    public static void Check(CompiledCircuit circuit, string path)
    {
        var checker = new CircuitChecker(path);
        checker.Check(circuit.R1cs, circuit.Inputs);
        checker.Check(circuit.Tape, circuit);
        checker.Expect(circuit.RowSources.Length == circuit.R1cs.ConstraintCount, "row sources", $"{circuit.RowSources.Length:N0} for {circuit.R1cs.ConstraintCount:N0} rows");
        foreach (var source in circuit.RowSources)
        {
            checker.Expect((uint)source < (uint)circuit.Sources.Count, "row sources", $"source {source} of {circuit.Sources.Count:N0}");
        }

        checker.CheckStates(circuit);
        var hash = CircuitHash.Compute(circuit.Inputs, circuit.R1cs, circuit.Tape, circuit.States);
        checker.Expect(hash == circuit.Hash, "hash", $"the file says {circuit.Hash}, its content has {hash}");
    }

    private void Check(R1cs r1cs, IReadOnlyList<CircuitInput> inputs)
    {
        var publicCount = inputs.Count(input => input.IsPublic);
        Expect(
            r1cs.PublicOutputCount == 0 && r1cs.PublicInputCount == publicCount && r1cs.PrivateInputCount == inputs.Count - publicCount,
            "constraints", $"the counts of public and private inputs contradict the {inputs.Count:N0} inputs listed");
        Expect(inputs.Take(publicCount).All(input => input.IsPublic), "inputs", $"a private input comes before a public one");
        Check(inputs);
        Expect(r1cs.WireCount > inputs.Count, "constraints", $"{r1cs.WireCount:N0} wires for {inputs.Count:N0} inputs");
        Check(r1cs.A, r1cs.WireCount, "matrix A");
        Check(r1cs.B, r1cs.WireCount, "matrix B");
        Check(r1cs.C, r1cs.WireCount, "matrix C");
        Expect(r1cs.A.RowCount == r1cs.B.RowCount && r1cs.A.RowCount == r1cs.C.RowCount, "constraints", $"the three matrices have different numbers of rows");
    }

    private void Check(SparseMatrix matrix, int wireCount, string place)
    {
        var starts = matrix.RowStarts.Span;
        var wires = matrix.Wires.Span;
        var ids = matrix.CoefficientIds.Span;
        Expect(starts.Length > 0 && starts[0] == 0 && starts[^1] == wires.Length, place, $"row offsets do not span the terms");
        Expect(ids.Length == wires.Length, place, $"{ids.Length:N0} coefficients for {wires.Length:N0} terms");
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            Expect(starts[row] <= starts[row + 1] && starts[row + 1] <= wires.Length, place, $"row {row:N0} ends before it begins");
            for (var term = starts[row]; term < starts[row + 1]; term++)
            {
                var wire = wires[term];
                Expect((uint)wire < (uint)wireCount, place, $"row {row:N0} names wire {wire:N0} of {wireCount:N0}");
                Expect(term == starts[row] || wires[term - 1] < wire, place, $"row {row:N0} is not in ascending order");
                Expect((uint)ids[term] < (uint)matrix.Coefficients.Length, place, $"row {row:N0} names an unknown coefficient");
            }
        }
    }

    /// <summary>Where something is hashed there is one public digest, and nowhere else.</summary>
    private void Check(IReadOnlyList<CircuitInput> inputs)
    {
        var digests = inputs.Where(input => input.Origin == InputOrigin.Digest).ToList();
        var hashed = inputs.Where(input => input.Origin == InputOrigin.Hashed).ToList();
        Expect(digests.Count <= 1 && (digests.Count == 1 || hashed.Count == 0), "inputs", $"{digests.Count:N0} digests of {hashed.Count:N0} hashed inputs");
        Expect(
            digests.TrueForAll(digest => digest.IsPublic && digest.Kind == ValueKind.Field && digest.Name == InputDigest.Name) && hashed.TrueForAll(input => !input.IsPublic),
            "inputs", $"a digest is a public field element, and what it hashes is private");
    }

    private void Check(WitnessTape tape, CompiledCircuit circuit)
    {
        Expect(
            tape.WireCount == circuit.R1cs.WireCount && tape.InputCount == circuit.Inputs.Count && tape.SlotCount >= tape.WireCount,
            "tape", $"its wires, inputs and slots contradict the constraints");
        foreach (var bound in tape.Integers)
        {
            Expect(bound.Sign > 0 && bound < Fr.Modulus, "tape", $"the bound {bound} is not in [1 .. r - 1]");
        }

        var end = 0;
        foreach (var next in tape.LevelEnds)
        {
            Expect(next > end, "tape", $"a level ends at instruction {next:N0}, the one before at {end:N0}");
            end = next;
        }

        Expect(end == tape.Instructions.Length, "tape", $"levels end at {end:N0} of {tape.Instructions.Length:N0} instructions");
        long written = 1 + tape.InputCount;
        for (var i = 0; i < tape.Instructions.Length; i++)
        {
            ref readonly var instruction = ref tape.Instructions[i];
            CheckOperands(tape, instruction, i);
            var outputs = tape.OutputCount(instruction);
            Expect(
                outputs == 0 || (instruction.Destination > tape.InputCount && (long)instruction.Destination + outputs <= tape.SlotCount),
                "tape", $"instruction {i:N0} writes outside the slots");
            written += outputs;
        }

        Expect(written == tape.SlotCount, "tape", $"{tape.SlotCount:N0} slots, but {written:N0} values");
        Check(tape.Linear, tape.SlotCount, "tape operands");
        foreach (var argument in tape.Requirements.SelectMany(requirement => requirement.Arguments))
        {
            Expect((uint)argument.Linear < (uint)tape.Linear.RowCount, "requirement", $"unknown operand {argument.Linear}");
        }
    }

    private void CheckOperands(WitnessTape tape, in TapeInstruction instruction, int index)
    {
        var operands = tape.Linear.RowCount;
        var needsSecond = instruction.Operation is TapeOperation.Product or TapeOperation.FloorDivide;
        var parameters = instruction.Operation switch
        {
            TapeOperation.BoundedBits => tape.Integers.Length,
            >= TapeOperation.RequireZero => tape.Requirements.Length,
            _ => int.MaxValue,
        };
        Expect((uint)instruction.X < (uint)operands, "tape", $"instruction {index:N0} has the unknown operand {instruction.X}");
        Expect(
            instruction.Y < operands && instruction.Y >= (needsSecond ? 0 : -1), "tape", $"instruction {index:N0} has the unknown operand {instruction.Y}");
        Expect(
            parameters == int.MaxValue || (uint)instruction.Parameter < (uint)parameters,
            "tape", $"instruction {index:N0} has the unknown parameter {instruction.Parameter}");
    }

    /// <summary>The message is formatted only if the condition fails: some of these run once for each term of a matrix.</summary>
    private void Expect(bool condition, string place, [InterpolatedStringHandlerArgument(nameof(condition))] ref RuleText rule)
    {
        if (!condition)
        {
            throw new MalformedFileException(_path, place, null, rule.ToString());
        }
    }

    /// <summary>An interpolated text that stays empty where the condition holds.</summary>
    [InterpolatedStringHandler]
    private ref struct RuleText
    {
        private DefaultInterpolatedStringHandler _text;

        public RuleText(int literalLength, int formattedCount, bool condition, out bool isNeeded)
        {
            isNeeded = !condition;
            _text = isNeeded ? new(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

        public override string ToString() => _text.ToStringAndClear();
    }
}
