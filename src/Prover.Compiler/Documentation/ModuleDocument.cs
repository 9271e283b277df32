using System.Globalization;
using System.Text;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>A circuit file as Markdown: what it declares, with comments, ranges, requirements, tests and the rows that its budgets watch over.</summary>
/// <remarks>Equal sources give equal documents.</remarks>
public sealed class ModuleDocument
{
    private readonly CircuitProgram _program;
    private readonly SourceComments _comments;
    private readonly StringBuilder _text = new();

    private ModuleDocument(CircuitProgram program)
    {
        _program = program;
        _comments = new(program.Root.Source);
    }

    /// <summary>The document of a program's root file.</summary>
    /// <param name="program">A program that has been checked without diagnostics.</param>
    /// <param name="title">The heading.</param>
    public static string Write(CircuitProgram program, string title)
    {
        var document = new ModuleDocument(program);
        document.Write(title);
        return document._text.ToString();
    }

    private void Write(string title)
    {
        Line($"# {title}");
        Paragraph(_comments.OfFile());
        if (_program.Root.Imports.Count > 0)
        {
            Paragraph("Imports " + string.Join(", ", _program.Root.Imports.Select(import => $"`{import.Path}`")) + ".");
        }

        var declarations = _program.Root.Declarations;
        Table("Constants", "| constant | value | |", declarations.OfType<ConstDeclaration>().Select(constant =>
            $"| `{constant.Name}` | {Code(SourceComments.TextOf(constant.Value.Span))} | {Note(constant)} |"));
        Table("Types", "| type | is | range | |", declarations.OfType<TypeDeclaration>().Select(type =>
            $"| `{type.Name}` | {Code(TextOf(type.Type, type))} | {Cell(RangeOf(type.Type))} | {Note(type)} |"));
        Section("Structs", declarations.OfType<StructDeclaration>(), Write);
        Section("Functions", declarations.OfType<FunctionDeclaration>(), function =>
        {
            Line($"\n### `{function.Name}`");
            Line($"\n```circuit\n{Signature(function)}\n```");
            Paragraph(_comments.Above(function.Span));
        });
        Section("Rules", declarations.OfType<RuleDeclaration>(), Write);
        Section("Properties", _program.Root.Properties, property =>
        {
            Line($"\n### {property.Title}");
            Line($"\n```circuit\n{property.Span.File.Text.AsSpan(property.Span.Start, property.Span.Length)}\n```");
            Paragraph(_comments.Above(property.Span));
        });
    }

    private void Write(StructDeclaration structure)
    {
        Line($"\n### `{structure.Name}{Generics(structure.Generics)}`");
        Paragraph(_comments.Above(structure.Span) ?? _comments.Behind(structure.Span));
        Line("\n| field | type | range | |\n|---|---|---|---|");
        foreach (var field in structure.Fields)
        {
            Line($"| `{field.Name}` | {Code(TextOf(field.Type, field))} | {Cell(RangeOf(field.Type))} | {Cell(_comments.Behind(field.Span))} |");
        }
    }

    private void Write(RuleDeclaration rule)
    {
        Line($"\n### `{rule.Name}{Generics(rule.Generics)}`");
        Paragraph(_comments.Above(rule.Span));
        Line("\n| parameter | | type | range |\n|---|---|---|---|");
        foreach (var parameter in rule.Parameters)
        {
            var visibility = parameter.IsState ? "state" : parameter.IsHashed ? "public, hashed" : parameter.IsPublic ? "public" : "private";
            Line($"| `{parameter.Name}` | {visibility} | {Code(TextOf(parameter.Type, parameter))} | {Cell(RangeOf(parameter.Type))} |");
        }

        Items("Requires", RequirementList.Of(_program, rule).Select(message => SourceComments.TextOf(message.Span)[1..^1]).Distinct(StringComparer.Ordinal));
        Items("Tests", _program.Root.Tests.Where(test => test.Call.Name == rule.Name).Select(test =>
            $"{test.Title}: {(test.ExpectedFailure is { } failure ? $"fails with \"{failure}\"" : "passes")}"));
        Items("Budgets", RuleTests.Prepare(_program, []).Budgets.Where(budget => budget.Instance.Rule == rule).Select(budget => string.Create(
            CultureInfo.InvariantCulture, $"`{budget.Instance.Name}`: {RowsOf(budget.Instance):N0} of at most {budget.Limit:N0} rows")));
    }

    private int RowsOf(RuleInstance instance) =>
        CircuitCompiler.CompileRule(_program, instance.Rule, instance.Generics).Circuit?.R1cs.ConstraintCount ?? 0;

    /// <summary>The values in scale, of an array's elements too; null if there are no bounds, or generic ones.</summary>
    private string? RangeOf(TypeSyntax syntax)
    {
        try
        {
            return RangeOf(new Elaborator(_program, new CircuitBuilder(), "").Resolve(syntax));
        }
        catch (ElaborationException)
        {
            // A type of generic length or bounds has no range before somebody chooses them.
            return syntax is ArrayTypeSyntax array ? RangeOf(array.Element) : null;
        }
    }

    private static string? RangeOf(ResolvedType type) => type switch
    {
        ArrayType array => RangeOf(array.Element),
        NumberType { Bounds: { } bounds } number =>
            $"{MessageFormat.Decimal(bounds.Low, number.Scale)} … {MessageFormat.Decimal(bounds.High, number.Scale)}{(number.Unit.IsNone ? "" : $" {number.Unit}")}",
        _ => null,
    };

    private static string Signature(FunctionDeclaration function)
    {
        var start = function.Span.Start;
        return function.Span.File.Text[start..function.Body.Span.Start].TrimEnd(' ', '\n', '\r', '\t', '=');
    }

    /// <summary>A type as it is written, to the end of what it is the type of: the tree does not say where its generic arguments end.</summary>
    private static string TextOf(TypeSyntax type, Node owner) =>
        SourceComments.TextOf(type.Span with { Length = owner.Span.Start + owner.Span.Length - type.Span.Start });

    private static string Generics(IReadOnlyList<string> names) => names.Count == 0 ? "" : $"<{string.Join(", ", names)}>";

    private string Note(Declaration declaration) => Cell(_comments.Behind(declaration.Span) ?? _comments.Above(declaration.Span));

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private void Table(string title, string header, IEnumerable<string> rows)
    {
        string[] lines = [.. rows];
        if (lines.Length > 0)
        {
            Line($"\n## {title}\n\n{header}\n|{string.Concat(Enumerable.Repeat("---|", header.Count(c => c == '|') - 1))}");
            Array.ForEach(lines, Line);
        }
    }

    private void Section<T>(string title, IEnumerable<T> declarations, Action<T> write)
    {
        T[] all = [.. declarations];
        if (all.Length > 0)
        {
            Line($"\n## {title}");
            Array.ForEach(all, write);
        }
    }

    private void Items(string title, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length > 0)
        {
            Line($"\n{title}:\n");
            Array.ForEach(all, item => Line($"- {item}"));
        }
    }

    private void Paragraph(string? text)
    {
        if (text is { Length: > 0 })
        {
            Line($"\n{text}");
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
