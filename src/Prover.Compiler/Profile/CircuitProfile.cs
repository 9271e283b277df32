using System.Globalization;
using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Where the rows of a circuit come from.</summary>
/// <param name="Circuit">The circuit, the same as it is compiled without a profile.</param>
/// <param name="Stacks">Its rows by the calls that lead to them, in program order; every row is in exactly one.</param>
/// <param name="Lines">Its rows by source line, whoever calls it, those with most rows first.</param>
public sealed record CircuitProfile(CompiledCircuit Circuit, IReadOnlyList<RowStack> Stacks, IReadOnlyList<LineRows> Lines)
{
    /// <summary>Compiles one rule of a program that has been loaded without diagnostics, and counts.</summary>
    /// <param name="program">The program.</param>
    /// <param name="rule">"name" or "name&lt;1, 2&gt;"; null if the file has a single rule without generics.</param>
    /// <param name="diagnostics">Gets what is wrong if there is no such rule or it does not compile.</param>
    /// <returns>The profile, or null if there are diagnostics.</returns>
    /// <remarks>A value that two calls need alike is computed once, and its rows count where it was needed first.</remarks>
    public static CircuitProfile? Of(CircuitProgram program, string? rule, List<Diagnostic> diagnostics)
    {
        if (RuleName.Select(program, rule, diagnostics) is not var (declaration, generics))
        {
            return null;
        }

        try
        {
            return Of(program, declaration, generics);
        }
        catch (ElaborationException error)
        {
            diagnostics.AddRange(Diagnostic.InOrder(error.Diagnostics));
            return null;
        }
    }

    private static CircuitProfile Of(CircuitProgram program, RuleDeclaration rule, BigInteger[] generics)
    {
        var name = Instance.NameOf(rule.Name, generics);
        var builder = new CircuitBuilder();
        builder.Graph.CurrentCall = new CallTree();
        new Elaborator(program, builder, name).ElaborateRule(rule, generics);
        var circuit = builder.Build(name);

        var rowsOf = new int[circuit.Sources.Count];
        foreach (var source in circuit.RowSources)
        {
            rowsOf[source]++;
        }

        var texts = new SourceLines(program);
        List<RowStack> stacks = [];
        for (var source = 0; source < rowsOf.Length; source++)
        {
            if (rowsOf[source] > 0)
            {
                stacks.Add(new([.. CallTree.Read(circuit.Sources[source]).Select(step => texts.At(step.Place) with { Function = step.Function })], rowsOf[source]));
            }
        }

        // Places in one line are one stack: where they stand in it is for the compiler, not for whoever looks for the dear lines.
        RowStack[] merged = [.. stacks
            .GroupBy(stack => string.Join(';', stack.Frames))
            .Select(group => group.First() with { Rows = group.Sum(stack => stack.Rows) })];
        LineRows[] lines = [.. stacks
            .GroupBy(stack => stack.Frames[^1])
            .Select(group => new LineRows(group.Key, group.Sum(stack => stack.Rows)))
            .OrderByDescending(line => line.Rows)
            .ThenBy(line => line.Line.File, StringComparer.Ordinal)
            .ThenBy(line => line.Line.Line)];
        return new(circuit with { Sources = [.. circuit.Sources.Select(source => CallTree.Read(source).Last().Place)] }, merged, lines);
    }

    /// <summary>The lines of a program's files.</summary>
    private sealed class SourceLines(CircuitProgram program)
    {
        private readonly Dictionary<string, string[]> _lines = program.Files
            .DistinctBy(file => file.Source.Path)
            .ToDictionary(file => file.Source.Path, file => file.Source.Text.Split('\n'), StringComparer.Ordinal);

        /// <summary>The line of a place written as "path:line:column".</summary>
        public ProfileFrame At(string place)
        {
            var end = place.LastIndexOf(':');
            var middle = end < 0 ? -1 : place.LastIndexOf(':', end - 1);
            return middle >= 0 && int.TryParse(place.AsSpan(middle + 1, end - middle - 1), CultureInfo.InvariantCulture, out var line) && _lines.TryGetValue(place[..middle], out var lines)
                ? new(null, place[..middle], line, lines[line - 1].Trim())
                : new(null, place, 0, "");
        }
    }
}

/// <summary>Rows that one line makes on behalf of one chain of calls.</summary>
/// <param name="Frames">The calls from the rule inwards, each where it stands in its caller, and at the end the line itself.</param>
/// <param name="Rows">How many.</param>
public sealed record RowStack(IReadOnlyList<ProfileFrame> Frames, int Rows);

/// <summary>A line with all the rows that it makes.</summary>
/// <param name="Line">The line.</param>
/// <param name="Rows">How many.</param>
public sealed record LineRows(ProfileFrame Line, int Rows);

/// <summary>A line of a source file, perhaps as the place of a call.</summary>
/// <param name="Function">What is called there, or null for the line itself.</param>
/// <param name="File">The path as it was given or imported.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">The line without the blanks around it.</param>
public sealed record ProfileFrame(string? Function, string File, int Line, string Text)
{
    /// <summary>"function at file:line", or "file:line" for the line itself.</summary>
    public override string ToString() => $"{(Function is null ? "" : $"{Function} at ")}{File}:{Line}";
}
