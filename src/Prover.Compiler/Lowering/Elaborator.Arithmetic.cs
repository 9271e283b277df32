using System.Numerics;
using Prover.Algebra;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>Greatest exponent of a value that is not constant.</summary>
    private const int MaximumPower = 1024;

    /// <summary>The scope of the operands at work, where messages look up what they come from.</summary>
    private Scope? _operandScope;

    private Value EvaluateUnary(UnaryExpression expression, Scope? scope)
    {
        var operand = EvaluateScalar(expression.Operand, scope);
        using var _ = builder.At(expression.Span);
        switch (expression.Operator, operand.Kind)
        {
            case ("not", ScalarKind.Boolean):
                return Not(operand);
            case ("-", ScalarKind.Number):
                return operand.IsKnown ? Scalar.Number(-operand.Known, operand.Scale).WithUnit(operand.Unit)
                    : Scalar.Of(builder.Negate(SignalOf(operand)), ScalarKind.Number, operand.Scale).WithUnit(operand.Unit);
            case ("-", ScalarKind.Field):
                return operand.IsKnown ? Scalar.Field(-operand.KnownField) : Scalar.Of(builder.Negate(SignalOf(operand)), ScalarKind.Field);
            default:
                throw Error("R0202", $"'{expression.Operator}' does not apply to {operand.Describe()}", expression.Span, operand.Describe());
        }
    }

    private Value EvaluateBinary(BinaryExpression expression, Scope? scope)
    {
        switch (expression.Operator)
        {
            case "and" or "or":
                return EvaluateLogic(expression, scope);
            case "==" or "!=":
                var sides = EvaluateAll([expression.Left, expression.Right], scope);
                var equal = AreEqual(sides[0], sides[1], expression);
                return expression.Operator == "==" ? equal : Not(equal);
            case "^":
                return EvaluatePower(expression, scope);
        }

        var (first, second) = (AttemptScalar(expression.Left, scope), AttemptScalar(expression.Right, scope));
        if (first is not { } left || second is not { } right)
        {
            throw Told;
        }

        _operandScope = scope;
        (left, right) = MeetInField(left, right, expression.Span);
        if (left.Kind == ScalarKind.Boolean || left.Kind != right.Kind)
        {
            throw Error(
                "R0202",
                $"'{expression.Operator}' does not apply to {left.Describe()} and {right.Describe()}",
                expression.Span,
                "here",
                Conversion(left, right),
                new Label(expression.Left.Span, left.Describe()),
                new Label(expression.Right.Span, right.Describe()));
        }

        if (expression.Operator is "<" or "<=" or ">" or ">=")
        {
            return Compare(expression, left, right);
        }

        return left.Kind == ScalarKind.Field ? FieldArithmetic(expression, left, right) : NumberArithmetic(expression, left, right);
    }

    /// <summary>How two scalars of different kinds become of one.</summary>
    private static string Conversion(Scalar left, Scalar right) => left.Kind == ScalarKind.Boolean || right.Kind == ScalarKind.Boolean
        ? "int(b) is 1 for true and 0 for false"
        : "field(x) embeds a number in the field; narrow(x, T, \"message\") brings a field value back";

    private Scalar EvaluateScalar(Expression expression, Scope? scope) =>
        Evaluate(expression, scope) is var value && value is Scalar scalar
            ? scalar
            : throw Error("R0202", $"a single value is needed, found {value.Describe()}", expression.Span, value.Describe());

    /// <summary>An integer literal beside a field value is a field element.</summary>
    private (Scalar Left, Scalar Right) MeetInField(Scalar left, Scalar right, SourceSpan place)
    {
        if (left.Kind == ScalarKind.Field && right is { Kind: ScalarKind.Number, IsKnown: true, Scale: 0 })
        {
            right = FieldConstant(right, place);
        }
        else if (right.Kind == ScalarKind.Field && left is { Kind: ScalarKind.Number, IsKnown: true, Scale: 0 })
        {
            left = FieldConstant(left, place);
        }

        return (left, right);
    }

    private Scalar FieldArithmetic(BinaryExpression expression, Scalar left, Scalar right)
    {
        if (left.IsKnown && right.IsKnown)
        {
            return Scalar.Field(expression.Operator switch
            {
                "+" => left.KnownField + right.KnownField,
                "-" => left.KnownField - right.KnownField,
                _ => left.KnownField * right.KnownField,
            });
        }

        using var _ = builder.At(expression.Span);
        var (a, b) = (SignalOf(left), SignalOf(right));
        return Scalar.Of(expression.Operator switch { "+" => builder.Add(a, b), "-" => builder.Subtract(a, b), _ => builder.Multiply(a, b) }, ScalarKind.Field);
    }

    private Scalar NumberArithmetic(BinaryExpression expression, Scalar left, Scalar right)
    {
        var scale = left.Scale + right.Scale;
        var unit = expression.Operator == "*" ? Usual(left.Unit * right.Unit, expression.Span) : CommonUnit(left, right, expression);
        if (expression.Operator != "*")
        {
            scale = Math.Max(left.Scale, right.Scale);
            left = Align(left, scale, expression.Left.Span);
            right = Align(right, scale, expression.Right.Span);
        }

        RequireExactScale(scale, expression.Span);
        RequireWithinLimit(expression, left, right, expression.Operator switch
        {
            "+" => left.Interval + right.Interval,
            "-" => left.Interval - right.Interval,
            _ => left.Interval * right.Interval,
        });
        if (left.IsKnown && right.IsKnown)
        {
            return Scalar.Number(expression.Operator switch { "+" => left.Known + right.Known, "-" => left.Known - right.Known, _ => left.Known * right.Known }, scale).WithUnit(unit);
        }

        using var _ = builder.At(expression.Span);
        var (a, b) = (SignalOf(left), SignalOf(right));
        return Scalar.Of(
            expression.Operator switch { "+" => builder.Add(a, b), "-" => builder.Subtract(a, b), _ => builder.Multiply(a, b) }, ScalarKind.Number, scale).WithUnit(unit);
    }

    private void RequireWithinLimit(BinaryExpression expression, Scalar left, Scalar right, Interval result)
    {
        if (!result.IsWithinLimit)
        {
            var what = expression.Operator switch { "+" => "sum", "-" => "difference", "*" => "product", _ => "difference of the two sides" };
            throw Error(
                "R0203",
                $"{what} may exceed the field (needs {result.MagnitudeBits} bits, limit 252)",
                expression.Span,
                $"in {result}",
                "round(x, to s, mode) or narrow(x, T, \"message\") one side first",
                [
                    new Label(expression.Left.Span, left.Interval.ToString()),
                    new Label(expression.Right.Span, right.Interval.ToString()),
                    .. Origin(expression.Left, _operandScope).Concat(Origin(expression.Right, _operandScope)).Distinct(),
                ]);
        }
    }

    private void RequireExactScale(long scale, SourceSpan place)
    {
        if (scale > MaximumExactScale)
        {
            throw Error("R0212", $"the exact result has {scale:N0} decimals; at most {MaximumExactScale} are kept", place, "here", "round(x, to s, mode) an operand first");
        }
    }

    /// <summary>The same value at a greater scale.</summary>
    private Scalar Align(Scalar value, int scale, SourceSpan span)
    {
        if (value.Scale == scale)
        {
            return value;
        }

        var factor = BigInteger.Pow(10, scale - value.Scale);
        if (value.IsKnown)
        {
            return Scalar.Number(value.Known * factor, scale).WithUnit(value.Unit);
        }

        var interval = value.Interval * Interval.Point(factor);
        return interval.IsWithinLimit
            ? Scalar.Of(builder.Multiply(SignalOf(value), builder.Constant(factor)), ScalarKind.Number, scale).WithUnit(value.Unit)
            : throw Error("R0203", $"at {scale} decimals the value needs {interval.MagnitudeBits} bits, limit 252", span, $"raw {value.Interval} at {value.Scale} decimals", "round(x, to s, mode) it first");
    }

    private Scalar EvaluatePower(BinaryExpression expression, Scope? scope)
    {
        var value = EvaluateScalar(expression.Left, scope);
        var exponent = EvaluateCount(expression.Right, scope, "an exponent", MaximumPower);
        RequireExactScale((long)value.Scale * exponent, expression.Span);
        switch (value)
        {
            case { Kind: ScalarKind.Boolean }:
                throw Error("R0202", "'^' does not apply to a bool", expression.Span, "here");
            case { Kind: ScalarKind.Number, IsKnown: true }:
                var power = BigInteger.Pow(value.Known, exponent);
                return BigInteger.Abs(power) <= MaximumConstant
                    ? Scalar.Number(power, value.Scale * exponent).WithUnit(Usual(value.Unit.Power(exponent), expression.Span))
                    : throw Error("R0203", $"the power has {power.GetBitLength():N0} bits; constants have at most 256", expression.Span, $"{value.Describe()} to the power {exponent:N0}");
            case { Kind: ScalarKind.Field, IsKnown: true }:
                return Scalar.Field(value.KnownField.Power(exponent));
        }

        var result = value.Kind == ScalarKind.Field ? Scalar.Field(Fr.One) : Scalar.Number(1);
        for (var bit = 31 - BitOperations.LeadingZeroCount((uint)exponent); bit >= 0; bit--)
        {
            result = Times(result, result);
            if (((exponent >> bit) & 1) != 0)
            {
                result = Times(result, value);
            }
        }

        return result;

        Scalar Times(Scalar a, Scalar b) => a.Kind == ScalarKind.Field
            ? FieldArithmetic(expression with { Operator = "*" }, a, b)
            : NumberArithmetic(expression with { Operator = "*" }, a, b);
    }

    private Scalar Compare(BinaryExpression expression, Scalar left, Scalar right)
    {
        if (left.Kind == ScalarKind.Field)
        {
            throw Error("R0202", "field values have no order", expression.Span, $"'{expression.Operator}'", "narrow(x, T, \"message\") makes an integer of a field value");
        }

        CommonUnit(left, right, expression);
        var scale = Math.Max(left.Scale, right.Scale);
        left = Align(left, scale, expression.Left.Span);
        right = Align(right, scale, expression.Right.Span);
        var (greater, lesser) = expression.Operator is ">" or ">=" ? (left, right) : (right, left);
        var strict = expression.Operator is "<" or ">";
        var difference = greater.Interval - lesser.Interval;
        var least = strict ? BigInteger.One : BigInteger.Zero;
        RequireWithinLimit(expression, left, right, difference.Union(difference - Interval.Point(least)));
        if (difference.Low >= least || difference.High < least)
        {
            return Scalar.Boolean(difference.Low >= least);
        }

        using var _ = builder.At(expression.Span);
        var signal = builder.Subtract(SignalOf(greater), SignalOf(lesser));
        return Scalar.Of(builder.NonNegative(strict ? builder.Subtract(signal, builder.True) : signal), ScalarKind.Boolean);
    }
}
