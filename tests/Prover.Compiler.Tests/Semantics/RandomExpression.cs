using System.Numerics;

namespace Prover.Compiler.Tests;

/// <summary>A well-typed expression of the language with its meaning, written down a second time over big integers.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Scale">Decimals of a number; null for a bool, −1 for a field element.</param>
/// <param name="Value">Its integer at that scale (where a condition is known, the compiler's may be coarser), 0 or 1, or its residue, from the raw inputs by name.</param>
internal sealed record RandomExpression(string Text, int? Scale, Func<IReadOnlyDictionary<string, BigInteger>, BigInteger> Value)
{
    private const int Field = -1;

    private static readonly string[] Modes = ["floor", "ceil", "trunc", "away", "half_even"];

    /// <summary>The parameters that expressions use.</summary>
    public static string Parameters =>
        "private x: int[-1000 .. 1000], private y: int[0 .. 65535], private p: dec(2)[-99999 .. 99999], private q: dec(3)[1 .. 4000], private a: bool, private b: bool, private v: field, private w: field";

    /// <summary>A number.</summary>
    public static RandomExpression Number(Random random, int depth) => (depth == 0 ? random.Next(5) : random.Next(16)) switch
    {
        0 => Input("x", 0),
        1 => Input("y", 0),
        2 => Input("p", 2),
        3 => Input("q", 3),
        4 => Literal(random),
        5 or 6 => Aligned(random, depth, "+", (m, n) => m + n),
        7 => Aligned(random, depth, "-", (m, n) => m - n),
        8 or 9 => Product(random, depth),
        10 => Select(random, depth),
        11 => Extreme(random, depth),
        12 => Unary(random, depth),
        13 => Rounded(random, depth),
        14 => Total(random, depth),
        _ => Integer(Boolean(random, depth - 1)),
    };

    /// <summary>A bool.</summary>
    public static RandomExpression Boolean(Random random, int depth)
    {
        switch (depth <= 0 ? random.Next(3) : random.Next(9))
        {
            case 0:
                return Input("a", null);
            case 1:
                return Input("b", null);
            case 2:
                return random.Next(2) == 0 ? new("true", null, _ => 1) : new("false", null, _ => 0);
            case 3:
                var (f, g) = (Element(random, depth - 1), Element(random, depth - 1));
                return new($"({f.Text} == {g.Text})", null, x => f.Value(x) == g.Value(x) ? 1 : 0);
            case 4:
                var not = Boolean(random, depth - 1);
                return new($"(not {not.Text})", null, x => 1 - not.Value(x));
            case 5:
                var (l, r, isAnd) = (Boolean(random, depth - 1), Boolean(random, depth - 1), random.Next(2) == 0);
                return new($"({l.Text} {(isAnd ? "and" : "or")} {r.Text})", null, x => isAnd ? l.Value(x) & r.Value(x) : l.Value(x) | r.Value(x));
            default:
                var (m, n) = (Number(random, depth - 1), Number(random, depth - 1));
                var symbol = new[] { "<", "<=", ">", ">=", "==", "!=" }[random.Next(6)];
                return new($"({m.Text} {symbol} {n.Text})", null, x => Compare(symbol, At(m, n, x).CompareTo(At(n, m, x))) ? 1 : 0);
        }
    }

    /// <summary>A field element.</summary>
    public static RandomExpression Element(Random random, int depth)
    {
        if (depth <= 0 || random.Next(4) == 0)
        {
            return Input(random.Next(2) == 0 ? "v" : "w", Field);
        }

        if (random.Next(4) == 0)
        {
            return new("field(x * y)", Field, x => Residue(x["x"] * x["y"]));
        }

        var (f, g) = (Element(random, depth - 1), Element(random, depth - 1));
        return random.Next(4) switch
        {
            0 => new($"({f.Text} + {g.Text})", Field, x => Residue(f.Value(x) + g.Value(x))),
            1 => new($"({f.Text} - {g.Text})", Field, x => Residue(f.Value(x) - g.Value(x))),
            2 => new($"({f.Text} * {g.Text})", Field, x => Residue(f.Value(x) * g.Value(x))),
            _ => new($"(if a {{ {f.Text} }} else {{ {g.Text}^3 }})", Field, x => x["a"].IsOne ? f.Value(x) : BigInteger.ModPow(g.Value(x), 3, Fr.Modulus)),
        };
    }

    private static RandomExpression Input(string name, int? scale) => new(name, scale, x => x[name]);

    private static RandomExpression Integer(RandomExpression bit) => new($"int({bit.Text})", 0, bit.Value);

