using System.Globalization;
using System.Text;
using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/hover</c>: what a name is.</summary>
internal sealed class Hover(Workspace workspace)
{
    /// <summary>Instances whose rows are shown.</summary>
    private const int MaximumInstances = 3;

    /// <summary>What is to be said about the name at a place, or null.</summary>
    public object? Show(PositionParams parameters)
    {
        var (document, _, index, found) = workspace.At(parameters);
        return found is not null
            ? new { contents = MarkupContent.Markdown(Describe(found, index, workspace.ResultOf(document)?.Facts)), range = document.Lines.RangeOf(found.Span) }
            : null;
    }

    private static string Describe(Occurrence found, FileIndex index, ProgramFacts? facts)
    {
        var type = facts is null ? null : TypeOf(found, index, facts);
        var isLet = found.Symbol is LocalSymbol { Node: LetStatement { Type: null } } && type is not null;
        var (code, comment) = found.Symbol switch
        {
            DeclaredSymbol declared => (Signature.Of(declared.Declaration), Signature.CommentOn(declared.Declaration.Span)),
            FieldSymbol field => ($"{field.Name}: {SourceComments.TextOf(field.Field.Type.Span)}", Signature.CommentOn(field.Field.Span)),
            LocalSymbol local => (Declare(local) + (isLet ? $": {type}" : ""), null),
            FileSymbol file => ($"import \"{file.Name}\"", new SourceComments(file.File).OfFile()),
            _ => (Elaborator.Signatures.GetValueOrDefault(found.Symbol.Name, found.Symbol.Name), null),
        };
        var text = new StringBuilder().Append("```circuit\n").Append(code).Append("\n```");
        foreach (var paragraph in new[] { comment, type is null || isLet ? null : $"`{type}`" }.Concat(facts is null ? [] : Costs(found, facts)))
        {
            text.Append(paragraph is null ? "" : $"\n\n{paragraph}");
        }

        return text.ToString();
    }

    /// <summary>The type of the values that are meant: at this place, or, where a local name is declared, wherever it is used.</summary>
    private static string? TypeOf(Occurrence found, FileIndex index, ProgramFacts facts) => found switch
    {
        { Node: { } node } => facts.TypeOf(node),
        { Symbol: LocalSymbol { Node: LetStatement { Type: null } let } } => facts.TypeOf(let.Value),
        { Symbol: LocalSymbol } => index.Occurrences.Where(other => other.Symbol == found.Symbol && other.Node is not null).Select(other => facts.TypeOf(other.Node!)).FirstOrDefault(type => type is not null),
        { Symbol: DeclaredSymbol { Declaration: ConstDeclaration constant } } => facts.TypeOf(constant.Value),
        _ => null,
    };

    private static IEnumerable<string?> Costs(Occurrence found, ProgramFacts facts)
    {
        var part = found switch
        {
            { Node: { } node and not NameExpression and not MemberExpression } => node,
            { Symbol: LocalSymbol { Node: LetStatement let } } => let.Value,
            _ => null,
        };
        if (part is not null && facts.TypeOf(part) is not null)
        {
            yield return Cost(found.Symbol is LocalSymbol ? "Its value" : "Here", facts.RowsIn(part.Span)) ?? "Costs no rows.";
        }

        yield return found.Symbol switch
        {
            DeclaredSymbol { Declaration: RuleDeclaration rule } => Cost("The whole rule", facts.RowsOf(rule)),
            DeclaredSymbol { Declaration: FunctionDeclaration function } => Cost("All calls", facts.RowsOf(function)),
            _ => null,
        };
    }

    private static string? Cost(string what, IEnumerable<(string Instance, int Rows)> rows)
    {
        (string Instance, int Rows)[] known = [.. rows];
        var shown = known.Take(MaximumInstances).Select(instance => string.Create(CultureInfo.InvariantCulture, $"{instance.Rows:N0} {(instance.Rows == 1 ? "row" : "rows")} in `{instance.Instance}`"));
        return known.Length == 0 ? null : $"{what}: {string.Join(", ", shown)}{(known.Length > MaximumInstances ? ", …" : ".")}";
    }

    private static string Declare(LocalSymbol local) => local.Node switch
    {
        Parameter parameter => SourceComments.TextOf(parameter.Span),
        LetStatement { Type: { } type } => $"let {local.Name}: {SourceComments.TextOf(type.Span)}",
        LetStatement => $"let {local.Name}",
        LoopRange range => SourceComments.TextOf(range.Span),
        FoldExpression fold => $"fold {local.Name} = {SourceComments.TextOf(fold.Initial.Span)}",
        _ => local.Name,
    };
}
