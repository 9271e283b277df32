namespace Prover.Language;

/// <remarks>
/// Where parsing goes on after an error: behind the broken member of a list, at the next statement of the block, or at the next declaration.
/// A word that begins a declaration, at the beginning of a line, ends everything that is still open.
/// </remarks>
public sealed partial class Parser
{
    private static readonly string[] DeclarationStarts = ["import", "const", "unit", "type", "struct", "fn", "rule", "test", "property", "budget"];

    private bool AtDeclaration => Current.Kind == TokenKind.Keyword
        && (Current.Span.Start == 0 || _file.Text[Current.Span.Start - 1] == '\n')
        && DeclarationStarts.Contains(Current.Text);

    /// <summary>These words are consumed before anything of their statement can be wrong, so a broken statement does not begin here.</summary>
    private bool AtStatementOnNewLine => Previous.Kind == TokenKind.NewLine && (At("let") || At("require") || At("for"));

    private bool AtEnd => Current.Kind == TokenKind.End || AtDeclaration;

    /// <summary>Skips to a declaration behind the token at which the broken one began.</summary>
    private void SkipToDeclaration(int begun)
    {
        if (_position == begun)
        {
            Advance();
        }

        while (!AtEnd)
        {
            Advance();
        }
    }

    /// <summary>Skips to the end of the broken statement or of its block, with the blocks that it opens.</summary>
    private bool SkipToNextStatement()
    {
        for (var open = 0; !AtEnd; Advance())
        {
            if (open == 0 && (Current.Kind == TokenKind.NewLine || At("}") || AtStatementOnNewLine))
            {
                return true;
            }

            open += At("{") ? 1 : At("}") ? -1 : 0;
        }

        return false;
    }

    /// <summary>Skips to the comma or the bracket behind the broken member of a list.</summary>
    private bool SkipToNextMember(string close)
    {
        for (var open = 0; !AtEnd && (open > 0 || !At("{")); Advance())
        {
            if (open == 0 && (At(",") || At(close)))
            {
                return true;
            }

            open += At("(") || At("[") ? 1 : open > 0 && (At(")") || At("]")) ? -1 : 0;
        }

        return false;
    }
}
