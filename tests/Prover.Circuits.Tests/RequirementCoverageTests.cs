using Prover.Margin;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>Every requirement of the margin circuits is needed: without it the circuit accepts a batch that it must refuse.</summary>
public sealed class RequirementCoverageTests : IDisposable
{
    private static readonly Lazy<ILookup<BatchShape, Fr[]>> Refused = new(() =>
        RuleCases.ByName.Values.ToLookup(item => item.Accepted.Shape, item => item.RefusedInputs().InOrder(item.Circuit)));

    /// <summary>
    /// What follows from all transitions together needs another test: see <see cref="ConservationTests"/>. Nobody takes a part of a position over from
    /// himself, for then he is left with what was too large for his margin.
    /// </summary>
    private static readonly string[] Redundant = ["open interests differ", "claims do not add up", "l.at.index != taker.at.index", "loss.at.index != 0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    /// <summary>What each line with a requirement is part of.</summary>
    private static readonly Dictionary<(string File, int Line), string> Declarations = [];

    /// <summary>"file:line text" of every requirement, and every call of a function of requirements, that the batch circuit contains.</summary>
    public static string[] Requirements { get; } =
    [
        .. new[] { "margin", "rollup" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf("circuits", folder), "*.circuit"))
            .Order(StringComparer.Ordinal)
            .SelectMany(RequirementsOf),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_circuits_have_requirements_to_remove() => Assert.True(Requirements.Length > 30, $"found {Requirements.Length}");

    [Fact]
    public void Every_requirement_is_needed() => Assert.All(Requirements, AssertNeeded);

    private static IEnumerable<string> RequirementsOf(string file)
    {
        var declaration = "";
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            declaration = line.Length > 0 && char.IsLetter(line[0]) ? line : declaration;
            var isInBatch = !declaration.StartsWith("rule ", StringComparison.Ordinal) || declaration.StartsWith("rule batch<", StringComparison.Ordinal);
            if (isInBatch && line.StartsWith(' ') && line.TrimStart().StartsWith("require", StringComparison.Ordinal)
                && !Array.Exists(Redundant, text => line.Contains(text, StringComparison.Ordinal)))
            {
                Declarations[(Path.GetFileName(file), index + 1)] = declaration;
                yield return $"{Path.GetRelativePath(Repository.PathOf("circuits"), file)}:{index + 1} {line.Trim()}";
            }
        }
    }

    private void AssertNeeded(string requirement)
    {
        var shape = ShapeWith(requirement);
        var circuit = CompileWithout(requirement, shape);
        Assert.True(Refused.Value[shape].Any(inputs => Accepts(circuit, inputs)), $"no batch is refused by this requirement alone: {requirement}");
    }

    /// <summary>The shape that has the requirement's transition.</summary>
    private static BatchShape ShapeWith(string requirement) => Path.GetFileNameWithoutExtension(requirement.Split(':')[0]) switch
    {
        "takeover" when Declarations[PlaceOf(requirement)].StartsWith("fn deleverage", StringComparison.Ordinal) => TinyBatch.Deleveraging,
        "takeover" or "listing" => TinyBatch.TakingOver,
        "keys" or "cancel" or "transfer" => TinyBatch.Housekeeping,
        "liquidate" => TinyBatch.Liquidating,
        _ => TinyBatch.Shape,
    };

    private static (string File, int Line) PlaceOf(string requirement)
    {
        var place = requirement.Split(' ')[0].Split(':');
        return (Path.GetFileName(place[0]), int.Parse(place[1]));
    }

    private static bool Accepts(CompiledCircuit circuit, Fr[] inputs) =>
        circuit.Tape.Solve(inputs).Assignment is { } assignment && circuit.R1cs.FindViolation(assignment) is null;

    private CompiledCircuit CompileWithout(string requirement, BatchShape shape)
    {
        var place = requirement.Split(' ')[0].Split(':');
        return TinyBatch.CompileEdited(shape, _folder, place[0], text =>
        {
            var lines = text.Split('\n');
            lines[int.Parse(place[1]) - 1] = "";
            return string.Join('\n', lines);
        });
    }
}
