using Prover.Language;

namespace Prover.Compiler;

/// <summary>Finds undeclared names in everything a file declares, also in functions that nothing calls yet.</summary>
internal static class NameCheck
{
    /// <summary>One diagnostic for each name used and not declared in the program's root file.</summary>
    public static IEnumerable<Diagnostic> Run(CircuitProgram program)
    {
        var walker = new Walker(program);
        foreach (var declaration in program.Root.Declarations)
        {
            switch (declaration)
            {
                case FunctionDeclaration function:
                    walker.Visit(function.Body, [.. function.Generics, .. function.Parameters.Select(parameter => parameter.Name)]);
                    break;
                case RuleDeclaration rule:
                    walker.Visit(rule.Body, [.. rule.Generics, .. rule.Parameters.Select(parameter => parameter.Name)]);
                    break;
                case ConstDeclaration constant:
                    walker.Visit(constant.Value, []);
                    break;
            }
        }

        return walker.Found;
    }

    private sealed class Walker(CircuitProgram program)
    {
        public List<Diagnostic> Found { get; } = [];

        public void Visit(Expression? expression, List<string> names)
        {
            switch (expression)
            {
                case NameExpression name when !names.Contains(name.Name) && program.Find(name.Name) is null:
                    Report("value", name.Name, name.Span);
                    break;
                case CallExpression call:
                    if (!BuiltIns.Names.Contains(call.Name) && program.Find(call.Name) is null)
                    {
                        Report("function", call.Name, call.Span);
                    }

                    VisitAll(call.Generics.Concat(call.Arguments), names);
                    break;
                case StructLiteral literal:
                    if (program.Find(literal.Name) is null)
                    {
                        Report("struct", literal.Name, literal.Span);
                    }

                    VisitAll(literal.Fields.Select(field => field.Value), names);
                    break;
                case UnaryExpression unary:
                    Visit(unary.Operand, names);
                    break;
                case BinaryExpression binary:
                    VisitAll([binary.Left, binary.Right], names);
                    break;
                case IfExpression choice:
                    VisitAll([choice.Condition, choice.Then, choice.Else], names);
                    break;
                case BlockExpression block:
                    VisitBlock(block, names);
                    break;
                case RoundExpression round:
                    VisitAll([round.Value, round.Divisor, round.Scale], names);
                    break;
                case NarrowExpression narrow:
                    VisitAll([narrow.Value, .. narrow.Message.Values], names);
                    break;
                case MemberExpression member:
                    Visit(member.Target, names);
                    break;
                case IndexExpression index:
                    VisitAll([index.Target, index.Index], names);
                    break;
                case WithExpression with:
                    VisitAll([with.Target, .. with.Updates.Select(update => update.Value), .. with.Updates.Select(update => update.Index)], names);
                    break;
                case ArrayLiteral array:
                    VisitAll(array.Elements, names);
                    break;
                case RepeatExpression repeat:
                    VisitAll([repeat.Value, repeat.Count], names);
                    break;
                case OverRange over:
                    VisitLoop(over.Range, over.Body, names);
                    break;
                case FoldExpression fold:
                    Visit(fold.Initial, names);
                    VisitLoop(fold.Range, fold.Body, [.. names, fold.Accumulator]);
                    break;
            }
        }

        private void VisitAll(IEnumerable<Expression?> expressions, List<string> names)
        {
            foreach (var expression in expressions)
            {
                Visit(expression, names);
            }
        }

        private void VisitLoop(LoopRange range, Expression body, List<string> names)
        {
            VisitAll([range.From, range.To], names);
            Visit(body, [.. names, range.Variable]);
        }

        private void VisitBlock(BlockExpression block, List<string> outer)
        {
            List<string> names = [.. outer];
            foreach (var statement in block.Statements)
            {
                switch (statement)
                {
                    case LetStatement let:
                        Visit(let.Value, names);
                        names.Add(let.Name);
                        break;
                    case RequireStatement require:
                        VisitAll([require.Condition, .. require.Message.Values], names);
                        break;
                    case ForStatement loop:
                        VisitLoop(loop.Range, loop.Body, names);
                        break;
                    case ExpressionStatement expression:
                        Visit(expression.Value, names);
                        break;
                }
            }

            Visit(block.Result, names);
        }

        private void Report(string kind, string name, SourceSpan span) =>
            Found.Add(new("R0304", $"there is no {kind} '{name}' here", new(span, "not declared"), []));
    }
}
