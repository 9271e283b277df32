using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private Value EvaluateIf(IfExpression expression, Scope? scope)
    {
        var condition = EvaluateBoolean(expression.Condition, scope);
        if (IsDecided(condition))
        {
            return condition.IsTrue ? Evaluate(expression.Then, scope)
                : expression.Else is null ? Value.Nothing : Evaluate(expression.Else, scope);
        }

        var outer = _guard;
        var bit = SignalOf(condition);
        _guard = new(outer, bit);
        var then = Attempt(expression.Then, scope);
        _guard = new(outer, builder.Not(bit));
        var otherwise = expression.Else is null ? Value.Nothing : Attempt(expression.Else, scope);
        _guard = outer;
        RefusePoison(then);
        RefusePoison(otherwise);
        using var _ = builder.At(expression.Span);
        return Select(condition, then, otherwise, expression);
    }

    /// <summary>The first value if the condition holds, else the second, scalar by scalar.</summary>
    private Value Select(Scalar condition, Value then, Value otherwise, Node place)
    {
        switch (then, otherwise)
        {
            case (Scalar a, Scalar b):
                return SelectScalar(condition, a, b, place);
            case (ArrayValue a, ArrayValue b) when a.Elements.Length == b.Elements.Length:
                Charge(a.Elements.Length, place.Span);
                return new ArrayValue([.. a.Elements.Zip(b.Elements, (x, y) => Select(condition, x, y, place))]);
            case (StructValue a, StructValue b) when ReferenceEquals(a.Declaration, b.Declaration) && a.Generics.AsSpan().SequenceEqual(b.Generics):
                return new StructValue(a.Declaration, a.Generics, [.. a.Fields.Zip(b.Fields, (x, y) => Select(condition, x, y, place))]);
            case (TreeValue a, TreeValue b) when ReferenceEquals(a.State, b.State):
                return new TreeValue(a.State, SelectScalar(condition, a.Root, b.Root, place), States.Choose(SignalOf(condition), a.Version, b.Version));
            default:
                return ReferenceEquals(then, Value.Nothing) && ReferenceEquals(otherwise, Value.Nothing) ? Value.Nothing : throw Branches(then, otherwise, place);
        }
    }

    private Scalar SelectScalar(Scalar condition, Scalar then, Scalar otherwise, Node place)
    {
        (then, otherwise) = MeetInField(then, otherwise, place.Span);
        if (then.Kind != otherwise.Kind)
        {
            throw Branches(then, otherwise, place);
        }

        var unit = CommonUnit(then, otherwise, place);
        var scale = Math.Max(then.Scale, otherwise.Scale);
        then = Align(then, scale, place.Span).WithUnit(unit);
        otherwise = Align(otherwise, scale, place.Span).WithUnit(unit);
        if (then.IsKnown && otherwise.IsKnown && then.Known == otherwise.Known && then.KnownField == otherwise.KnownField)
        {
            return then;
        }

        return condition.IsKnown
            ? condition.IsTrue ? then : otherwise
            : Scalar.Of(builder.Select(SignalOf(condition), SignalOf(then), SignalOf(otherwise)), then.Kind, scale).WithUnit(unit);
    }

    private ElaborationException Branches(Value then, Value otherwise, Node place) => Error(
        "R0209",
        $"the branches have different types: {then.Describe()} and {otherwise.Describe()}",
        place.Span,
        "both branches must have one type",
        place is IfExpression { Else: null } ? "else { … } gives the other value" : null,
        place is IfExpression { Else: { } last } choice ? [new Label(ResultOf(choice.Then), then.Describe()), new Label(ResultOf(last), otherwise.Describe())] : []);

    private static SourceSpan ResultOf(Expression branch) => branch is BlockExpression { Result: { } result } ? result.Span : branch.Span;

    private Value EvaluateFold(FoldExpression expression, Scope? scope)
    {
        var accumulator = Evaluate(expression.Initial, scope);
        foreach (var step in Unroll(expression.Range, scope))
        {
            accumulator = Evaluate(expression.Body, new(expression.Accumulator, accumulator, step));
        }

        return accumulator;
    }

    private Value EvaluateOverRange(OverRange expression, Scope? scope)
    {
        List<Value> values = [];
        var size = 0L;
        foreach (var step in Unroll(expression.Range, scope))
        {
            var value = Evaluate(expression.Body, step);
            RequireSize(size += value.Size, expression.Span);
            values.Add(value);
        }

        return expression.Operator switch
        {
            "array" => new ArrayValue([.. values]),
            "argmax" or "argmin" => IndexOfExtreme(expression.Operator, values, EvaluateInteger(expression.Range.From, scope, "a loop's start"), expression),
            _ => Combine(expression.Operator, values, expression),
        };
    }

    /// <summary>The scope of each round of a loop.</summary>
    private IEnumerable<Scope> Unroll(LoopRange range, Scope? scope)
    {
        var from = EvaluateInteger(range.From, scope, "a loop's start");
        var to = EvaluateInteger(range.To, scope, "a loop's end");
        if (to - from > MaximumLength)
        {
            throw Error("R0402", $"a loop of {to - from:N0} rounds; at most {MaximumLength:N0} are unrolled", range.Span, "here");
        }

        var outside = _rounds;
        _rounds *= (long)BigInteger.Max(BigInteger.One, to - from);
        if (_rounds > MaximumRounds)
        {
            throw Error("R0402", $"loops within loops make {_rounds:N0} rounds; at most {MaximumRounds:N0} are unrolled", range.Span, "here");
        }

        _loops++;
        for (var i = from; i < to; i++)
        {
            var errors = Recovery.Count;
            yield return new(range.Variable, Scalar.Number(i), scope);
            if (Recovery.Count > errors)
            {
                // The rounds that follow would fail alike.
                throw Told;
            }
        }

        _loops--;
        _rounds = outside;
    }

    /// <summary>sum, product, max, min, all, any or count of values.</summary>
    private Scalar Combine(string operation, IReadOnlyList<Value> values, Expression place)
    {
        Charge(values.Count, place.Span);
        var scalars = values.Select(value => value as Scalar ?? throw Error("R0202", $"{operation} needs single values, found {value.Describe()}", place.Span, "here")).ToList();
        if (operation is "all" or "any" or "count" && scalars.Find(scalar => scalar.Kind != ScalarKind.Boolean) is { } wrong)
        {
            throw Error("R0202", $"{operation} needs bools, found {wrong.Describe()}", place.Span, "here");
        }

        using var _ = builder.At(place.Span);
        switch (operation)
        {
            case "all":
                return scalars.Count == 0 ? Scalar.Boolean(true) : All(scalars);
            case "any":
                return scalars.Count == 0 ? Scalar.Boolean(false) : Any(scalars);
            case "count":
                return Sum([.. scalars.Select(ToInteger)], place);
            case "sum":
                return Sum(scalars, place);
        }

        if (scalars.Count == 0)
        {
            return operation == "product" ? Scalar.Number(1) : throw Error("R0402", $"{operation} of nothing", place.Span, "empty range");
        }

        var isInField = operation == "product" && scalars.Exists(scalar => scalar.Kind == ScalarKind.Field);
        for (var i = 0; i < scalars.Count; i++)
        {
            scalars[i] = isInField ? MeetInField(Scalar.Field(Fr.Zero), scalars[i], place.Span).Right : scalars[i];
            if (scalars[i].Kind != (isInField ? ScalarKind.Field : ScalarKind.Number))
            {
                throw Error("R0202", $"{operation} needs {(isInField ? "field values" : "numbers")}, found {scalars[i].Describe()}", place.Span, "here");
            }
        }

        var symbol = operation switch { "product" => "*", "max" => ">=", _ => "<=" };
        var step = new BinaryExpression(place.Span, symbol, place, place);
        return scalars.Aggregate((a, b) =>
            operation != "product" ? Extreme(operation == "max", Compare(step, a, b), a, b, place)
            : isInField ? FieldArithmetic(step, a, b) : NumberArithmetic(step, a, b));
    }

    private Scalar Sum(List<Scalar> scalars, Expression place)
    {
        if (scalars.Count == 0)
        {
            return Scalar.Number(0);
        }

        var inField = scalars.Exists(scalar => scalar.Kind == ScalarKind.Field);
        var scale = scalars.Max(scalar => scalar.Scale);
        var signals = new Signal[scalars.Count];
        var (known, interval, knownField) = (true, Interval.Point(0), Fr.Zero);
        var total = Scalar.Number(0);
        for (var i = 0; i < signals.Length; i++)
        {
            var scalar = inField ? MeetInField(Scalar.Field(Fr.Zero), scalars[i], place.Span).Right : Align(scalars[i], scale, place.Span);
            if (scalar.Kind != (inField ? ScalarKind.Field : ScalarKind.Number))
            {
                throw Error("R0202", $"a sum of numbers or of field values is needed, found {scalar.Describe()}", place.Span, "here");
            }

            // Only a plain zero takes any unit, so the first number that is none decides.
            total = inField || !total.IsPlainZero || scalar.IsPlainZero ? total : scalar;
            CommonUnit(total, scalar, place);
            interval = inField ? interval : interval + scalar.Interval;
            knownField += scalar.KnownField;
            known &= scalar.IsKnown;
            signals[i] = SignalOf(scalar);
        }

        if (!interval.IsWithinLimit)
        {
            throw Error("R0203", $"sum may exceed the field (needs {interval.MagnitudeBits} bits, limit 252)", place.Span, $"{Count(signals.Length, "term")}, in {interval}", "round(x, to s, mode) or narrow(x, T, \"message\") the terms first");
        }

        return (known ? inField ? Scalar.Field(knownField) : Scalar.Number(interval.Low, scale)
            : Scalar.Of(builder.Sum(signals), inField ? ScalarKind.Field : ScalarKind.Number, scale)).WithUnit(total.Unit);
    }

    private Scalar ToInteger(Scalar boolean) =>
        boolean.IsKnown ? Scalar.Number(boolean.Known) : Scalar.Of(SignalOf(boolean), ScalarKind.Number);
}
