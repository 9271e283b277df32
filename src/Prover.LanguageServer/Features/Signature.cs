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
        var (text, start) = (declaration.Span.File.Text, declaration.Span.Start);
        var end = declaration switch
        {
            FunctionDeclaration function => function.Body.Span.Start,
            RuleDeclaration rule => rule.Body.Span.Start,
            _ => start + declaration.Span.Length,
        };
        var signature = text[start..end].TrimEnd();
        signature = declaration is FunctionDeclaration { Body: not BlockExpression } && signature.EndsWith('=') ? signature[..^1].TrimEnd() : signature;
        return signature.Length <= MaximumLength ? signature.ReplaceLineEndings("\n") : signature[..MaximumLength].ReplaceLineEndings("\n") + " …";
    }

    /// <summary>The comment above a declaration, or else behind it; null if there is none.</summary>
    public static string? CommentOn(SourceSpan span)
    {
        var comments = new SourceComments(span.File);
        return comments.Above(span) ?? comments.Behind(span);
    }
}
