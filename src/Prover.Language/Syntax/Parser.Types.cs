namespace Prover.Language;

public sealed partial class Parser
{
    private const int MaximumUnitPower = 16;

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
        if (name.Text == "tree" && At("<"))
        {
            return ParseTree(start);
        }

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

        Expression? low = null;
        Expression? high = null;
        if (Accept("["))
        {
            MarkPrevious(TokenRole.Suffix);
            low = ParseExpression();
            Expect("..", "and the greatest value");
            high = ParseExpression();
            Expect("]", "to close the bounds");
        }

        var unit = ParseUnit();
        return new NumberTypeSyntax(From(start), scale, low, high, unit);
    }

    private TreeTypeSyntax ParseTree(SourceSpan start)
    {
        Expect("<", "and the tree's depth");
        MarkPrevious(TokenRole.OpensGenerics);
        var depth = ParseSum();
        Expect(",", "and the type of the leaves");
        var leaf = ParseType();
        Expect(">", "to close the tree's type");
        MarkPrevious(TokenRole.ClosesGenerics);
        return new(From(start), depth, leaf);
    }

    /// <summary>The unit behind a number's type, if there is one: names with powers between * and /, or 1/ and such.</summary>
    private List<UnitPower> ParseUnit()
    {
        List<UnitPower> factors = [];
        if (Current.Kind == TokenKind.Integer && Current.Text == "1")
        {
            Advance();
            Expect("/", "and a unit");
            MarkPrevious(TokenRole.Unit);
            factors.Add(ParseUnitPower(-1));
        }
        else if (Current.Kind == TokenKind.Identifier)
        {
            factors.Add(ParseUnitPower(1));
        }

        while (factors.Count > 0 && (At("*") || At("/")))
        {
            Mark(TokenRole.Unit);
            factors.Add(ParseUnitPower(Advance().Text == "*" ? 1 : -1));
        }

        return factors;
    }

    private UnitPower ParseUnitPower(int sign)
    {
        var name = ExpectIdentifier("a unit");
        var exponent = 1;
        if (Accept("^"))
        {
            exponent = Current.Kind == TokenKind.Integer && ParseInteger(Current.Text) is var power && power >= 1 && power <= MaximumUnitPower
                ? (int)power
                : throw Unexpected($"a power from 1 to {MaximumUnitPower}");
            Advance();
        }

        return new(From(name.Span), name.Text, sign * exponent);
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
