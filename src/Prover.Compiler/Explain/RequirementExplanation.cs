using System.Text;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>A requirement that inputs do not meet, taken apart: what was compared, and what the compared sums are made of.</summary>
/// <param name="Rounds">The rounds of the <c>all</c> in which it is not met, such as "i = 3".</param>
/// <param name="Sides">The two sides of the comparison; of a <c>narrow</c>, its value.</param>
/// <param name="Allowed">Of a <c>narrow</c>, the range that is allowed.</param>
public sealed record RequirementExplanation(IReadOnlyList<string> Rounds, IReadOnlyList<ComparedSide> Sides, string? Allowed = null)
{
    /// <summary>The requirement.</summary>
    internal SourceSpan Span { get; init; }

    /// <summary>The explanation for a circuit whose source is still what it was compiled from, and is found where it was found then.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">Inputs that fail, in the circuit's order.</param>
    /// <param name="failure">The requirement.</param>
    /// <returns>Null also if an input is out of its range. Without sides where nothing is compared.</returns>
    public static RequirementExplanation? Of(CompiledCircuit circuit, Fr[] inputs, RequirementFailure failure)
    {
        var files = circuit.Sources.Append(failure.Location).Select(PathOf).Distinct(StringComparer.Ordinal);
        foreach (var path in files.Where(File.Exists))
        {
            List<Diagnostic> diagnostics = [];
            List<bool> decisions = [];
            var program = CircuitProgram.Load(path, diagnostics);
            if (diagnostics.Count == 0
                && RuleName.Select(program, circuit.Name, diagnostics) is var (rule, generics)
                && CircuitCompiler.CompileRule(program, rule, generics, decisions).Circuit is { } found
                && found.Hash == circuit.Hash)
            {
                return Of(program, new(circuit.Name, rule, generics), circuit, decisions, inputs, failure);
            }
        }

        return null;
    }

    /// <summary>The path of "path:line:column".</summary>
    private static string PathOf(string place) => string.Join(':', place.Split(':').SkipLast(2));

    /// <inheritdoc cref="Of(CompiledCircuit, Fr[], RequirementFailure)"/>
    internal static RequirementExplanation? Of(
        CircuitProgram program, RuleInstance instance, CompiledCircuit circuit, List<bool> decisions, Fr[] inputs, RequirementFailure failure)
    {
        (Node Place, Scope? Scope)? unmet = null;
        var known = circuit.Inputs.Select((input, i) => (input.Name, Value: inputs[i])).ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        try
        {
            new Elaborator(program, new CircuitBuilder(), instance.Name)
            {
                KnownInputs = known,
                Decisions = decisions,
                Unmet = (place, scope) => unmet ??= place.Span.ToString() == failure.Location ? (place, scope) : null,
            }.ElaborateRule(instance.Rule, instance.Generics);
        }
        catch (ElaborationException)
        {
            // Inputs outside their ranges can make the interpreter stop; what it has met before counts.
        }

        return unmet is var (where, names) ? new Elaborator(program, new CircuitBuilder(), instance.Name).Explain(where, names) : null;
    }

    /// <summary>Several lines, each of them indented; none ends the text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Rounds.Count > 0)
        {
            text.Append("  at ").AppendJoin(", ", Rounds).Append('\n');
        }

        foreach (var side in Sides)
        {
            side.AppendTo(text);
        }

        if (Allowed is not null)
        {
            text.Append("  allowed: ").Append(Allowed).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}

/// <summary>One side of a comparison.</summary>
/// <param name="Text">How the program writes it.</param>
/// <param name="Value">Its value, in its scale and unit.</param>
/// <param name="Parts">The values that it is computed from, such as "price = 20000", if it is no sum.</param>
/// <param name="Largest">The terms of greatest magnitude, if it is a sum.</param>
/// <param name="OtherCount">How many more terms are not zero.</param>
/// <param name="OtherTotal">Their sum.</param>
public sealed record ComparedSide(string Text, string Value, IReadOnlyList<string> Parts, IReadOnlyList<ComparedTerm> Largest, int OtherCount, string OtherTotal)
{
    internal void AppendTo(StringBuilder text)
    {
        text.Append("  ").Append(Text).Append(" = ").Append(Value).Append(Bracketed(Parts)).Append('\n');
        var width = Largest.Select(term => term.Value.Length).DefaultIfEmpty().Max();
        foreach (var term in Largest)
        {
            text.Append("    ").Append(term.Value.PadLeft(width)).Append("  ").Append(term.Round is null ? "" : term.Round + ": ").Append(term.Text).Append(Bracketed(term.Parts)).Append('\n');
        }

        if (OtherCount > 0)
        {
            text.Append("    ").Append(OtherTotal.PadLeft(width)).Append("  in ").Append(OtherCount).Append(" other terms\n");
        }
    }

    private static string Bracketed(IReadOnlyList<string> parts) => parts.Count == 0 ? "" : $"   ({string.Join(", ", parts)})";
}

/// <summary>A term of a compared sum.</summary>
/// <param name="Value">Its value with its sign in the sum.</param>
/// <param name="Round">The rounds of the loops it comes from, such as "i = 3"; null outside of loops.</param>
/// <param name="Text">How the program writes it.</param>
/// <param name="Parts">The values that it is computed from.</param>
public sealed record ComparedTerm(string Value, string? Round, string Text, IReadOnlyList<string> Parts);
