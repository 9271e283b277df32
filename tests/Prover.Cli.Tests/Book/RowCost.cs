using System.Text.RegularExpressions;
using Prover.Compiler;
using Prover.Language;

namespace Prover.Cli.Tests;

/// <summary>Measures how many rows something adds to a rule whose inputs are there already, as <c>prover compile</c> counts them.</summary>
/// <param name="inputs">The types of the inputs that expressions may name; they may depend on w, the width in bits, and on n, a length.</param>
/// <param name="imports">The files that the rule imports.</param>
internal sealed partial class RowCost(IReadOnlyDictionary<string, string> inputs, params string[] imports)
{
    /// <summary>
    /// How a value is used, by its type, so that it is computed: one product each, which is not the value's cost. Of an array the first element
    /// is used, of a point both coordinates, x and y or u and v, of
    /// a digest both halves.
    /// </summary>
    private static readonly (string Statements, int Rows)[] Uses =
    [
        ("require field(raw(VALUE)) * used == out, \"\"", 1),
        ("require field(VALUE) * used == out, \"\"", 1),
        ("let value = VALUE\nrequire field(raw(value[0])) * used == out, \"\"", 1),
        ("let value = VALUE\nrequire field(value[0]) * used == out, \"\"", 1),
        ("let value = VALUE\nrequire value.x * used == out, \"\"\nrequire value.y * used == other, \"\"", 2),
        ("let value = VALUE\nrequire field(value.high) * used == out, \"\"\nrequire field(value.low) * used == other, \"\"", 2),
        ("let value = VALUE\nrequire value.u * used == out, \"\"\nrequire value.v * used == other, \"\"", 2),
    ];

    private readonly Dictionary<(string Source, (int W, int N) Size), int?> _rows = [];

    /// <summary>The rows of a value or, if it begins with "require", of a requirement.</summary>
    /// <exception cref="ArgumentException">It does not compile.</exception>
    public int Of(string expression, int w, int n)
    {
        var named = inputs.Where(input => Regex.IsMatch(expression, $@"(?<![\w.]){input.Key}\b")).Select(input => $"private {input.Key}: {input.Value}").ToArray();
        var inputsAlone = Rows(named, Uses[0].Statements.Replace("raw(VALUE)", "used", StringComparison.Ordinal), w, n)!.Value - 1;
        foreach (var (statements, rows) in Uses)
        {
            var body = expression.StartsWith("require", StringComparison.Ordinal)
                ? expression + "\nrequire used * used == out, \"\""
                : statements.Replace("VALUE", expression, StringComparison.Ordinal);
            if (Rows(named, body, w, n) is { } all)
            {
                return all - rows - inputsAlone;
            }
        }

        throw new ArgumentException($"{expression} does not compile with w = {w}, n = {n}");
    }

    /// <summary>The rows that admit an input of a type.</summary>
    public int OfInput(string type, int w, int n) =>
        Rows([$"private input: {type}"], "require used * used == out, \"\"", w, n) is { } rows ? rows - 1 : throw new ArgumentException($"{type} does not compile");

    private int? Rows(IEnumerable<string> parameters, string body, int w, int n)
    {
        var source = $$"""
            {{string.Concat(imports.Select(import => $"import \"{import}\"\n"))}}
            rule cost<w, n>({{string.Join(", ", [.. parameters, "private used: field", "public out: field", "public other: field"])}}) {
            {{body}}
            }
            """;
        // What names neither is the same program at all sizes.
        var key = (source, SizeName().IsMatch(source[source.IndexOf('(', StringComparison.Ordinal)..]) ? (w, n) : default);
        if (!_rows.TryGetValue(key, out var rows))
        {
            List<Diagnostic> diagnostics = [];
            var program = CircuitProgram.Parse(new SourceFile("cost.circuit", source), diagnostics);
            _rows[key] = rows = CircuitCompiler.Compile(program, $"cost<{w}, {n}>", diagnostics).Circuit?.R1cs.ConstraintCount;
        }

        return rows;
    }

    [GeneratedRegex(@"\b[wn]\b")]
    private static partial Regex SizeName();
}
