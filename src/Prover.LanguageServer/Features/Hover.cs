using System.Text;
using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/hover</c>: what a name is.</summary>
internal sealed class Hover(Workspace workspace)
{
    /// <summary>What is to be said about the name at a place, or null.</summary>
    public object? Show(PositionParams parameters)
    {
        var (document, _, _, found) = workspace.At(parameters);
        return found is not null
            ? new { contents = MarkupContent.Markdown(Describe(found.Symbol)), range = document.Lines.RangeOf(found.Span) }
            : null;
    }

    private static string Describe(Symbol symbol)
    {
        var (code, comment) = symbol switch
        {
            DeclaredSymbol declared => (Signature.Of(declared.Declaration), Signature.CommentOn(declared.Declaration.Span)),
            FieldSymbol field => ($"{field.Name}: {SourceComments.TextOf(field.Field.Type.Span)}", Signature.CommentOn(field.Field.Span)),
            LocalSymbol local => (Declare(local), null),
            FileSymbol file => ($"import \"{file.Name}\"", new SourceComments(file.File).OfFile()),
            _ => (symbol.Name, null),
        };
        var text = new StringBuilder().Append("```circuit\n").Append(code).Append("\n```");
        return comment is null ? text.ToString() : text.Append("\n\n").Append(comment).ToString();
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
