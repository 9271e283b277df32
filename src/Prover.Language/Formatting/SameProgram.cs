namespace Prover.Language;

/// <summary>Checks that two texts are one program: the same tokens with the same roles, and the same comments between them.</summary>
internal static class SameProgram
{
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public static void Require(SourceFile source, SyntaxRecord before, string text)
    {
        List<Diagnostic> diagnostics = [];
        var formatted = new SourceFile(source.Path, text);
        var after = Parser.Record(formatted, diagnostics);
        if (diagnostics.Count > 0)
        {
            throw Fault(source, $"the result does not parse: {diagnostics[0].Message} at {diagnostics[0].Primary.Span}");
        }

        var (old, now) = (Elements(source, before), Elements(formatted, after));
        for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
        {
            if (i == old.Count || i == now.Count || old[i].Element != now[i].Element)
            {
                throw Fault(source, $"element {i:N0} of {old.Count:N0} is not the one of the source, which is at {(i < old.Count ? old[i].Span : default)}");
            }
        }
    }

    private static List<((TokenKind Kind, string Text, TokenRole Role) Element, SourceSpan Span)> Elements(SourceFile source, SyntaxRecord record)
    {
        var roles = record.CollectRoles();
        return
        [
            .. record.Tokens.Where(token => token.Kind is not (TokenKind.NewLine or TokenKind.End))
                .Select(token => ((token.Kind, token.Text, roles.GetValueOrDefault(token.Span.Start)), token.Span))
                .Concat(record.Comments.Select(span => ((TokenKind.NewLine, source.Text.Substring(span.Start, span.Length).TrimEnd(), TokenRole.None), span)))
                .OrderBy(element => element.Item2.Start),
        ];
    }

    private static InvalidOperationException Fault(SourceFile source, string what) =>
        new($"{source.Path}: the formatter would change the program, so its result is thrown away ({what}).");
}
