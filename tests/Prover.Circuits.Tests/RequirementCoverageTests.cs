using Prover.Margin;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>Every requirement of the margin circuits is needed: without it the circuit accepts a batch or an escape that it must refuse.</summary>
public sealed class RequirementCoverageTests : IDisposable
{
    private static readonly Lazy<ILookup<BatchShape, RefusedInputs>> Refused = new(() =>
        RuleCases.ByName.Values.ToLookup(item => item.Accepted.Shape, item => new RefusedInputs(item.Message, item.RefusedInputs.InOrder(item.Circuit))));

    /// <summary>
    /// What follows from all transitions together needs another test: see <see cref="ConservationTests"/>. Nobody takes a part of a position over from
    /// himself, for then he is left with what was too large for his margin.
    /// </summary>
    private static readonly string[] Redundant = ["open interests differ", "claims do not add up", "l.at.index != taker.at.index", "loss.at.index != 0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    /// <summary>Every requirement, and every call of a function of requirements, that the circuits of the batch and of the escape contain.</summary>
    private static Requirement[] Requirements { get; } =
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

    private static IEnumerable<Requirement> RequirementsOf(string file)
    {
        var declaration = "";
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            declaration = line.Length > 0 && char.IsLetter(line[0]) ? line : declaration;
            var isTop = declaration.StartsWith("rule batch<", StringComparison.Ordinal) || declaration.StartsWith("rule escape<", StringComparison.Ordinal);
            if ((isTop || !declaration.StartsWith("rule ", StringComparison.Ordinal)) && line.StartsWith(' ') && line.TrimStart().StartsWith("require", StringComparison.Ordinal)
                && !Array.Exists(Redundant, text => line.Contains(text, StringComparison.Ordinal)))
            {
                yield return new(Path.GetRelativePath(Repository.PathOf("circuits"), file), index, line.Trim(), declaration);
            }
        }
    }

    private void AssertNeeded(Requirement requirement)
    {
        TinyBatch.CopyEdited(_folder, requirement.File, text => Without(text, requirement.Index));
        var isNeeded = requirement.Declaration.StartsWith("rule escape<", StringComparison.Ordinal)
            ? IsNeeded(requirement, EscapeTests.Refused, TinyBatch.CompileUnaudited(_folder, "escape", EscapeTests.RuleName))
            : IsNeeded(requirement, ShapeWith(requirement)) || IsNeeded(requirement, TinyBatch.WithScenarios(ShapeWith(requirement)));
        Assert.True(isNeeded, $"nothing is refused by this requirement alone: {requirement}");
    }

    private bool IsNeeded(Requirement requirement, BatchShape shape) =>
        IsNeeded(requirement, Refused.Value[shape], TinyBatch.CompileUnaudited(_folder, "batch", shape.RuleName));

    private static bool IsNeeded(Requirement requirement, IEnumerable<RefusedInputs> refused, CompiledCircuit circuit) =>
        refused.OrderByDescending(inputs => requirement.Says(inputs.Message)).Any(inputs => Accepts(circuit, inputs.Values));

    /// <summary>The shape that has the requirement's transition.</summary>
    private static BatchShape ShapeWith(Requirement requirement) => Path.GetFileNameWithoutExtension(requirement.File) switch
    {
        "takeover" when requirement.Declaration.StartsWith("fn deleverage", StringComparison.Ordinal) => TinyBatch.Deleveraging,
        "takeover" or "listing" => TinyBatch.TakingOver,
        "forced" => TinyBatch.Forced,
        "lock" when requirement.Declaration.StartsWith("fn unlock", StringComparison.Ordinal) => TinyBatch.Unlocking,
        "lock" => TinyBatch.Locking,
        "keys" or "cancel" or "transfer" => TinyBatch.Housekeeping,
        "liquidate" => TinyBatch.Liquidating,
        _ => TinyBatch.Shape,
    };

    private static bool Accepts(CompiledCircuit circuit, Fr[] inputs) =>
        circuit.Tape.Solve(inputs).Assignment is { } assignment && circuit.R1cs.FindViolation(assignment) is null;

    private static string Without(string text, int line) => string.Join('\n', text.Split('\n').Select((whole, index) => index == line ? "" : whole));

    /// <param name="File">The file below circuits/.</param>
    /// <param name="Index">The line, from 0.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="Declaration">The first line of the declaration that it is part of.</param>
    private sealed record Requirement(string File, int Index, string Text, string Declaration)
    {
        public override string ToString() => $"{File}:{Index + 1} {Text}";

        /// <summary>Whether a refusal seems to be the requirement's own; a call of a function of requirements says nothing itself.</summary>
        public bool Says(string message)
        {
            var own = Text.Split('"') is [_, var text, ..] ? text.Split('{')[0] : "";
            return own.Length > 0 && (message.StartsWith(own, StringComparison.Ordinal) || own.StartsWith(message, StringComparison.Ordinal));
        }
    }
}
