using Prover.Constraints;

namespace Prover.Witness.Tests;

/// <summary>The hash of a circuit tells any two circuits apart, and not what people call their places and messages.</summary>
public class CircuitHashTests
{
    private static readonly SparseMatrix Rows = new([0, 1, 3], [1, 0, 2], [0, 1, 0], [Fr.One, 5]);

    private static readonly CircuitInput[] Inputs =
    [
        new("a", true, ValueKind.Integer, 2, -5, 7),
        new("b", false, ValueKind.Field, 0, 0, Fr.Modulus - 1),
    ];

    private static readonly R1cs System = new(4, 0, 1, 1, Rows, Rows, Rows);

    private static readonly WitnessTape Tape = new(
        4, 5, 2, [new(TapeOperation.Product, 3, 0, 1, -1), new(TapeOperation.RequireRange, -1, 0, -1, 0)], [1, 2], Rows, [9], [Requirement]);

    private static readonly StateTree Tree = new("t", 2, 1, [new("cash", false, ValueKind.Integer, 0, 0, 9)]);

    private static readonly StateProgram States = new([Tree], [new LeafShown(0, 1, -1, 2), new LeafWritten(0, 1, [1]), new VersionChosen(0, 0, 1)]);

    private static TapeRequirement Requirement => new("{0} is too much", [new(0, ValueKind.Integer, 2)], "a.circuit:1:1", "r", -3, 3);

    public static TheoryData<string> Differences => [.. Others.Keys];

    private static Dictionary<string, string> Others => new()
    {
        ["the name of an input"] = With(Inputs[0] with { Name = "c" }),
        ["its kind"] = With(Inputs[0] with { Kind = ValueKind.Boolean }),
        ["its decimals"] = With(Inputs[0] with { Scale = 3 }),
        ["its least value"] = With(Inputs[0] with { Low = -6 }),
        ["its greatest value"] = With(Inputs[0] with { High = 8 }),
        ["its origin"] = With(Inputs[0] with { Origin = InputOrigin.Hashed }),
        ["the order of the inputs"] = CircuitHash.Compute([Inputs[1], Inputs[0]], System, Tape, States),
        ["which inputs are public"] = With(System with { PublicInputCount = 0, PrivateInputCount = 2 }),
        ["which wires are outputs"] = With(System with { PublicOutputCount = 1, PublicInputCount = 0 }),
        ["the number of wires"] = With(System with { WireCount = 5 }),
        ["a wire in A"] = With(System with { A = Rows with { Wires = new[] { 1, 0, 3 } } }),
        ["a coefficient in B"] = With(System with { B = Rows with { Coefficients = new Fr[] { 1, 6 } } }),
        ["the coefficient of a term in C"] = With(System with { C = Rows with { CoefficientIds = new[] { 0, 1, 1 } } }),
        ["the row of a term in C"] = With(System with { C = Rows with { RowStarts = new[] { 0, 2, 3 } } }),
        ["the number of slots"] = With(Tape with { SlotCount = 6 }),
        ["an operand of the tape"] = With(Tape with { Linear = Rows with { Wires = new[] { 1, 0, 3 } } }),
        ["an operation"] = With(Tape with { Instructions = [Tape.Instructions[0] with { Operation = TapeOperation.FloorDivide }, Tape.Instructions[1]] }),
        ["where an instruction writes"] = With(Tape with { Instructions = [Tape.Instructions[0] with { Destination = 4 }, Tape.Instructions[1]] }),
        ["the first operand of an instruction"] = With(Tape with { Instructions = [Tape.Instructions[0] with { X = 1 }, Tape.Instructions[1]] }),
        ["the second operand of an instruction"] = With(Tape with { Instructions = [Tape.Instructions[0] with { Y = 0 }, Tape.Instructions[1]] }),
        ["the parameter of an instruction"] = With(Tape with { Instructions = [Tape.Instructions[0], Tape.Instructions[1] with { Parameter = 1 }] }),
        ["the levels"] = With(Tape with { LevelEnds = [2] }),
        ["an integer"] = With(Tape with { Integers = [10] }),
        ["the least accepted value"] = With(Tape with { Requirements = [Requirement with { Low = -4 }] }),
        ["the greatest accepted value"] = With(Tape with { Requirements = [Requirement with { High = 4 }] }),
        ["no states"] = With(StateProgram.None),
        ["the name of a state"] = With(Tree with { Name = "u" }),
        ["the depth of a state"] = With(Tree with { Depth = 3 }),
        ["the root of a state"] = With(Tree with { Root = 2 }),
        ["the greatest value in a leaf"] = With(Tree with { Leaf = [Tree.Leaf[0] with { High = 10 }] }),
        ["where a leaf is shown"] = With(new LeafShown(0, 1, -1, 3)),
        ["what is done instead"] = With(new LeafWritten(0, 1, [2])),
        ["the version chosen"] = With(new VersionChosen(0, 1, 0)),
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Sees(string difference) => Assert.NotEqual(With(Tape), Others[difference]);

    [Fact]
    public void All_circuits_differ() => Assert.Equal(Others.Count, Others.Values.Distinct().Count());

    [Fact]
    public void Messages_and_places_do_not_count() => Assert.Equal(
        With(Tape), With(Tape with { Requirements = [Requirement with { Message = "no", Arguments = [], Location = "b.circuit:2:2", Rule = "q" }] }));

    private static string With(CircuitInput first) => CircuitHash.Compute([first, Inputs[1]], System, Tape, States);

    private static string With(R1cs system) => CircuitHash.Compute(Inputs, system, Tape, States);

    private static string With(WitnessTape tape) => CircuitHash.Compute(Inputs, System, tape, States);

    private static string With(StateTree tree) => With(States with { Trees = [tree] });

    private static string With(StateStep first) => With(States with { Steps = [first, .. States.Steps.Skip(1)] });

    private static string With(StateProgram states) => CircuitHash.Compute(Inputs, System, Tape, states);
}
