using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private const int MaximumScale = 60;
    private const int MaximumLength = 1 << 20;

    private readonly List<Declaration> _typesInProgress = [];

    /// <summary>A type outside any declaration with generic arguments.</summary>
    public ResolvedType Resolve(TypeSyntax syntax) => Complete(() => ResolveType(syntax, null));

    private ResolvedType ResolveType(TypeSyntax syntax, Scope? scope)
    {
        Enter(syntax.Span);
        Charge(1, syntax.Span);
        ResolvedType type = syntax switch
        {
            NumberTypeSyntax number => ResolveNumber(number, scope),
            ArrayTypeSyntax array => new ArrayType(ResolveType(array.Element, scope), EvaluateCount(array.Length, scope, "an array's length", MaximumLength)),
            TreeTypeSyntax tree => throw Error("R0312", "only the state of a rule is a tree", tree.Span, "here", "rule r(state accounts: tree<10, Account>) { … }"),
            NamedTypeSyntax named => ResolveNamed(named, scope),
            _ => throw new InvalidOperationException(syntax.ToString()),
        };
        RequireSize(type.Size, syntax.Span);
        Leave();
        return type;
    }

    /// <summary>Resolves what a declaration stands for, which cannot be made of itself.</summary>
    private T Inside<T>(Declaration declaration, SourceSpan place, Func<T> resolve)
        where T : ResolvedType
    {
        if (_typesInProgress.Contains(declaration))
        {
            throw Error("R0406", $"the type '{declaration.Name}' contains itself", place, "used here", null, new Label(declaration.NameSpan, "declared here"));
        }

        _typesInProgress.Add(declaration);
        var type = resolve();
        _typesInProgress.RemoveAt(_typesInProgress.Count - 1);
        return type;
    }

    private NumberType ResolveNumber(NumberTypeSyntax syntax, Scope? scope)
    {
        var scale = syntax.Scale is null ? 0 : EvaluateCount(syntax.Scale, scope, "the number of decimals", MaximumScale);
        var unit = ResolveUnit(syntax);
        if (syntax.Low is null || syntax.High is null)
        {
            return new(scale, null, unit);
        }

        var bounds = new Interval(EvaluateBound(syntax.Low, scope, scale), EvaluateBound(syntax.High, scope, scale));
        if (bounds.Low > bounds.High)
        {
            throw Error("R0207", $"no value lies from {bounds.Low} to {bounds.High}", syntax.Span, "empty range");
        }

        return bounds.IsWithinLimit
            ? new(scale, bounds, unit)
            : throw Error("R0203", $"bounds need {bounds.MagnitudeBits} bits, limit 252", syntax.Span, bounds.ToString(), "bounds go from -2^252 + 1 to 2^252 - 1");
    }

    private ResolvedType ResolveNamed(NamedTypeSyntax syntax, Scope? scope)
    {
        switch (syntax.Name)
        {
            case "bool":
                return new BooleanType();
            case "field":
                return new FieldType();
        }

        switch (program.Find(syntax.Name))
        {
            case TypeDeclaration alias:
                return syntax.Generics.Count == 0
                    ? Inside(alias, syntax.Span, () => ResolveType(alias.Type, null))
                    : throw Error("R0401", $"{alias.Name} takes 0 generic arguments, not {syntax.Generics.Count}", syntax.Span, "here", null, new Label(alias.NameSpan, "declared here"));
            case StructDeclaration structure:
                return ResolveStruct(structure, EvaluateGenerics(syntax.Generics, scope), syntax.Span);
            case null:
                throw Error("R0304", $"there is no type '{syntax.Name}'", syntax.Span, "not declared", ForeignWords.RemedyOfType(syntax.Name) ?? NearestName.Help(syntax.Name, BuiltIns.Types.Concat(program.Names)));
            case var other:
                throw Error("R0305", $"'{syntax.Name}' is not a type", syntax.Span, "used as a type", null, new Label(other.NameSpan, "declared here"));
        }
    }

    private StructType ResolveStruct(StructDeclaration structure, BigInteger[] generics, SourceSpan place)
    {
        if (structure.Generics.Count != generics.Length)
        {
            throw Error(
                "R0401",
                $"{structure.Name} takes {Count(structure.Generics.Count, "generic argument")}, not {generics.Length}",
                place,
                "here",
                null,
                new Label(structure.NameSpan, "declared here"));
        }

        var scope = BindGenerics(structure.Generics, generics, structure.NameSpan);
        return Inside(structure, place, () => new StructType(structure, generics, [.. structure.Fields.Select(field => ResolveType(field.Type, scope))]));
    }

    /// <summary>The value as one of a declared type: scales are widened, literals become field elements, ranges are compared, nothing is lost.</summary>
    private Value Coerce(Value value, ResolvedType type, SourceSpan span, Node declaration)
    {
        switch (type, value)
        {
            case (BooleanType, Scalar { Kind: ScalarKind.Boolean }):
            case (FieldType, Scalar { Kind: ScalarKind.Field }):
                return value;
            case (FieldType, Scalar { Kind: ScalarKind.Number, IsKnown: true, Scale: 0 } literal):
                return FieldConstant(literal, span);
            case (NumberType number, Scalar { Kind: ScalarKind.Number } scalar):
                return CoerceNumber(scalar, number, span, declaration);
            case (ArrayType array, ArrayValue elements) when array.Length == elements.Elements.Length:
                Charge(array.Length, span);
                return new ArrayValue([.. elements.Elements.Select(element => Coerce(element, array.Element, span, declaration))]);
            case (StructType structure, StructValue instance)
                when ReferenceEquals(structure.Declaration, instance.Declaration) && structure.Generics.AsSpan().SequenceEqual(instance.Generics):
                return value;
            default:
                throw Error(
                    "R0201",
                    $"expected {type}, found {value.Describe()}",
                    span,
                    value.Describe(),
                    type is FieldType && value is Scalar { Kind: not ScalarKind.Field } ? "field(x) embeds a number or a bool in the field" : null,
                    new Label(declaration.Span, $"{type} is declared here"));
        }
    }

    private Scalar CoerceNumber(Scalar scalar, NumberType type, SourceSpan span, Node declaration)
    {
        if (scalar.Scale > type.Scale)
        {
            throw Error(
                "R0205",
                $"a dec({scalar.Scale}) does not fit into {type} without rounding",
                span,
                scalar.Describe(),
                $"round(x, to {type.Scale}, floor) or another mode",
                new Label(declaration.Span, "declared here"));
        }

        scalar = InUnit(scalar, type, span, declaration);
        var aligned = Align(scalar, type.Scale, span);
        if (type.Bounds is { } bounds && !bounds.Contains(aligned.Interval))
        {
            throw Error(
                "R0204",
                $"the value may be anything in {aligned.Interval}, but the type allows {bounds}",
                span,
                $"in {aligned.Interval}",
                $"narrow(…, {type}, \"message\") checks the range when the rule runs",
                new Label(declaration.Span, $"{bounds} is declared here"));
        }

        return aligned;
    }

    private int EvaluateCount(Expression expression, Scope? scope, string what, int maximum)
    {
        var value = EvaluateInteger(expression, scope, what);
        return value >= 0 && value <= maximum
            ? (int)value
            : throw Error("R0402", $"{what} must be from 0 to {maximum:N0}, not {value}", expression.Span, "here");
    }

    /// <summary>A whole number bounds the raw value, one with decimals the value itself: in dec(2), 0.50 and 50 are one bound.</summary>
    private BigInteger EvaluateBound(Expression expression, Scope? scope, int scale) => Evaluate(expression, scope) switch
    {
        Scalar { Kind: ScalarKind.Number, IsKnown: true } known when known.Scale <= scale =>
            known.Scale == 0 ? known.Known : known.Known * BigInteger.Pow(10, scale - known.Scale),
        Scalar { Kind: ScalarKind.Number, IsKnown: true } known =>
            throw Error("R0205", $"a bound with {known.Scale} decimals is finer than the type, which has {scale}", expression.Span, known.Describe()),
        var other => throw NotAnInteger("a bound", expression, other),
    };

    private BigInteger EvaluateInteger(Expression expression, Scope? scope, string what, string? help = null) => Evaluate(expression, scope) switch
    {
        Scalar { Kind: ScalarKind.Number, Scale: 0, IsKnown: true } known => known.Known,
        var other => throw NotAnInteger(what, expression, other, help),
    };

    private ElaborationException NotAnInteger(string what, Expression expression, Value found, string? help = null) =>
        Error("R0403", $"{what} must be an integer known at compile time", expression.Span, found.Describe(), help);
}
