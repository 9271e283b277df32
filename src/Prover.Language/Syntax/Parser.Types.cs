namespace Prover.Language;

public sealed partial class Parser
{
    private TypeSyntax ParseType()
    {
        using var _ = Nest();
        var start = Current.Span;
        if (Accept("["))
        {
            var element = ParseType();
            Expect(";", "and the array's length");
            var length = ParseExpression();
            Expect("]", "to close the array type");
            return new ArrayTypeSyntax(From(start), element, length);
        }

        var name = ExpectIdentifier("a type");
        if (name.Text is not ("int" or "dec"))
        {
            var generics = At("<") ? ParseGenericArguments() : [];
            return At("[") || At("(") ? throw WithoutBounds(name) : new NamedTypeSyntax(name.Span, name.Text, generics);
        }

        Expression? scale = null;
        if (name.Text == "dec")
        {
            Expect("(", "and the number of decimals");
            scale = ParseExpression();
            Expect(")", "after the number of decimals");
        }

        if (!Accept("["))
        {
            return new NumberTypeSyntax(From(start), scale, null, null);
        }

        MarkPrevious(TokenRole.Suffix);

        var low = ParseExpression();
        Expect("..", "and the greatest value");
        var high = ParseExpression();
        Expect("]", "to close the bounds");
        return new NumberTypeSyntax(From(start), scale, low, high);
    }

    /// <summary>Constant expressions between &lt; and &gt;; comparisons inside need parentheses.</summary>
    private List<Expression> ParseGenericArguments() => ParseList("<", ">", ParseSum);

    /// <summary>For bounds or decimals, ahead, behind a type that has none.</summary>
    private static SyntaxException WithoutBounds(Token type)
    {
        var help = type.Text.ToLowerInvariant() is "int" or "dec"
            ? $"did you mean '{type.Text.ToLowerInvariant()}'?"
            : "int[low .. high] and dec(s)[low .. high] have bounds; [T; N] is an array";
        return new(new("R0103", $"the type '{type.Text}' takes neither bounds nor decimals", new(type.Span, "here"), [], help));
    }
}
