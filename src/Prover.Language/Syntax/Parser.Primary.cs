using System.Globalization;
using System.Numerics;

namespace Prover.Language;

public sealed partial class Parser
{
    private static readonly HashSet<string> OverRangeOperators = ["sum", "product", "max", "min", "argmax", "argmin", "all", "any", "count"];

    /// <summary>Where a &lt; has been found to be a comparison: without this memory nested ones would be tried 2ⁿ times.</summary>
    private readonly HashSet<int> _comparisons = [];

    private Expression ParsePrimary()
    {
        var start = Current.Span;
        switch (Current.Kind)
        {
            case TokenKind.Integer:
                return new NumberLiteral(start, ParseInteger(Advance().Text), 0);
            case TokenKind.Decimal:
                var digits = Advance().Text.Replace("_", "", StringComparison.Ordinal);
                var scale = digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1;
                return new NumberLiteral(start, BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), scale);
            case TokenKind.Identifier:
                return ParseNamed(Advance());
        }

        if (Accept("true") || Accept("false"))
        {
            return new BooleanLiteral(start, Previous.Text == "true");
        }

        if (At("("))
        {
            return ParseParenthesized();
        }

        if (At("["))
        {
            return ParseArray(start);
        }

        if (At("{"))
        {
            return ParseBlock();
        }

        if (At("if"))
        {
            return ParseIf();
        }

        return At("fold") ? ParseFold() : throw Unexpected("a value");
    }

    private Expression ParseParenthesized()
    {
        var isOfRequire = Previous.Is("require");
        Advance();
        SkipNewLines();
        var inner = ParseExpression();
        Expect(")", "to close the parenthesis", isOfRequire && At(",") ? $"without parentheses: {Required}" : null);
        return inner;
    }

    private Expression ParseNamed(Token name)
    {
        if (name.Text is "round" or "div" && At("("))
        {
            return ParseRounding(name);
        }

        if (name.Text == "narrow" && At("("))
        {
            return ParseNarrow(name);
        }

        if (OverRangeOperators.Contains(name.Text) && At("(") && IsRangeAhead())
        {
            Advance();
            var range = ParseRange();
            Expect(":", "and the value for each element");
            SkipNewLines();
            var body = ParseExpression();
            Expect(")", "to close");
            return new OverRange(From(name.Span), name.Text, range, body);
        }

        var generics = At("<") ? TryParseGenerics() : null;
        if (At("("))
        {
            var arguments = ParseList("(", ")", ParseExpression);
            return new CallExpression(From(name.Span), name.Text, generics ?? [], arguments);
        }

        if (At("{") && (generics is not null || char.IsAsciiLetterUpper(name.Text[0])) && IsStructAhead())
        {
            var fields = ParseList("{", "}", ParseUpdate);
            return new StructLiteral(From(name.Span), name.Text, generics ?? [], fields);
        }

        return new NameExpression(name.Span, name.Text);
    }

    /// <summary>Generic arguments if a call or a struct follows them; otherwise the &lt; is a comparison and nothing is consumed.</summary>
    private List<Expression>? TryParseGenerics()
    {
        var (position, errors, marks) = (_position, _diagnostics.Count, _record?.Marks ?? 0);
        if (_comparisons.Contains(position))
        {
            return null;
        }

        try
        {
            var arguments = ParseGenericArguments();
            if (At("(") || At("{"))
            {
                return arguments;
            }
        }
        catch (SyntaxException error) when (error.Diagnostic?.Code != TooDeep)
        {
            // Not generic arguments.
        }

        _comparisons.Add(position);
        _record?.Forget(marks);
        _position = position;
        _diagnostics.RemoveRange(errors, _diagnostics.Count - errors);
        return null;
    }

    /// <summary>Whether the bracket ahead opens <c>(name in …</c>.</summary>
    private bool IsRangeAhead() => Ahead(1).Kind == TokenKind.Identifier && Ahead(2).Is("in");

    /// <summary>Whether the brace ahead opens fields rather than a block: <c>{ name :</c>, <c>{ name ,</c> or an empty pair.</summary>
    private bool IsStructAhead()
    {
        var first = BehindNewLines(1);
        var second = BehindNewLines(first + 1);
        return Ahead(first).Is("}") || (Ahead(first).Kind == TokenKind.Identifier && (Ahead(second).Is(":") || Ahead(second).Is(",")));
    }

    private int BehindNewLines(int distance)
    {
        while (Ahead(distance).Kind == TokenKind.NewLine)
        {
            distance++;
        }

        return distance;
    }

    private Token Ahead(int distance) => _tokens[Math.Min(_position + distance, _tokens.Count - 1)];

    private RoundExpression ParseRounding(Token name)
    {
        Expect("(", "after the operation");
        var help = name.Text == "div" ? "div(a, b, to 6, floor)" : "round(x, to 2, floor)";
        var value = ParseExpression();
        Expression? divisor = null;
        if (name.Text == "div")
        {
            Expect(",", "and the divisor", help);
            divisor = ParseExpression();
        }

        Expect(",", "and 'to' with the number of decimals", help);
        Expect("to", "and the number of decimals", help);
        var scale = ParseExpression();
        Expect(",", "and a rounding mode", help);
        var mode = ExpectIdentifier("a rounding mode (floor, ceil, trunc, away, half_even, exact)");
        Expect(")", "to close");
        return new(From(name.Span), value, divisor, scale, mode.Text);
    }

    private NarrowExpression ParseNarrow(Token name)
    {
        Expect("(", "after narrow");
        SkipNewLines();
        var value = ParseExpression();
        Expect(",", "and the type");
        var type = ParseType();
        Expect(",", "and a message");
        var message = ParseMessage();
        Expect(")", "to close");
        return new(From(name.Span), value, type, message);
    }

    private Expression ParseArray(SourceSpan start)
    {
        if (Ahead(1).Kind == TokenKind.Identifier && Ahead(2).Is("in"))
        {
            Advance();
            var range = ParseRange();
            Expect(":", "and the value for each element");
            var body = ParseExpression();
            Expect("]", "to close the array");
            return new OverRange(From(start), "array", range, body);
        }

        Advance();
        if (Accept("]"))
        {
            return new ArrayLiteral(From(start), []);
        }

        List<Expression> elements = [ParseExpression()];
        if (Accept(";"))
        {
            var count = ParseExpression();
            Expect("]", "to close the array");
            return new RepeatExpression(From(start), elements[0], count);
        }

        while (Accept(",") && !At("]"))
        {
            elements.Add(ParseExpression());
        }

        Expect("]", "to close the array");
        return new ArrayLiteral(From(start), elements);
    }

    private IfExpression ParseIf()
    {
        var start = Advance().Span;
        var condition = ParseExpression();
        var then = ParseBlock();
        SkipNewLinesBefore("else");
        if (!Accept("else"))
        {
            return new(From(start), condition, then, null);
        }

        using var _ = Nest();
        Expression otherwise = At("if") ? ParseIf() : ParseBlock();
        return new(From(start), condition, then, otherwise);
    }

    private FoldExpression ParseFold()
    {
        var start = Advance().Span;
        var accumulator = ExpectIdentifier("the accumulator's name");
        Expect("=", "and its first value");
        var initial = ParseExpression();
        Expect("for", "and a range");
        var range = ParseRange();
        var body = ParseBlock();
        return new(From(start), accumulator.Text, initial, range, body);
    }

    private static BigInteger ParseInteger(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return digits.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.Parse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
    }
}
