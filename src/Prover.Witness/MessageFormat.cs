using System.Globalization;
using System.Numerics;
using System.Text;

namespace Prover.Witness;

/// <summary>Prints requirement messages and the numbers in them.</summary>
public static class MessageFormat
{
    /// <summary>An integer of 10⁻ˢ units in decimal, without trailing zeros after the point: (-1500, 3) is "-1.5".</summary>
    public static string Decimal(BigInteger raw, int scale)
    {
        var digits = BigInteger.Abs(raw).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var fraction = digits[^scale..].TrimEnd('0');
        return (raw.Sign < 0 ? "-" : "") + digits[..^scale] + (fraction.Length > 0 ? "." + fraction : "");
    }

    /// <summary>A value as its kind is written.</summary>
    public static string Value(Fr value, ValueKind kind, int scale) => kind switch
    {
        ValueKind.Boolean => value.IsZero ? "false" : "true",
        ValueKind.Integer => Decimal(value.ToSignedInteger(), scale),
        _ => value.ToString(),
    };

    internal static RequirementFailure Describe(WitnessTape tape, TapeRequirement requirement, ReadOnlySpan<Fr> slots)
    {
        var values = new string[requirement.Arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var argument = requirement.Arguments[i];
            values[i] = Value(tape.Linear.Evaluate(argument.Linear, slots), argument.Kind, argument.Scale);
        }

        return new(Substitute(requirement.Message, values), requirement.Location, requirement.Rule);
    }

    /// <summary>Replaces {0}, {1} … by values and doubled braces by single ones; a place without a value stays as it is.</summary>
    internal static string Substitute(string template, IReadOnlyList<string> values)
    {
        var text = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (template[i] is '{' or '}' && i + 1 < template.Length && template[i + 1] == template[i])
            {
                text.Append(template[i++]);
            }
            else if (end > 0 && int.TryParse(template.AsSpan(i + 1, end - i - 1), CultureInfo.InvariantCulture, out var index) && index < values.Count)
            {
                text.Append(values[index]);
                i = end;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return text.ToString();
    }
}
