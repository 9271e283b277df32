using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>
    /// argmax or argmin: the index of the first greatest or least of n numbers. n − 1 comparisons and n − 2 choices of the extreme, all of
    /// which max and min of the same numbers share, and n − 2 choices of the index: the first of these is between constants and free.
    /// </summary>
    /// <param name="operation">"argmax" or "argmin".</param>
    /// <param name="values">The numbers.</param>
    /// <param name="first">The index of the first number.</param>
    /// <param name="place">The expression.</param>
    private Scalar IndexOfExtreme(string operation, IReadOnlyList<Value> values, BigInteger first, Expression place)
    {
        Charge(values.Count, place.Span);
        if (values.Count == 0)
        {
            throw Error("R0402", $"{operation} of nothing", place.Span, "empty range");
        }

        using var _ = builder.At(place.Span);
        var step = new BinaryExpression(place.Span, operation == "argmax" ? ">=" : "<=", place, place);
        var (index, extreme) = (Scalar.Number(first), NumberIn(values[0]));
        for (var i = 1; i < values.Count; i++)
        {
            // An equal number does not replace an earlier one.
            var next = NumberIn(values[i]);
            var stays = Compare(step, extreme, next);
            index = SelectScalar(stays, index, Scalar.Number(first + i), place);
            extreme = Extreme(operation == "argmax", stays, extreme, next, place);
        }

        return index;

        Scalar NumberIn(Value value) => value is Scalar { Kind: ScalarKind.Number } number
            ? number
            : throw Error("R0202", $"{operation} needs numbers, found {value.Describe()}", place.Span, "here");
    }

    /// <summary>The greater or the lesser of two numbers, which a comparison has told. It is bounded by both of them: max(x, 0) is not negative.</summary>
    /// <param name="isMaximum">Whether the greater is meant.</param>
    /// <param name="isFirst">Whether it is the first.</param>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="place">The expression.</param>
    private Scalar Extreme(bool isMaximum, Scalar isFirst, Scalar a, Scalar b, Expression place)
    {
        var chosen = SelectScalar(isFirst, a, b, place);
        if (chosen.IsKnown)
        {
            return chosen;
        }

        var (x, y) = (Align(a, chosen.Scale, place.Span).Interval, Align(b, chosen.Scale, place.Span).Interval);
        var interval = isMaximum
            ? new Interval(BigInteger.Max(x.Low, y.Low), BigInteger.Max(x.High, y.High))
            : new Interval(BigInteger.Min(x.Low, y.Low), BigInteger.Min(x.High, y.High));
        return Scalar.Of(builder.Refine(SignalOf(chosen), interval), chosen.Kind, chosen.Scale).WithUnit(chosen.Unit);
    }
}
