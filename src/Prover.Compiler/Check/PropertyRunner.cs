using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Looks for inputs for which a property does not hold, at the edges of the types and at random, and simplifies what it finds.</summary>
internal sealed class PropertyRunner
{
    /// <summary>Inputs drawn for each that is needed: a <c>where</c> that accepts fewer than one in fifty is refused.</summary>
    private const int MostDraws = 50;

    /// <summary>Of so many cases the wires are changed one by one: all cases have the same wires, and their values hardly matter.</summary>
    private const int MutatedCases = 2;

    private readonly CircuitProgram _program;
    private readonly RuleProperty _property;
    private readonly RuleUnderTest _rule;
    private readonly PropertySettings _settings;
    private readonly PropertyInputs _inputs;
    private readonly EquationSolver _solver;

    public PropertyRunner(CircuitProgram program, RuleProperty property, RuleUnderTest rule, PropertySettings settings)
    {
        _program = program;
        _property = property;
        _rule = rule;
        _settings = settings;
        _inputs = new(rule.Circuit.Inputs, settings);
        _solver = new(program, property, rule.Circuit.Inputs);
    }

    /// <summary>Tries the property until it fails or enough inputs have been accepted.</summary>
    public PropertyResult Run()
    {
        var (accepted, drawn) = (0, 0L);
        foreach (var values in _inputs.Draw().Take((MostDraws * _settings.Cases) + 1_000))
        {
            drawn++;
            _solver.Solve(values);
            if (!IsMeant(values))
            {
                continue;
            }

            accepted++;
            if (Judge(values, accepted <= MutatedCases) is not null)
            {
                return new(_property, accepted, Describe(new CounterExample(_rule.Circuit.Inputs, Fails).Simplify(values), accepted));
            }

            if (accepted == _settings.Cases)
            {
                return new(_property, accepted, null);
            }
        }

        return new(_property, accepted, accepted > 0 && _inputs.AreAll ? null : Refusal(accepted, drawn));
    }

    /// <summary>Why the property does not hold for inputs, or null if it does.</summary>
    private string? Judge(BigInteger[] values, bool changeWires)
    {
        var (failure, disagreement) = _rule.Run(Elements(values), changeWires);
        return disagreement ?? (failure is null ? null : failure.Message == _property.Declaration.Title ? "" : failure.ToString());
    }

    /// <summary>Whether the property fails for these inputs, or for those with which the equations can be mended.</summary>
    private bool Fails(BigInteger[] values)
    {
        _solver.Solve(values);
        return IsMeant(values) && Judge(values, changeWires: false) is not null;
    }

    private bool IsMeant(BigInteger[] values) =>
        _property.WherePlace is not { } place || _rule.Circuit.Tape.Solve(Elements(values)).Failure?.Location != place;

    private static Fr[] Elements(BigInteger[] values) => [.. values.Select(Fr.FromInteger)];

    private string Describe(BigInteger[] values, int number)
    {
        var texts = _rule.Circuit.Inputs
            .Select((input, i) => (input.Name, Text: MessageFormat.Value(Fr.FromInteger(values[i]), input.Kind, input.Scale)))
            .ToDictionary(input => input.Name, input => input.Text, StringComparer.Ordinal);
        var shown = new Elaborator(_program, new CircuitBuilder(), "").Show(_property.Declaration.Variables, texts);
        var because = Judge(values, changeWires: true) is { Length: > 0 } other ? $": {other}" : "";
        return $"does not hold for {shown}{because} (case {number:N0}, seed {_settings.Seed})";
    }

    private string Refusal(int accepted, long drawn) =>
        $"'where' accepts only {accepted:N0} of {drawn:N0} inputs, and {_settings.Cases:N0} are needed (seed {_settings.Seed}). Types of the range that is meant, or an equation "
        + "that its last variable can solve, let more through";
}