    private static RandomExpression Literal(Random random)
    {
        var (raw, scale) = (random.Next(0, 2000), random.Next(0, 3));
        var digits = raw.ToString(null, null).PadLeft(scale + 1, '0');
        return new(scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}", scale, _ => raw);
    }

    private static RandomExpression Aligned(Random random, int depth, string symbol, Func<BigInteger, BigInteger, BigInteger> combine)
    {
        var (m, n) = (Number(random, depth - 1), Number(random, depth - 1));
        return new($"({m.Text} {symbol} {n.Text})", Math.Max(m.Scale!.Value, n.Scale!.Value), x => combine(At(m, n, x), At(n, m, x)));
    }

    private static RandomExpression Product(Random random, int depth)
    {
        var (m, n) = (Number(random, depth - 1), Number(random, depth - 1));
        return random.Next(4) == 0
            ? new($"{m.Text}^2", 2 * m.Scale, x => m.Value(x) * m.Value(x))
            : new($"({m.Text} * {n.Text})", m.Scale + n.Scale, x => m.Value(x) * n.Value(x));
    }

    private static RandomExpression Select(Random random, int depth)
    {
        var (bit, m, n) = (Boolean(random, depth - 1), Number(random, depth - 1), Number(random, depth - 1));
        return new($"(if {bit.Text} {{ {m.Text} }} else {{ {n.Text} }})", Math.Max(m.Scale!.Value, n.Scale!.Value), x => bit.Value(x).IsOne ? At(m, n, x) : At(n, m, x));
    }

    private static RandomExpression Extreme(Random random, int depth)
    {
        var (m, n, isMax) = (Number(random, depth - 1), Number(random, depth - 1), random.Next(2) == 0);
        return new(
            $"{(isMax ? "max" : "min")}({m.Text}, {n.Text})",
            Math.Max(m.Scale!.Value, n.Scale!.Value),
            x => isMax ? BigInteger.Max(At(m, n, x), At(n, m, x)) : BigInteger.Min(At(m, n, x), At(n, m, x)));
    }

    private static RandomExpression Unary(Random random, int depth)
    {
        var m = Number(random, depth - 1);
        return random.Next(2) == 0
            ? new($"abs({m.Text})", m.Scale, x => BigInteger.Abs(m.Value(x)))
            : new($"(-{m.Text})", m.Scale, x => -m.Value(x));
    }

    /// <summary>A rounding, or a division by q or by −q, which is never zero.</summary>
    private static RandomExpression Rounded(Random random, int depth)
    {
        var (m, scale, mode) = (Number(random, depth - 1), random.Next(0, 4), Modes[random.Next(Modes.Length)]);
        if (random.Next(2) == 0)
        {
            return new($"round({m.Text}, to {scale}, {mode})", scale, x => RoundingTests.Divide(
                m.Value(x) * BigInteger.Pow(10, scale), BigInteger.Pow(10, m.Scale!.Value), mode));
        }

        var sign = random.Next(2) == 0 ? 1 : -1;
        return new($"div({m.Text}, {(sign < 0 ? "-q" : "q")}, to {scale}, {mode})", scale, x => RoundingTests.Divide(
            m.Value(x) * BigInteger.Pow(10, scale + 3), sign * x["q"] * BigInteger.Pow(10, m.Scale!.Value), mode));
    }

    private static RandomExpression Total(Random random, int depth)
    {
        var (m, n) = (Number(random, depth - 1), Number(random, depth - 1));
        return random.Next(2) == 0
            ? new($"sum([{m.Text}, {n.Text}, {m.Text}])", Math.Max(m.Scale!.Value, n.Scale!.Value), x => (2 * At(m, n, x)) + At(n, m, x))
            : new($"(fold s = {m.Text} for i in 1..4 {{ s + i * {n.Text} }})", Math.Max(m.Scale!.Value, n.Scale!.Value), x => At(m, n, x) + (6 * At(n, m, x)));
    }

    /// <summary>The first's raw value at the finer scale of both.</summary>
    private static BigInteger At(RandomExpression value, RandomExpression other, IReadOnlyDictionary<string, BigInteger> inputs) =>
        value.Value(inputs) * BigInteger.Pow(10, Math.Max(0, other.Scale!.Value - value.Scale!.Value));

    private static bool Compare(string symbol, int order) => symbol switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "==" => order == 0,
        _ => order != 0,
    };

    private static BigInteger Residue(BigInteger value) => ((value % Fr.Modulus) + Fr.Modulus) % Fr.Modulus;
}
