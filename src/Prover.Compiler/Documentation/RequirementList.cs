using Prover.Language;

namespace Prover.Compiler;

/// <summary>The messages of everything that a rule requires, itself and in the functions it calls, in the order in which they are met.</summary>
internal sealed class RequirementList
{
    private readonly CircuitProgram _program;
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly List<MessageTemplate> _messages = [];

    private RequirementList(CircuitProgram program) => _program = program;

    /// <summary>The messages of a rule, each as it is written.</summary>
    public static IReadOnlyList<MessageTemplate> Of(CircuitProgram program, RuleDeclaration rule)
    {
        var list = new RequirementList(program);
        list.Visit(rule.Body);
        return list._messages;
    }

    private void Visit(Statement statement)
    {
        switch (statement)
        {
            case LetStatement let:
                Visit(let.Value);
                break;
            case RequireStatement require:
                Visit(require.Condition);
                _messages.Add(require.Message);
                break;
            case ForStatement loop:
                Visit(loop.Body);
                break;
            case ExpressionStatement expression:
                Visit(expression.Value);
                break;
        }
    }

    private void Visit(Expression? expression)
    {
        switch (expression)
        {
            case CallExpression call:
                VisitAll(call.Arguments);
                if (_program.Find(call.Name) is FunctionDeclaration function && _called.Add(call.Name))
                {
                    Visit(function.Body);
                }

                break;
            case NarrowExpression narrow:
                Visit(narrow.Value);
                _messages.Add(narrow.Message);
                break;
            case BlockExpression block:
                foreach (var statement in block.Statements)
                {
                    Visit(statement);
                }

                Visit(block.Result);
                break;
            case StructLiteral literal:
                VisitAll(literal.Fields.Select(field => field.Value));
                break;
            case UnaryExpression unary:
                Visit(unary.Operand);
                break;
            case BinaryExpression binary:
                VisitAll([binary.Left, binary.Right]);
                break;
            case IfExpression choice:
                VisitAll([choice.Condition, choice.Then, choice.Else]);
                break;
            case RoundExpression round:
                VisitAll([round.Value, round.Divisor]);
                break;
            case MemberExpression member:
                Visit(member.Target);
                break;
            case IndexExpression index:
                VisitAll([index.Target, index.Index]);
                break;
            case WithExpression with:
                VisitAll([with.Target, .. with.Updates.Select(update => update.Index), .. with.Updates.Select(update => update.Value)]);
                break;
            case ArrayLiteral array:
                VisitAll(array.Elements);
                break;
            case RepeatExpression repeat:
                Visit(repeat.Value);
                break;
            case OverRange over:
                Visit(over.Body);
                break;
            case FoldExpression fold:
                VisitAll([fold.Initial, fold.Body]);
                break;
        }
    }

    private void VisitAll(IEnumerable<Expression?> expressions)
    {
        foreach (var expression in expressions)
        {
            Visit(expression);
        }
    }
}
