using System.Numerics;
using System.Text;

namespace Prover.Compiler.Tests;

/// <summary>
/// Random statements with their meaning, written down a second time: requirements, ranges, inverses and exact divisions within branches and
/// loops. The names are the parameters of <see cref="RandomExpression"/>, which statements bind anew.
/// </summary>
/// <param name="random">Where choices come from.</param>
internal sealed class RandomStatements(Random random)
{
    private static readonly (string Name, int Scale, int Low, int High)[] Numbers = [("x", 0, -1000, 1000), ("y", 0, 0, 65535), ("p", 2, -99999, 99999), ("q", 3, 1, 4000)];

    private readonly StringBuilder _text = new();
    private int _messages;

    /// <summary>The message of the first requirement that fails, of which the rest is not run.</summary>
    public sealed class FailedException(string message) : Exception(message);

    /// <summary>The statements so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Appends statements.</summary>
    /// <param name="count">How many.</param>
    /// <param name="depth">How deep branches nest.</param>
    /// <param name="sample">Values with which most requirements are to hold, changed by what the statements bind; null where they do not come.</param>
    /// <returns>What the statements do to values.</returns>
    public Action<Dictionary<string, BigInteger>> Append(int count, int depth, Dictionary<string, BigInteger>? sample)
    {
        List<Action<Dictionary<string, BigInteger>>> actions = [];
        for (var i = 0; i < count; i++)
        {
            var action = random.Next(depth > 0 ? 10 : 7) switch
            {
                0 or 1 => Require(sample),
                2 => BindBoolean(),
                3 => BindElement(sample),
                4 or 5 or 6 => BindNumber(sample),
                7 => Repeat(depth, sample),
                _ => Choose(depth, sample),
            };
            actions.Add(action);
            if (sample is not null)
            {
                try
                {
                    action(sample);
                }
                catch (FailedException)
                {
                    sample = null;
                }
            }
        }

        return values => actions.ForEach(action => action(values));
    }

    private Action<Dictionary<string, BigInteger>> Require(Dictionary<string, BigInteger>? sample)
    {
        var condition = RandomExpression.Boolean(random, 2);
        var isNegated = sample is not null && condition.Value(sample).IsZero && random.Next(12) > 0;
        var message = $"requirement {_messages++}";
        _text.AppendLine($"require {(isNegated ? "not " : "")}{condition.Text}, \"{message}\"");
        return values => Demand(condition.Value(values).IsZero == isNegated, message);
    }

    private Action<Dictionary<string, BigInteger>> BindBoolean()
    {
        var (name, value) = (random.Next(2) == 0 ? "a" : "b", RandomExpression.Boolean(random, 2));
        _text.AppendLine($"let {name} = {value.Text}");
        return values => values[name] = value.Value(values);
    }

    private Action<Dictionary<string, BigInteger>> BindElement(Dictionary<string, BigInteger>? sample)
    {
        var (name, value) = (random.Next(2) == 0 ? "v" : "w", RandomExpression.Element(random, 2));
        if (random.Next(2) == 0 || (sample is not null && value.Value(sample).IsZero && random.Next(12) > 0))
        {
            _text.AppendLine($"let {name} = {value.Text}");
            return values => values[name] = value.Value(values);
        }

        _text.AppendLine($"let {name} = quotient(w, {value.Text})");
        return values =>
        {
            var divisor = value.Value(values);
            Demand(!divisor.IsZero, "division by zero");
            values[name] = values["w"] * BigInteger.ModPow(divisor, Fr.Modulus - 2, Fr.Modulus) % Fr.Modulus;
        };
    }

    /// <summary>A number in the range of its name: clamped, or narrowed as it is; rounded to its decimals, or required to have no more.</summary>
    private Action<Dictionary<string, BigInteger>> BindNumber(Dictionary<string, BigInteger>? sample)
    {
        var (name, scale, low, high) = Numbers[random.Next(Numbers.Length)];
        var value = RandomExpression.Number(random, 2);
        var isExact = random.Next(4) == 0 && (sample is null || TryRound(sample, "exact", out _));
        var mode = isExact ? "exact" : new[] { "floor", "ceil", "trunc", "away", "half_even" }[random.Next(5)];
        var isClamped = sample is null || !TryRound(sample, mode, out var found) || found < low || found > high || random.Next(2) == 0;
        var rounded = $"round({value.Text} + 0.000, to {scale}, {mode})";
        var message = $"range {_messages++}";
        var (least, greatest) = (Literal(low), Literal(high));
        _text.AppendLine($"let {name} = narrow({(isClamped ? $"max(min({rounded}, {greatest}), {least})" : rounded)}, dec({scale})[{low} .. {high}], \"{message}\")");
        return values =>
        {
            Demand(TryRound(values, mode, out var number), "the division is not exact");
            number = isClamped ? BigInteger.Clamp(number, low, high) : number;
            Demand(number >= low && number <= high, message);
            values[name] = number;
        };

        bool TryRound(Dictionary<string, BigInteger> values, string mode, out BigInteger result)
        {
            var (numerator, denominator) = (value.Value(values) * BigInteger.Pow(10, scale), BigInteger.Pow(10, value.Scale!.Value));
            result = RoundingTests.Divide(numerator, denominator, mode == "exact" ? "floor" : mode);
            return mode != "exact" || (numerator % denominator).IsZero;
        }

        string Literal(int raw)
        {
            var digits = Math.Abs(raw).ToString(null, null).PadLeft(scale + 1, '0');
            return $"{(raw < 0 ? "-" : "")}{(scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}")}";
        }
    }

    private Action<Dictionary<string, BigInteger>> Repeat(int depth, Dictionary<string, BigInteger>? sample)
    {
        _text.AppendLine("for i in 0..2 {");
        var body = Append(random.Next(1, 3), depth - 1, sample is null ? null : new(sample));
        _text.AppendLine("}");
        return values =>
        {
            body(new(values));
            body(new(values));
        };
    }

    private Action<Dictionary<string, BigInteger>> Choose(int depth, Dictionary<string, BigInteger>? sample)
    {
        var condition = RandomExpression.Boolean(random, 2);
        var isTaken = sample is null ? (bool?)null : condition.Value(sample).IsOne;
        _text.AppendLine($"if {condition.Text} {{");
        var then = Append(random.Next(1, 4), depth - 1, isTaken == true ? new(sample!) : null);
        _text.AppendLine("} else {");
        var otherwise = Append(random.Next(0, 3), depth - 1, isTaken == false ? new(sample!) : null);
        _text.AppendLine("}");
        return values => (condition.Value(values).IsOne ? then : otherwise)(new(values));
    }

    private static void Demand(bool isMet, string message)
    {
        if (!isMet)
        {
            throw new FailedException(message);
        }
    }
}
