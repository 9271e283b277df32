namespace Prover.Language;

/// <remarks>One method for each level of precedence, loosest first.</remarks>
public sealed partial class Parser
{
    /// <summary>Deeper nesting than any program needs, refused so that hostile texts cannot overflow the stack.</summary>
    private const int MaximumDepth = 200;

    private const string TooDeep = "R0105";

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private int _depth;

    private Expression ParseExpression()
    {
        using var _ = Nest();
        var value = ParseOr();
        _expressionEnd = _position;
        return value;
    }

    /// <summary>One level deeper until the result is disposed. Every production that can contain itself begins with this.</summary>
    private Nesting Nest() => _depth < MaximumDepth
        ? new(this)
        : throw new SyntaxException(new(TooDeep, $"the program nests deeper than {MaximumDepth} levels", new(Current.Span, "here"), [], "functions make it flatter"));

    private Expression ParseOr() => ParseChain(ParseAnd, "or");

    private Expression ParseAnd() => ParseChain(ParseNot, "and");

    private Expression ParseNot()
    {
        var start = Current.Span;
        if (!Accept("not"))
        {
            return ParseComparison();
        }

        using var _ = Nest();
        var operand = ParseNot();
        return new UnaryExpression(From(start), "not", operand);
    }

    private Expression ParseComparison()
    {
        var first = Current;
        var left = ParseSum();
        if (!IsComparisonAhead())
        {
            return left;
        }

        var comparison = Advance();
        SkipNewLines();
        var middle = Current;
        var right = ParseSum();
        var middleEnd = Previous;
        return IsComparisonAhead() ? throw Chained(first, comparison, middle, middleEnd) : new BinaryExpression(From(left.Span), comparison.Text, left, right);
    }

    private bool IsComparisonAhead()
    {
        SkipNewLinesBeforeOperator(Comparisons);
        return Comparisons.Any(At);
    }

    private Expression ParseSum()
    {
        using var _ = Nest();
        return ParseChain(ParseProduct, "+", "-");
    }

    private Expression ParseProduct()
    {
        var product = ParseChain(ParseNegation, "*");
        return At("/")
            ? throw new SyntaxException(new("R0101", "there is no '/' for values; div(a, b, to s, mode) divides", new(Current.Span, "here"), []))
            : product;
    }

    private Expression ParseNegation()
    {
        var start = Current.Span;
        if (!Accept("-"))
        {
            return ParsePower();
        }

        MarkPrevious(TokenRole.Sign);
        using var _ = Nest();
        var operand = ParseNegation();
        return new UnaryExpression(From(start), "-", operand);
    }

    private Expression ParsePower()
    {
        var value = ParseWith();
        if (!Accept("^"))
        {
            return value;
        }

        using var _ = Nest();
        var exponent = ParseNegation();
        return new BinaryExpression(From(value.Span), "^", value, exponent);
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
            var element = ParseExpression();
            return new(From(start), null, index, element);
        }

        var field = ExpectIdentifier("a field's name");
        var value = Accept(":") ? ParseExpression() : new NameExpression(field.Span, field.Text);
        return new(From(start), field.Text, null, value);
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
                MarkPrevious(TokenRole.Suffix);
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

    /// <summary>Leaves a level of nesting when disposed.</summary>
    private readonly struct Nesting : IDisposable
    {
        private readonly Parser _parser;

        public Nesting(Parser parser)
        {
            _parser = parser;
            parser._depth++;
        }

        public void Dispose() => _parser._depth--;
    }
}
