using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private static readonly string[] RoundingModes = ["floor", "ceil", "trunc", "away", "half_even", "exact"];

    private Scalar EvaluateNarrow(NarrowExpression expression, Scope? scope)
    {
        var value = EvaluateScalar(expression.Value, scope);
        if (ResolveType(expression.Type, scope) is not NumberType { Bounds: { } bounds } type || value.Kind == ScalarKind.Boolean)
        {
            throw Error("R0206", "narrow needs a number or field value and a number type with bounds", expression.Span, "here");
        }

        if (value.Kind == ScalarKind.Number)
        {
            value = InUnit(value, type, expression.Value.Span, expression.Type);
            value = value.Scale <= type.Scale
                ? Align(value, type.Scale, expression.Value.Span)
                : throw Error("R0205", $"a dec({value.Scale}) does not fit into {type} without rounding", expression.Value.Span, value.Describe(), $"round(x, to {type.Scale}, floor) or another mode");
        }

        if (value.IsKnown && Unmet is not null && !CircuitBuilder.IsFalse(CurrentGuard)
            && !bounds.Contains(value.Kind == ScalarKind.Field ? value.KnownField.ToSignedInteger() : value.Known))
        {
            Unmet(expression, scope);
        }

        using var _ = builder.At(expression.Span);
        return Scalar.Of(
            builder.Narrow(SignalOf(value), bounds, CurrentGuard, Requirement(expression.Message, expression.Span, scope)), ScalarKind.Number, type.Scale).WithUnit(type.Unit);
    }

    /// <summary>round(x, to s, mode), a division by a power of ten, or div(x, y, to s, mode).</summary>
    private Scalar EvaluateRound(RoundExpression expression, Scope? scope)
    {
        var value = RequireNumber(expression.Value, scope);
        var divisor = expression.Divisor is null ? Scalar.Number(1) : RequireNumber(expression.Divisor, scope);
        var scale = EvaluateCount(expression.Scale, scope, "the number of decimals", MaximumScale);
        if (!RoundingModes.Contains(expression.Mode))
        {
            throw Error("R0210", $"there is no rounding mode '{expression.Mode}'", expression.Span, "here", $"modes are {string.Join(", ", RoundingModes)}");
        }

        if (divisor.Interval.Contains(BigInteger.Zero))
        {
            throw Error("R0211", $"the divisor may be zero: it is in {divisor.Interval}", expression.Divisor!.Span, divisor.Interval.ToString(), "narrow it to a range without zero", [.. Origin(expression.Divisor, scope)]);
        }

        if (divisor.Interval.High.Sign < 0)
        {
            value = Negate(value);
            divisor = Negate(divisor);
        }

        var unit = Usual(value.Unit / divisor.Unit, expression.Span);
        using var _ = builder.At(expression.Span);
        var exponent = scale + divisor.Scale - value.Scale;
        var numerator = Align(value.WithScale(0), Math.Max(0, exponent), expression.Value.Span).WithScale(0);
        var denominator = Align(divisor.WithScale(0), Math.Max(0, -exponent), expression.Span).WithScale(0);
        var (quotient, remainder) = FloorDivide(numerator, denominator, expression);
        return Adjust(expression, numerator, denominator, quotient, remainder).WithScale(scale).WithUnit(unit);
    }

    /// <summary>The rounded quotient from the floor and its remainder.</summary>
    private Scalar Adjust(RoundExpression expression, Scalar numerator, Scalar denominator, Scalar quotient, Scalar remainder)
    {
        if (expression.Mode == "floor")
        {
            return quotient;
        }

        var isExact = Operate("==", remainder, Scalar.Number(0));
        if (expression.Mode == "exact")
        {
            builder.Require(SignalOf(isExact), CurrentGuard, Requirement("the division is not exact", expression.Span));
            return quotient;
        }

        var isNegative = Operate("<", numerator, Scalar.Number(0));
        var up = expression.Mode switch
        {
            "ceil" => Not(isExact),
            "trunc" => Both(isNegative, Not(isExact)),
            "away" => Both(Not(isNegative), Not(isExact)),
            _ => HalfEven(),
        };
        return Operate("+", quotient, ToInteger(up));

        // Up if the remainder is more than half the divisor, or exactly half and the floor is odd.
        Scalar HalfEven()
        {
            var twice = Operate("*", remainder, Scalar.Number(2));
            var isOdd = Operate("==", FloorDivide(quotient, Scalar.Number(2), expression).Remainder, Scalar.Number(1));
            var tie = Both(Operate("==", twice, denominator), isOdd);
            return Not(Both(Not(Operate(">", twice, denominator)), Not(tie)));
        }

        Scalar Both(Scalar a, Scalar b) => Scalar.Of(builder.And(SignalOf(a), SignalOf(b)), ScalarKind.Boolean);

        Scalar Operate(string symbol, Scalar a, Scalar b)
        {
            var operation = new BinaryExpression(expression.Span, symbol, expression, expression);
            return symbol switch
            {
                "==" => AreEqual(a, b, operation),
                "<" or ">" => Compare(operation, a, b),
                _ => NumberArithmetic(operation, a, b),
            };
        }
    }

    private (Scalar Quotient, Scalar Remainder) FloorDivide(Scalar numerator, Scalar denominator, Expression place)
    {
        if (numerator.IsKnown && denominator.IsKnown)
        {
            var quotient = BigInteger.DivRem(numerator.Known, denominator.Known, out var remainder);
            return remainder.Sign < 0
                ? (Scalar.Number(quotient - 1), Scalar.Number(remainder + denominator.Known))
                : (Scalar.Number(quotient), Scalar.Number(remainder));
        }

        if (denominator is { IsKnown: true, Known.IsOne: true })
        {
            return (numerator, Scalar.Number(0));
        }

        if (!FloorDivideGadget.CanDivide(numerator.Interval, denominator.Interval))
        {
            throw Error(
                "R0203",
                "quotient times divisor may exceed the field",
                place.Span,
                $"{numerator.Interval} divided by {denominator.Interval}",
                "narrow the dividend, or the divisor away from 1");
        }

        var (q, r) = builder.FloorDivide(SignalOf(numerator), SignalOf(denominator));
        return (Scalar.Of(q, ScalarKind.Number), Scalar.Of(r, ScalarKind.Number));
    }

    private Scalar RequireNumber(Expression expression, Scope? scope) => EvaluateScalar(expression, scope) switch
    {
        { Kind: ScalarKind.Number } number => number,
        var other => throw Error("R0202", $"a number is needed, found {other.Describe()}", expression.Span, other.Describe()),
    };

    private Scalar Negate(Scalar value) => value.IsKnown
        ? Scalar.Number(-value.Known, value.Scale).WithUnit(value.Unit)
        : Scalar.Of(builder.Negate(SignalOf(value)), ScalarKind.Number, value.Scale).WithUnit(value.Unit);
}
