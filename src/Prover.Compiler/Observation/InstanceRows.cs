using System.Globalization;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Where the rows of one instance come from, read only when somebody asks.</summary>
internal sealed class InstanceRows(RuleDeclaration rule, CompiledCircuit circuit)
{
    private readonly IReadOnlyList<string> _sources = circuit.Sources;
    private readonly int[] _rowSources = circuit.RowSources;
    private List<(Frame[] Frames, int Rows)>? _stacks;

    public RuleDeclaration Rule { get; } = rule;

    public string Name { get; } = circuit.Name;

    public int Total => _rowSources.Length;

    private List<(Frame[] Frames, int Rows)> Stacks => _stacks ??= Read();

    /// <summary>Rows of all calls of a function.</summary>
    public int CountOf(string function) => Stacks.Where(stack => Array.Exists(stack.Frames, frame => frame.Function == function)).Sum(stack => stack.Rows);

    /// <summary>Rows from within a span, or from a call within it.</summary>
    public int CountIn(SourceSpan span)
    {
        var (first, last) = (span.File.Locate(span.Start), span.File.Locate(span.Start + Math.Max(0, span.Length - 1)));
        return Stacks
            .Where(stack => Array.Exists(stack.Frames, frame => frame.Path == span.File.Path && frame.Place.CompareTo(first) >= 0 && frame.Place.CompareTo(last) <= 0))
            .Sum(stack => stack.Rows);
    }

    private List<(Frame[] Frames, int Rows)> Read()
    {
        var rows = new int[_sources.Count];
        foreach (var source in _rowSources)
        {
            rows[source]++;
        }

        List<(Frame[] Frames, int Rows)> stacks = [];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] > 0)
            {
                stacks.Add(([.. CallTree.Read(_sources[i]).Select(step => Frame.Of(step.Place, step.Function))], rows[i]));
            }
        }

        return stacks;
    }

    /// <summary>A place on the way to a row.</summary>
    private readonly record struct Frame(string Path, (int Line, int Column) Place, string? Function)
    {
        /// <summary>Reads "path:line:column".</summary>
        public static Frame Of(string place, string? function)
        {
            var end = place.LastIndexOf(':');
            var middle = end < 0 ? -1 : place.LastIndexOf(':', end - 1);
            return middle >= 0
                && int.TryParse(place.AsSpan(middle + 1, end - middle - 1), CultureInfo.InvariantCulture, out var line)
                && int.TryParse(place.AsSpan(end + 1), CultureInfo.InvariantCulture, out var column)
                ? new(place[..middle], (line, column), function)
                : new(place, default, function);
        }
    }
}
