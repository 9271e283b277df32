using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>The unit behind a number's type.</summary>
    private UnitOfMeasure ResolveUnit(NumberTypeSyntax syntax)
    {
        var unit = UnitOfMeasure.None;
        foreach (var factor in syntax.Unit)
        {
            unit = program.Find(factor.Name) switch
            {
                UnitDeclaration => Usual(unit * UnitOfMeasure.Of(factor.Name).Power(factor.Exponent), factor.Span),
                null => throw Error("R0304", $"there is no unit '{factor.Name}'", factor.Span, "not declared", NearestName.Suggest(factor.Name, UnitNames()) ?? $"unit {factor.Name} declares it"),
                var other => throw Error("R0305", $"'{factor.Name}' is not a unit", factor.Span, "used as a unit", null, new Label(other.NameSpan, "declared here")),
            };
        }

        return unit;

        IEnumerable<string> UnitNames() => program.Files.SelectMany(file => file.Declarations).OfType<UnitDeclaration>().Select(declaration => declaration.Name);
    }

    /// <summary>A unit, refused if nobody can have meant it.</summary>
    private UnitOfMeasure Usual(UnitOfMeasure unit, SourceSpan place) => unit.IsWithinLimit
        ? unit
        : throw Error("R0214", "a unit of more than 16 factors or of a power above 1,000", place, "here", "raw(x) drops a unit");

    /// <summary>The unit of two numbers that are added, compared or chosen between; a 0 of no unit has that of the other.</summary>
    private UnitOfMeasure CommonUnit(Scalar left, Scalar right, Node place)
    {
        if (left.Unit == right.Unit || right.IsPlainZero)
        {
            return left.Unit;
        }

        if (left.IsPlainZero)
        {
            return right.Unit;
        }

        if (place is BinaryExpression { Left: var whole } step && ReferenceEquals(whole, step.Right))
        {
            // A step of max, product and the like.
            place = whole;
        }

        var (what, first, second) = place switch
        {
            BinaryExpression binary => ($"'{binary.Operator}'", binary.Left.Span, binary.Right.Span),
            IfExpression { Else: { } otherwise } choice => ("a choice", ResultOf(choice.Then), ResultOf(otherwise)),
            OverRange over => (over.Operator, over.Span, over.Span),
            CallExpression call => (call.Name, call.Span, call.Span),
            _ => ("this", place.Span, place.Span),
        };
        throw Error(
            "R0213",
            $"{what} needs equal units, found {left.Unit} and {right.Unit}",
            place.Span,
            "here",
            left.Unit.IsNone || right.Unit.IsNone
                ? "a constant has the unit of its type, as in const TICK: dec(2)[0 .. 1] USD = 0.01; raw(x) has no unit"
                : "a price in USD/BTC times BTC is in USD; raw(x) has no unit",
            first == second ? [] : [new Label(first, $"{left.Unit}"), new Label(second, $"{right.Unit}")]);
    }

    /// <summary>A number where a type is declared, which must have its unit; a constant of no unit gets it.</summary>
    private Scalar InUnit(Scalar scalar, NumberType type, SourceSpan span, Node declaration) =>
        scalar.Unit == type.Unit || (scalar.Unit.IsNone && scalar.IsKnown)
            ? scalar.WithUnit(type.Unit)
            : throw Error(
                "R0213",
                $"a number {(scalar.Unit.IsNone ? "without a unit" : $"in {scalar.Unit}")} does not fit into {type}",
                span,
                scalar.Describe(),
                scalar.Unit.IsNone ? $"x * ONE gives it the unit of const ONE: int[1 .. 1] {type.Unit} = 1" : type.Unit.IsNone ? "raw(x) has no unit, and dec<s>(raw(x)) the decimals again" : null,
                new Label(declaration.Span, $"{type} is declared here"));
}
