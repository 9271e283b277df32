using Prover.Language;
using Prover.Witness;

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
                    walker.VisitBody(function.Body, [.. function.Generics, .. function.Parameters.Select(parameter => parameter.Name)]);
                    break;
                case RuleDeclaration rule:
                    walker.VisitBody(rule.Body, [
                        .. rule.Generics,
                        .. rule.Parameters.Select(parameter => parameter.Name),
                        .. rule.Parameters.Where(parameter => parameter.IsHashed).Select(_ => InputDigest.Name).Take(1),
                    ]);
                    break;
                case ConstDeclaration constant:
                    walker.VisitBody(constant.Value, []);
                    break;
            }
        }

        foreach (var property in program.Root.Properties)
        {
            List<string> variables = [.. property.Variables.Select(variable => variable.Name)];
            walker.VisitBody(property.Body, variables);
            if (property.Where is { } where)
            {
                walker.VisitBody(where, variables);
            }
        }

        return walker.Found;
    }

    private sealed class Walker(CircuitProgram program)
    {
        /// <summary>Deeper than any expression that compiles; what nests deeper still is the elaborator's to refuse.</summary>
        private const int MaximumDepth = 600;

        /// <summary>How often each local name is declared around the place that is visited.</summary>
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private int _depth;
        private int _loops;

        /// <summary>The name that the let around the visited place declares.</summary>
        private string? _let;

        public List<Diagnostic> Found { get; } = [];

        public void VisitBody(Expression body, List<string> names) => Within(names, () => Visit(body));

        private void Visit(Expression? expression)
        {
            if (_depth == MaximumDepth)
            {
                return;
            }

            _depth++;
            VisitNode(expression);
            _depth--;
        }

        /// <summary>Visits with more names declared.</summary>
        private void Within(IEnumerable<string> names, Action visit)
        {
            foreach (var name in names)
            {
                Declare(name, 1);
            }

            visit();
            foreach (var name in names)
            {
                Declare(name, -1);
            }
        }

        private void Declare(string name, int times) => _names[name] = _names.GetValueOrDefault(name) + times;

        private void VisitNode(Expression? expression)
        {
            switch (expression)
            {
                case NameExpression name when _names.GetValueOrDefault(name.Name) == 0 && program.Find(name.Name) is null:
                    Report("value", name.Name, name.Span);
                    break;
                case CallExpression call:
                    if (!BuiltIns.Names.Contains(call.Name) && program.Find(call.Name) is null)
                    {
                        Report("function", call.Name, call.Span);
                    }

                    VisitAll(call.Generics.Concat(call.Arguments));
                    break;
                case StructLiteral literal:
                    if (program.Find(literal.Name) is null)
                    {
                        Report("struct", literal.Name, literal.Span);
                    }

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
                case BlockExpression block:
                    VisitBlock(block);
                    break;
                case RoundExpression round:
                    VisitAll([round.Value, round.Divisor, round.Scale]);
                    break;
                case NarrowExpression narrow:
                    VisitAll([narrow.Value, .. narrow.Message.Values]);
                    break;
                case MemberExpression member:
                    Visit(member.Target);
                    break;
                case IndexExpression index:
                    VisitAll([index.Target, index.Index]);
                    break;
                case WithExpression with:
                    VisitAll([with.Target, .. with.Updates.Select(update => update.Value), .. with.Updates.Select(update => update.Index)]);
                    break;
                case ArrayLiteral array:
                    VisitAll(array.Elements);
                    break;
                case RepeatExpression repeat:
                    VisitAll([repeat.Value, repeat.Count]);
                    break;
                case OverRange over:
                    VisitLoop(over.Range, over.Body);
                    break;
                case FoldExpression fold:
                    Visit(fold.Initial);
                    Within([fold.Accumulator], () => VisitLoop(fold.Range, fold.Body));
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

        private void VisitLoop(LoopRange range, Expression body)
        {
            VisitAll([range.From, range.To]);
            _loops++;
            Within([range.Variable], () => Visit(body));
            _loops--;
        }

        private void VisitBlock(BlockExpression block)
        {
            List<string> locals = [];
            foreach (var statement in block.Statements)
            {
                switch (statement)
                {
                    case LetStatement let:
                        var outer = _let;
                        _let = let.Name;
                        Visit(let.Value);
                        _let = outer;
                        Declare(let.Name, 1);
                        locals.Add(let.Name);
                        break;
                    case RequireStatement require:
                        VisitAll([require.Condition, .. require.Message.Values]);
                        break;
                    case ForStatement loop:
                        VisitLoop(loop.Range, loop.Body);
                        break;
                    case ExpressionStatement expression:
                        Visit(expression.Value);
                        break;
                }
            }

            Visit(block.Result);
            foreach (var local in locals)
            {
                Declare(local, -1);
            }
        }

        private string? RemedyOf(string kind, string name) => kind == "value" && name == _let && _loops > 0
            ? $"'fold {name} = 0 for i in 0..N {{ … }}' carries {name} from round to round"
            : null;

        private void Report(string kind, string name, SourceSpan span)
        {
            if (Found.Count < Diagnostic.MaximumPerFile)
            {
                var known = program.Names.Concat(_names.Where(local => local.Value > 0).Select(local => local.Key)).Concat(kind == "function" ? BuiltIns.Names : []);
                Found.Add(new("R0304", $"there is no {kind} '{name}' here", new(NearestName.SpanOf(name, span), "not declared"), [], RemedyOf(kind, name) ?? NearestName.Help(name, known)));
            }
        }
    }
}
