using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private Scalar EvaluateLogic(BinaryExpression expression, Scope? scope)
    {
        var left = EvaluateBoolean(expression.Left, scope);
        var isAnd = expression.Operator == "and";
        if (IsDecided(left))
        {
            return left.IsTrue == isAnd ? EvaluateBoolean(expression.Right, scope) : left;
        }

        var right = EvaluateBoolean(expression.Right, scope);
        using var _ = builder.At(expression.Span);
        var (a, b) = (SignalOf(left), SignalOf(right));
        return Scalar.Of(isAnd ? builder.And(a, b) : builder.Or(a, b), ScalarKind.Boolean);
    }

    private Scalar EvaluateBoolean(Expression expression, Scope? scope) => BooleanOf(Evaluate(expression, scope), expression);

    private Scalar BooleanOf(Value value, Expression expression) => value switch
    {
        Scalar { Kind: ScalarKind.Boolean } boolean => boolean,
        var other => throw Error("R0202", $"a bool is needed, found {other.Describe()}", expression.Span, other.Describe()),
    };

    private Scalar Not(Scalar value) =>
        value.IsKnown ? Scalar.Boolean(!value.IsTrue) : Scalar.Of(builder.Not(SignalOf(value)), ScalarKind.Boolean);

    private Scalar All(IReadOnlyList<Scalar> values) => values.Count == 1 ? values[0]
        : Scalar.Of(builder.All([.. values.Select(value => SignalOf(value))]), ScalarKind.Boolean);

    private Scalar Any(IReadOnlyList<Scalar> values) => values.Count == 1 ? values[0]
        : Scalar.Of(builder.Any([.. values.Select(value => SignalOf(value))]), ScalarKind.Boolean);

    /// <summary>Whether two values of the same shape are equal in every scalar.</summary>
    private Scalar AreEqual(Value left, Value right, BinaryExpression place)
    {
        using var _ = builder.At(place.Span);
        List<Scalar> parts = [];
        CollectEqualities(left, right, place, parts);
        return parts.Count == 0 ? Scalar.Boolean(true) : All(parts);
    }

    private void CollectEqualities(Value left, Value right, BinaryExpression place, List<Scalar> parts)
    {
        switch (left, right)
        {
            case (Scalar a, Scalar b):
                parts.Add(AreEqual(a, b, place));
                return;
            case (ArrayValue a, ArrayValue b) when a.Elements.Length == b.Elements.Length:
                Charge(a.Elements.Length, place.Span);
                for (var i = 0; i < a.Elements.Length; i++)
                {
                    CollectEqualities(a.Elements[i], b.Elements[i], place, parts);
                }

                return;
            case (StructValue a, StructValue b) when ReferenceEquals(a.Declaration, b.Declaration) && a.Fields.Length == b.Fields.Length:
                for (var i = 0; i < a.Fields.Length; i++)
                {
                    CollectEqualities(a.Fields[i], b.Fields[i], place, parts);
                }

                return;
            default:
                throw Incomparable(left, right, place);
        }
    }

    private Scalar AreEqual(Scalar left, Scalar right, BinaryExpression place)
    {
        (left, right) = MeetInField(left, right, place.Span);
        if (left.Kind != right.Kind)
        {
            throw Incomparable(left, right, place);
        }

        if (left.Kind == ScalarKind.Number)
        {
            CommonUnit(left, right, place);
            var scale = Math.Max(left.Scale, right.Scale);
            left = Align(left, scale, place.Left.Span);
            right = Align(right, scale, place.Right.Span);
            if (left.Interval.High < right.Interval.Low || right.Interval.High < left.Interval.Low)
            {
                return Scalar.Boolean(false);
            }
        }

        if (left.IsKnown && right.IsKnown)
        {
            return Scalar.Boolean(left.Kind == ScalarKind.Field ? left.KnownField == right.KnownField : left.Known == right.Known);
        }

        return Scalar.Of(builder.Equal(SignalOf(left), SignalOf(right)), ScalarKind.Boolean);
    }

    private ElaborationException Incomparable(Value left, Value right, BinaryExpression place) => Error(
        "R0202",
        $"'{place.Operator}' does not apply to {left.Describe()} and {right.Describe()}",
        place.Span,
        "here",
        left is Scalar first && right is Scalar second ? Conversion(first, second) : null,
        new Label(place.Left.Span, left.Describe()),
        new Label(place.Right.Span, right.Describe()));
}
