using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What the author has written about a symbol: how it is declared, and the comments at that place.</summary>
internal static class Signature
{
    /// <summary>More of a struct or a constant than anyone reads in a small window.</summary>
    private const int MaximumLength = 600;

    /// <summary>A declaration as it is written, without the body that it may have.</summary>
    public static string Of(Declaration declaration)
    {
        var span = SpanOf(declaration);
        var text = span.File.Text.AsSpan(span.Start, Math.Min(span.Length, MaximumLength)).ToString().ReplaceLineEndings("\n");
        return span.Length <= MaximumLength ? text : text + " …";
    }

    /// <summary>Where that stands.</summary>
    public static SourceSpan SpanOf(Declaration declaration)
    {
        var (text, start) = (declaration.Span.File.Text, declaration.Span.Start);
        var body = declaration switch { FunctionDeclaration function => function.Body, RuleDeclaration rule => rule.Body, _ => null };
        if (body is null)
        {
            return declaration.Span;
        }

        // A body that is no block begins behind an '='.
        var signature = text.AsSpan(start, body.Span.Start - start).TrimEnd();
        signature = body is not BlockExpression && signature.EndsWith('=') ? signature[..^1].TrimEnd() : signature;
        return declaration.Span with { Length = signature.Length };
    }

    /// <summary>The comment above a declaration, or else behind it; null if there is none.</summary>
    public static string? CommentOn(SourceSpan span)
    {
        var comments = new SourceComments(span.File);
        return comments.Above(span) ?? comments.Behind(span);
    }
}
