namespace Prover.Language;

public sealed partial class Parser
{
    private BlockExpression ParseBlock()
    {
        var start = Expect("{", "to begin a block").Span;
        MarkPrevious(TokenRole.OpensBlock);
        using var _ = Nest();
        List<Statement> statements = [];
        SkipNewLines();
        while (!At("}") && !AtEnd)
        {
            try
            {
                var first = Current;
                statements.Add(ParseStatement());
                if (!At("}") && Current.Kind != TokenKind.NewLine)
                {
                    throw Unexpected("the end of the statement", HabitOf(statements[^1], first));
                }
            }
            catch (SyntaxException error) when (SkipToNextStatement())
            {
                Report(error);
            }

            SkipNewLines();
        }

        if (!Accept("}"))
        {
            throw Unexpected("'}' to end the block", null, new Label(start, "begun here"));
        }

        Expression? result = null;
        if (statements is [.., ExpressionStatement last])
        {
            result = last.Value;
            statements.RemoveAt(statements.Count - 1);
        }

        return new(From(start), statements, result);
    }

    private Statement ParseStatement()
    {
        Mark(TokenRole.BeginsStatement);
        var start = Current.Span;
        if (Accept("let"))
        {
            var name = ExpectIdentifier("the variable's name");
            var type = Accept(":") ? ParseType() : null;
            Expect("=", "and the value");
            SkipNewLines();
            var value = ParseExpression();
            return new LetStatement(From(start), name.Text, type, value);
        }

        if (Accept("require"))
        {
            var condition = ParseExpression();
            Expect(",", "and a message", Required);
            SkipNewLines();
            var message = ParseMessage();
            return new RequireStatement(From(start), condition, message);
        }

        if (Accept("for"))
        {
            var range = ParseRange();
            var body = ParseBlock();
            return new ForStatement(From(start), range, body);
        }

        var expression = ParseExpression();
        return new ExpressionStatement(expression.Span, expression);
    }

    private LoopRange ParseRange()
    {
        var variable = ExpectIdentifier("the loop variable's name", "for i in 0..N { … }");
        Expect("in", "and a range");
        var from = ParseSum();
        Expect("..", "and the end of the range", "i in 0..len(xs) is the place of an element, xs[i] the element");
        MarkPrevious(TokenRole.RangeOfLoop);
        var to = ParseSum();
        return new(From(variable.Span), variable.Text, from, to);
    }

    /// <summary>A quoted text in which {expression} stands for a value.</summary>
    private MessageTemplate ParseMessage()
    {
        var span = Current.Span;
        var text = ParseText("a message in quotes");
        List<string> texts = [];
        List<Expression> values = [];
        var position = 0;
        while (true)
        {
            var open = text.IndexOf('{', position);
            if (open < 0)
            {
                texts.Add(text[position..]);
                return new(span, texts, values);
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new SyntaxException(new("R0104", "a '{' in a message without '}'", new(new(_file, span.Start + 1 + open, 1), "opened here"), []));
            }

            texts.Add(text[position..open]);
            values.Add(ParseInside(span.Start + 2 + open, close - open - 1));
            position = close + 1;
        }
    }

    /// <summary>Parses an expression that stands inside a text, so that its errors point into the text.</summary>
    private Expression ParseInside(int start, int length)
    {
        var inner = new Parser(_file, start, start + length, _diagnostics, "'}'") { _depth = _depth };
        var expression = inner.ParseExpression();
        inner.SkipNewLines();
        return inner.Current.Kind == TokenKind.End ? expression : throw inner.Unexpected("'}'");
    }
}
