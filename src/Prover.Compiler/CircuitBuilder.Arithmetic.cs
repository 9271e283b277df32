using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

public sealed partial class CircuitBuilder
{
    /// <summary>a + b. Free.</summary>
    public Signal Add(Signal a, Signal b) => AddScaled(a, b, Fr.One, IntervalOf(a, b, static (x, y) => x + y, "sum"));

    /// <summary>a − b. Free.</summary>
    public Signal Subtract(Signal a, Signal b) => AddScaled(a, b, -Fr.One, IntervalOf(a, b, static (x, y) => x - y, "difference"));

    /// <summary>−a. Free.</summary>
    public Signal Negate(Signal a) => a.Scale(-Fr.One, a.Interval is { } interval ? -interval : null);

    /// <summary>a·b. One row, shared with equal products; free if an operand is constant.</summary>
    public Signal Multiply(Signal a, Signal b)
    {
        if (a.IsConstant)
        {
            (a, b) = (b, a);
        }

        var interval = ReferenceEquals(a, b) ? SquareInterval(a) : IntervalOf(a, b, static (x, y) => x * y, "product");
        if (b.IsConstant)
        {
            return b.Constant.IsZero ? ZeroLike(interval) : a.Scale(b.Constant, interval);
        }

        return ProductGadget.Apply(this, a, b, interval);
    }

    /// <summary>Σ values. Free; better than repeated <see cref="Add"/>.</summary>
    public Signal Sum(ReadOnlySpan<Signal> values)
    {
        Interval? interval = Interval.Point(0);
        foreach (var value in values)
        {
            AddToSum(value, Fr.One);
            interval = interval is { } sum && value.Interval is { } next ? sum + next : null;
        }

        return TakeSum(interval);
    }

    /// <summary>Σ weightsᵢ·valuesᵢ as a field element. Free.</summary>
    public Signal WeightedSum(ReadOnlySpan<Fr> weights, ReadOnlySpan<Signal> values)
    {
        RequireSameLength(weights.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            AddToSum(values[i], weights[i]);
        }

        return TakeSum(null);
    }

    /// <summary>Σ weightsᵢ·valuesᵢ of integers. Free.</summary>
    public Signal WeightedSum(ReadOnlySpan<BigInteger> weights, ReadOnlySpan<Signal> values)
    {
        RequireSameLength(weights.Length, values.Length);
        Interval? interval = Interval.Point(0);
        for (var i = 0; i < values.Length; i++)
        {
            AddToSum(values[i], Fr.FromInteger(weights[i]));
            interval = interval is { } sum && values[i].Interval is { } next ? sum + (next * Interval.Point(weights[i])) : null;
        }

        return TakeSum(interval);
    }

    /// <summary>The same value as a field element without order. Free.</summary>
    public Signal ToField(Signal a) => a.Interval is null ? a : a.With(null);

    /// <summary>The same value on a wire of its own: one row, and what uses it names one wire instead of many.</summary>
    public Signal Wire(Signal a)
    {
        var (wires, slots, factor) = a.Unscaled;
        if (wires.Count < 2)
        {
            return a;
        }

        if (!_graph.TryFind(TapeOperation.Linear, wires, LinearCombination.Zero, out var variable))
        {
            var operation = _graph.Add(new Operation { Code = TapeOperation.Linear, OutputCount = 1, X = slots });
            variable = _graph.Record(TapeOperation.Linear, wires, LinearCombination.Zero, operation);
            _graph.SetRows(operation, [Row.Linear(wires.AddScaled(LinearCombination.FromVariable(variable), -Fr.One))]);
        }

        return CircuitGraph.Wire(variable, factor.IsOne ? a.Interval : null).Scale(factor, a.Interval);
    }

    internal Signal AddConstant(Signal a, BigInteger constant) => Add(a, Constant(constant));

    private Signal AddScaled(Signal a, Signal b, Fr factor, Interval? interval)
    {
        if (b.IsConstant)
        {
            var constant = b.Constant * factor;
            return constant.IsZero && a.Interval == interval
                ? a
                : _graph.Combine(a.Wires.AddConstant(constant), a.Slots.AddConstant(constant), interval);
        }

        var (wires, slots, bFactor) = b.Unscaled;
        var sum = a.Wires.AddScaled(wires, bFactor * factor);
        var slotSum = ReferenceEquals(a.Wires, a.Slots) && ReferenceEquals(wires, slots) ? sum : a.Slots.AddScaled(slots, bFactor * factor);
        return _graph.Combine(sum, slotSum, interval);
    }

    private void AddToSum(Signal value, in Fr weight)
    {
        var (wires, slots, factor) = value.Unscaled;
        var product = factor.IsOne ? weight : factor * weight;
        _graph.Terms += wires.Count;
        _wireSum.Add(wires, product);
        _slotSum.Add(slots, product);
    }

    private Signal TakeSum(Interval? interval)
    {
        var (wires, slots) = (_wireSum.Take(), _slotSum.Take());
        return _graph.Combine(wires, slots, interval is { } sum ? Checked(sum, "The sum") : null);
    }

    private Signal ZeroLike(Interval? interval) => interval is null ? Constant(Fr.Zero) : False;

    private static Interval? IntervalOf(Signal a, Signal b, Func<Interval, Interval, Interval> combine, string what) =>
        a.Interval is { } x && b.Interval is { } y ? Checked(combine(x, y), $"The {what} of values in {x} and {y}") : null;

    private static Interval? SquareInterval(Signal a)
    {
        if (a.Interval is not { } x)
        {
            return null;
        }

        var (low, high) = (BigInteger.Abs(x.Low), BigInteger.Abs(x.High));
        var greatest = BigInteger.Max(low, high);
        var least = x.Contains(BigInteger.Zero) ? BigInteger.Zero : BigInteger.Min(low, high);
        return Checked(new Interval(least * least, greatest * greatest), $"The square of a value in {x}");
    }

    private static void RequireSameLength(int weights, int values)
    {
        if (weights != values)
        {
            throw new ArgumentException($"{weights} weights for {values} values.", nameof(values));
        }
    }
}
