namespace Prover.Language;

/// <remarks>One method for each level of precedence, loosest first.</remarks>
public sealed partial class Parser
{
    /// <summary>Deeper nesting than any program needs, refused so that hostile texts cannot overflow the stack.</summary>
    private const int MaximumDepth = 200;

    private int _depth;

    private Expression ParseExpression()
    {
        if (++_depth > MaximumDepth)
        {
            throw new SyntaxException(new("R0105", $"expressions nest deeper than {MaximumDepth} levels", new(Current.Span, "here"), []));
        }

        try
        {
            return ParseOr();
        }
        finally
        {
            _depth--;
        }
    }

    private Expression ParseOr() => ParseChain(ParseAnd, "or");

    private Expression ParseAnd() => ParseChain(ParseNot, "and");

    private Expression ParseNot()
    {
        var start = Current.Span;
        return Accept("not") ? new UnaryExpression(From(start), "not", ParseNot()) : ParseComparison();
    }

    private Expression ParseComparison()
    {
        var left = ParseSum();
        SkipNewLinesBeforeOperator("==", "!=", "<", "<=", ">", ">=");
        if (!(At("==") || At("!=") || At("<") || At("<=") || At(">") || At(">=")))
        {
            return left;
        }

        var comparison = Advance().Text;
        SkipNewLines();
        var right = ParseSum();
        return new BinaryExpression(From(left.Span), comparison, left, right);
    }

    private Expression ParseSum() => ParseChain(ParseProduct, "+", "-");

    private Expression ParseProduct() => ParseChain(ParseNegation, "*");

    private Expression ParseNegation()
    {
        var start = Current.Span;
        return Accept("-") ? new UnaryExpression(From(start), "-", ParseNegation()) : ParsePower();
    }

    private Expression ParsePower()
    {
        var value = ParseWith();
        return Accept("^") ? new BinaryExpression(From(value.Span), "^", value, ParseNegation()) : value;
    }

    /// <summary>Left-associative operators of one level.</summary>
    private Expression ParseChain(Func<Expression> operand, params string[] operators)
    {
        var left = operand();
        while (true)
        {
            SkipNewLinesBeforeOperator(operators);
            if (!operators.Any(At))
            {
                return left;
            }

            var symbol = Advance().Text;
            SkipNewLines();
            var right = operand();
            left = new BinaryExpression(From(left.Span), symbol, left, right);
        }
    }

    /// <summary>A line that begins with a binary operator continues the one before.</summary>
    private void SkipNewLinesBeforeOperator(params string[] operators)
    {
        foreach (var symbol in operators)
        {
            SkipNewLinesBefore(symbol);
        }
    }

    private Expression ParseWith()
    {
        var value = ParsePostfix();
        while (Accept("with"))
        {
            var updates = ParseList("{", "}", ParseUpdate);
            value = new WithExpression(From(value.Span), value, updates);
        }

        return value;
    }

    private Update ParseUpdate()
    {
        var start = Current.Span;
        if (Accept("["))
        {
            var index = ParseExpression();
            Expect("]", "after the index");
            Expect(":", "and the new element");
            return new(From(start), null, index, ParseExpression());
        }

        var field = ExpectIdentifier("a field's name");
        return Accept(":") ? new(From(start), field.Text, null, ParseExpression()) : new(From(start), field.Text, null, new NameExpression(field.Span, field.Text));
    }

    private Expression ParsePostfix()
    {
        var value = ParsePrimary();
        while (true)
        {
            if (Accept("."))
            {
                var name = ExpectIdentifier("a field's name");
                value = new MemberExpression(From(value.Span), value, name.Text);
            }
            else if (At("[") && Current.Span.Start == Previous.Span.Start + Previous.Span.Length)
            {
                Advance();
                var index = ParseExpression();
                Expect("]", "after the index");
                value = new IndexExpression(From(value.Span), value, index);
            }
            else
            {
                return value;
            }
        }
    }
}
