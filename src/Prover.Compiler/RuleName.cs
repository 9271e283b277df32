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

        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (rules.Find(rule => rule.Name == (open < 0 ? text : text[..open]).Trim()) is not { } found)
        {
            diagnostics.Add(new("R0310", $"there is no rule '{text}'", new(whole, "in this file"), [], choices));
            return null;
        }

        var generics = new List<BigInteger>();
        var wrong = open < 0 ? null : Read(text[(open + 1)..].TrimEnd(), generics);
        if (wrong is not null || generics.Count != found.Generics.Count)
        {
            var count = found.Generics.Count switch { 0 => "no numbers", 1 => "1 number", var many => $"{many} numbers" };
            wrong ??= generics.Count == 0 ? "no numbers are given" : $"'{text}' gives {generics.Count}";
            diagnostics.Add(new("R0310", $"rule '{found.Name}' takes {count}: {Show(found)}", new(found.NameSpan, "declared here"), [], wrong));
            return null;
        }

        return (found, [.. generics]);
    }

    /// <summary>Adds the numbers of "1, 2>" and returns what is wrong with them, or null.</summary>
    private static string? Read(string arguments, List<BigInteger> generics)
    {
        if (!arguments.EndsWith('>'))
        {
            return "the '<' is not closed by a '>'";
        }

        foreach (var part in arguments[..^1].Split(','))
        {
            if (!BigInteger.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
            {
                return $"'{part.Trim()}' is no whole number";
            }

            generics.Add(value);
        }

        return null;
    }

    private static string Show(RuleDeclaration rule) => rule.Generics.Count == 0 ? rule.Name : $"{rule.Name}<{string.Join(", ", rule.Generics)}>";
}
