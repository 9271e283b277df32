using System.Globalization;
using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>Finds a rule by what a user types: "name" or "name&lt;1, 2&gt;".</summary>
internal static class RuleName
{
    public static (RuleDeclaration Rule, BigInteger[] Generics)? Select(CircuitProgram program, string? text, List<Diagnostic> diagnostics)
    {
        var rules = program.Root.Declarations.OfType<RuleDeclaration>().ToList();
        var whole = new SourceSpan(program.Root.Source, 0, 0);
        var choices = rules.Count == 0 ? "the file has no rules" : $"its rules are {string.Join(", ", rules.Select(Show))}";
        if (text is null)
        {
            if (rules is [{ Generics.Count: 0 } only])
            {
                return (only, []);
            }

            diagnostics.Add(new("R0310", "name the rule to compile", new(whole, "in this file"), [], choices));
            return null;
        }

        var (name, generics) = Split(text);
        if (rules.Find(rule => rule.Name == name) is not { } found || generics is null || generics.Length != found.Generics.Count)
        {
            diagnostics.Add(new("R0310", $"there is no rule '{text}'", new(whole, "in this file"), [], choices));
            return null;
        }

        return (found, generics);
    }

    private static (string Name, BigInteger[]? Generics) Split(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            return (text.Trim(), []);
        }

        var arguments = text[(open + 1)..].TrimEnd();
        if (!arguments.EndsWith('>'))
        {
            return (text[..open].Trim(), null);
        }

        var parts = arguments[..^1].Split(',');
        var values = new BigInteger[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!BigInteger.TryParse(parts[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out values[i]))
            {
                return (text[..open].Trim(), null);
            }
        }

        return (text[..open].Trim(), values);
    }

    private static string Show(RuleDeclaration rule) => rule.Generics.Count == 0 ? rule.Name : $"{rule.Name}<{string.Join(", ", rule.Generics)}>";
}
