using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>
/// Finds the shapes of expressions without evaluating them: that needs no generic arguments, so it works in functions that nobody calls,
/// and in programs with errors.
/// </summary>
internal sealed class Shapes(CircuitProgram program)
{
    /// <summary>Deeper than any expression that compiles.</summary>
    private const int MaximumDepth = 600;

    /// <summary>Results of functions and constants; while one is being looked for, none.</summary>
    private readonly Dictionary<Declaration, Shape?> _known = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    /// <summary>The shape of values of a type.</summary>
    public Shape? Of(TypeSyntax? type) => Guard<Shape?>(() => type switch
    {
        ArrayTypeSyntax array => new ArrayShape(Of(array.Element)),
        TreeTypeSyntax tree => new TreeShape(Of(tree.Leaf)),
        NamedTypeSyntax named => program.Find(named.Name) switch
        {
            StructDeclaration structure => new StructShape(structure),
            TypeDeclaration alias => Of(alias.Type),
            _ => null,
        },
        _ => null,
    });

    /// <summary>The shape of an expression's value.</summary>
    public Shape? Of(Expression? expression, NameScope? scope) => Guard(() => expression switch
    {
        NameExpression name => NameScope.Find(scope, name.Name) is { } local ? local.Shape : Of(program.Find(name.Name)),
        CallExpression { Name: "concat", Arguments: [var first, ..] } => Of(first, scope),
        CallExpression call => Of(program.Find(call.Name)),
        StructLiteral literal => program.Find(literal.Name) is StructDeclaration structure ? new StructShape(structure) : null,
        MemberExpression member => FieldOf(Of(member.Target, scope), member.Name) is var (_, field) ? Of(field.Type) : null,
        IndexExpression index => ElementOf(Of(index.Target, scope)),
        WithExpression with => Of(with.Target, scope),
        ArrayLiteral array => new ArrayShape(array.Elements.Count > 0 ? Of(array.Elements[0], scope) : null),
        RepeatExpression repeat => new ArrayShape(Of(repeat.Value, scope)),
        OverRange { Operator: "array" } over => new ArrayShape(Of(over.Body, new(LoopVariable(over.Range), scope))),
        FoldExpression fold => Of(fold.Initial, scope),
        IfExpression choice => Of(choice.Then, scope) ?? Of(choice.Else, scope),
        BlockExpression block => Of(block.Result, Behind(block.Statements, scope)),
        NarrowExpression narrow => Of(narrow.Type),
        _ => null,
    });

    /// <summary>The field of a name, if values of this shape have it.</summary>
    public static (StructDeclaration Owner, Parameter Field)? FieldOf(Shape? shape, string? name) =>
        shape is StructShape { Declaration: var owner } && owner.Fields.FirstOrDefault(field => field.Name == name) is { } field ? (owner, field) : null;

    /// <summary>The variable of a loop; the range begins with its name.</summary>
    public static LocalSymbol LoopVariable(LoopRange range) => new(range.Variable, LocalKind.Loop, range.Span with { Length = range.Variable.Length }, range, null);

    private static Shape? ElementOf(Shape? shape) => shape switch { ArrayShape array => array.Element, TreeShape tree => tree.Leaf, _ => null };

    /// <summary>The shape of what a declaration stands for: a constant's value, a function's result.</summary>
    private Shape? Of(Declaration? declaration)
    {
        if (declaration is null)
        {
            return null;
        }

        if (_known.TryGetValue(declaration, out var known))
        {
            return known;
        }

        _known[declaration] = null;
        return _known[declaration] = declaration switch
        {
            ConstDeclaration constant => constant.Type is { } type ? Of(type) : Of(constant.Value, null),
            FunctionDeclaration function => function.Result is { } result ? Of(result) : Of(function.Body, function.Parameters.Aggregate(
                (NameScope?)null, (scope, parameter) => new(new(parameter.Name, LocalKind.Parameter, parameter.Span, parameter, Of(parameter.Type)), scope))),
            _ => null,
        };
    }

    private NameScope? Behind(IReadOnlyList<Statement> statements, NameScope? scope) => statements.OfType<LetStatement>().Aggregate(
        scope, (inner, let) => new(new(let.Name, LocalKind.Let, let.Span, let, let.Type is { } type ? Of(type) : Of(let.Value, inner)), inner));

    private T? Guard<T>(Func<T?> find)
    {
        if (_depth >= MaximumDepth)
        {
            return default;
        }

        _depth++;
        var found = find();
        _depth--;
        return found;
    }
}
