namespace Prover.Language;

public sealed partial class Parser
{
    private BlockExpression ParseBlock()
    {
        var start = Expect("{", "to begin a block").Span;
        List<Statement> statements = [];
        SkipNewLines();
        while (!At("}") && Current.Kind != TokenKind.End)
        {
            try
            {
                statements.Add(ParseStatement());
                if (!At("}") && Current.Kind != TokenKind.NewLine)
                {
                    throw Unexpected("the end of the statement");
                }
            }
            catch (SyntaxException error) when (SkipToNextStatement())
            {
                _diagnostics.Add(error.Diagnostic);
            }

            SkipNewLines();
        }

        Expect("}", "to end the block");
        Expression? result = null;
        if (statements is [.., ExpressionStatement last])
        {
            result = last.Value;
            statements.RemoveAt(statements.Count - 1);
        }

        return new(From(start), statements, result);
    }

    private bool SkipToNextStatement()
    {
        while (Current.Kind is not (TokenKind.NewLine or TokenKind.End))
        {
            Advance();
        }

        return Current.Kind == TokenKind.NewLine;
    }

    private Statement ParseStatement()
    {
        var start = Current.Span;
        if (Accept("let"))
        {
            var name = ExpectIdentifier("the variable's name");
            var type = Accept(":") ? ParseType() : null;
            Expect("=", "and the value");
            SkipNewLines();
            return new LetStatement(From(start), name.Text, type, ParseExpression());
        }

        if (Accept("require"))
        {
            var condition = ParseExpression();
            Expect(",", "and a message");
            SkipNewLines();
            return new RequireStatement(From(start), condition, ParseMessage());
        }

        if (Accept("for"))
        {
            var range = ParseRange();
            return new ForStatement(From(start), range, ParseBlock());
        }

        return new ExpressionStatement(start, ParseExpression());
    }

    private LoopRange ParseRange()
    {
        var variable = ExpectIdentifier("the loop variable's name");
        Expect("in", "and a range");
        var from = ParseSum();
        Expect("..", "and the end of the range");
        return new(From(variable.Span), variable.Text, from, ParseSum());
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
        var padded = string.Concat(new string(' ', start), _file.Text.AsSpan(start, length));
        var inner = new Parser(_file with { Text = padded }, _diagnostics);
        var expression = inner.ParseExpression();
        inner.SkipNewLines();
        return inner.Current.Kind == TokenKind.End ? expression : throw inner.Unexpected("'}'");
    }
}
