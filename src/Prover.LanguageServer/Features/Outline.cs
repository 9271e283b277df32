using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/documentSymbol</c>: what a file consists of.</summary>
internal sealed class Outline(Workspace workspace)
{
    /// <summary>All declarations, with their fields and parameters, tests, properties and budgets, from top to bottom.</summary>
    public object Show(DocumentParams parameters)
    {
        var document = workspace.Find(parameters.TextDocument.Uri);
        var file = workspace.Read(document).Index.File;
        return new List<Item>([
            .. file.Declarations.Select(declaration => Show(declaration, document.Lines)),
            .. file.Tests.Select(test => Item.Of(test.Title, "test", SymbolKind.Event, test.Span, test.Span, document.Lines)),
            .. file.Properties.Select(property => Item.Of(property.Title, "property", SymbolKind.Event, property.Span, property.TitleSpan, document.Lines)),
            .. file.Budgets.Select(budget => Item.Of(SourceComments.TextOf(budget.Span), "budget", SymbolKind.Number, budget.Span, budget.Span, document.Lines)),
        ]).OrderBy(item => item.Range.Start.Line).ThenBy(item => item.Range.Start.Character).ToArray();
    }

    private static Item Show(Declaration declaration, LineIndex lines)
    {
        var (detail, kind, members) = declaration switch
        {
            ConstDeclaration => ("const", SymbolKind.Constant, []),
            UnitDeclaration => ("unit", SymbolKind.Key, []),
            TypeDeclaration alias => (SourceComments.TextOf(alias.Type.Span), SymbolKind.Class, []),
            StructDeclaration structure => ("struct", SymbolKind.Struct, structure.Fields),
            FunctionDeclaration function => ("fn", SymbolKind.Function, function.Parameters),
            RuleDeclaration rule => ("rule", SymbolKind.Method, rule.Parameters),
            _ => ("", SymbolKind.Variable, Array.Empty<Parameter>()),
        };
        var child = kind == SymbolKind.Struct ? SymbolKind.Field : SymbolKind.Variable;
        return Item.Of(declaration.Name, detail, kind, declaration.Span, declaration.NameSpan, lines) with
        {
            Children = [.. members.Select(member => Item.Of(member.Name, SourceComments.TextOf(member.Type.Span), child, member.Span, member.Span, lines))],
        };
    }

    /// <summary>The protocol's numbers for what it knows of.</summary>
    private enum SymbolKind
    {
        Class = 5,
        Method = 6,
        Field = 8,
        Function = 12,
        Variable = 13,
        Constant = 14,
        Number = 16,
        Key = 20,
        Struct = 23,
        Event = 24,
    }

    private sealed record Item(string Name, string Detail, SymbolKind Kind, TextRange Range, TextRange SelectionRange, IReadOnlyList<Item>? Children = null)
    {
        /// <summary>The protocol wants names that are not blank.</summary>
        public static Item Of(string name, string detail, SymbolKind kind, SourceSpan range, SourceSpan selection, LineIndex lines) =>
            new(string.IsNullOrWhiteSpace(name) ? detail : name, detail, kind, lines.RangeOf(range), lines.RangeOf(selection));
    }
}
