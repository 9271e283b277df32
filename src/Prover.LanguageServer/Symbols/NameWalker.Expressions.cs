using Prover.Language;

namespace Prover.LanguageServer;

internal sealed partial class NameWalker
{
    /// <summary>Deeper than any expression that compiles.</summary>
    private const int MaximumDepth = 600;

    private int _depth;

    private void Visit(Expression? expression, NameScope? scope)
    {
        if (_depth < MaximumDepth)
        {
            _depth++;
            VisitNode(expression, scope);
            _depth--;
        }
    }

    private void VisitAll(IEnumerable<Expression?> expressions, NameScope? scope)
    {
        foreach (var expression in expressions)
        {
            Visit(expression, scope);
        }
    }

    private void VisitNode(Expression? expression, NameScope? scope)
    {
        switch (expression)
        {
            case NameExpression name:
                VisitName(name, scope);
                break;
            case CallExpression call:
                probe?.Meet(call.Name, PlaceKind.Value, scope);
                NoteGlobal(call.Name, call.Span with { Length = call.Name.Length }, call);
                VisitAll(call.Generics.Concat(call.Arguments), scope);
                break;
            case StructLiteral literal:
                probe?.Meet(literal.Name, PlaceKind.Value, scope);
                NoteGlobal(literal.Name, literal.Span with { Length = literal.Name.Length }, literal);
                VisitAll(literal.Generics, scope);
                VisitUpdates(literal.Fields, _shapes.Of(literal, scope), scope);
                break;
            case WithExpression with:
                Visit(with.Target, scope);
                VisitUpdates(with.Updates, _shapes.Of(with.Target, scope), scope);
                break;
            case MemberExpression member:
                Visit(member.Target, scope);
                probe?.Meet(member.Name, PlaceKind.Member, scope, _shapes.Of(member.Target, scope));
                NoteField(_shapes.Of(member.Target, scope), member.Name, new(file.Source, member.Span.Start + member.Span.Length - member.Name.Length, member.Name.Length), member);
                break;
            case UnaryExpression unary:
                Visit(unary.Operand, scope);
                break;
            case BinaryExpression binary:
                VisitAll([binary.Left, binary.Right], scope);
                break;
            case IfExpression choice:
                VisitAll([choice.Condition, choice.Then, choice.Else], scope);
                break;
            case BlockExpression block:
                var inner = VisitStatements(block.Statements, scope);
                Visit(block.Result, inner);
                break;
            case RoundExpression round:
                probe?.Meet(round.Mode, PlaceKind.Mode);
                NoteGlobal(round.Divisor is null ? "round" : "div", round.Span with { Length = round.Divisor is null ? 5 : 3 }, round);
                VisitAll([round.Value, round.Divisor, round.Scale], scope);
                break;
            case NarrowExpression narrow:
                NoteGlobal("narrow", narrow.Span with { Length = 6 }, narrow);
                Visit(narrow.Value, scope);
                VisitType(narrow.Type, scope);
                VisitAll(narrow.Message.Values, scope);
                break;
            case IndexExpression index:
                VisitAll([index.Target, index.Index], scope);
                break;
            case ArrayLiteral array:
                VisitAll(array.Elements, scope);
                break;
            case RepeatExpression repeat:
                VisitAll([repeat.Value, repeat.Count], scope);
                break;
            case OverRange over:
                if (over.Operator != "array")
                {
                    NoteGlobal(over.Operator, over.Span with { Length = over.Operator.Length }, over);
                }

                Visit(over.Body, VisitRange(over.Range, scope));
                break;
            case FoldExpression fold:
                VisitFold(fold, scope);
                break;
        }
    }

    private void VisitName(NameExpression name, NameScope? scope)
    {
        probe?.Meet(name.Name, PlaceKind.Value, scope);
        if (NameScope.Find(scope, name.Name) is { } local)
        {
            Found.Add(new(name.Span, local) { Node = name });
        }
        else
        {
            NoteGlobal(name.Name, name.Span, name);
        }
    }

    private void VisitUpdates(IReadOnlyList<Update> updates, Shape? shape, NameScope? scope)
    {
        foreach (var update in updates)
        {
            probe?.Meet(update.Field ?? "", PlaceKind.Field, scope, shape);
            Visit(update.Index, scope);
            var before = Found.Count;
            Visit(update.Value, scope);
            if (update.Field is not { } field)
            {
                continue;
            }

            var isShort = update.Value is NameExpression name && name.Span.Start == update.Span.Start;
            for (var i = before; isShort && i < Found.Count; i++)
            {
                Found[i] = Found[i] with { IsShort = true };
            }

            NoteField(shape, field, update.Span with { Length = field.Length }, update.Value, isShort);
        }
    }

    private void NoteField(Shape? shape, string name, SourceSpan span, Expression node, bool isShort = false)
    {
        if (Shapes.FieldOf(shape, name) is var (owner, field) && FieldOf(owner, field) is { } symbol)
        {
            Found.Add(new(span, symbol) { IsShort = isShort, Node = node });
        }
    }

    private NameScope VisitRange(LoopRange range, NameScope? scope)
    {
        VisitAll([range.From, range.To], scope);
        return Declare(Shapes.LoopVariable(range), scope);
    }

    private void VisitFold(FoldExpression fold, NameScope? scope)
    {
        Visit(fold.Initial, scope);
        var inner = VisitRange(fold.Range, scope);
        if (_tokens.Find(fold.Span.Start, fold.Accumulator) is { } place)
        {
            inner = Declare(new(fold.Accumulator, LocalKind.Accumulator, place, fold, _shapes.Of(fold.Initial, scope)), inner);
        }

        Visit(fold.Body, inner);
    }

    /// <summary>The names behind the statements.</summary>
    private NameScope? VisitStatements(IReadOnlyList<Statement> statements, NameScope? scope)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case LetStatement let:
                    VisitType(let.Type, scope);
                    Visit(let.Value, scope);
                    if (_tokens.Find(let.Span.Start, let.Name) is { } place)
                    {
                        scope = Declare(new(let.Name, LocalKind.Let, place, let, let.Type is { } type ? _shapes.Of(type) : _shapes.Of(let.Value, scope)), scope);
                    }

                    break;
                case RequireStatement require:
                    VisitAll([require.Condition, .. require.Message.Values], scope);
                    break;
                case ForStatement loop:
                    Visit(loop.Body, VisitRange(loop.Range, scope));
                    break;
                case ExpressionStatement expression:
                    Visit(expression.Value, scope);
                    break;
            }
        }

        return scope;
    }
}
